import type { Block } from './block.ts';

/** Where the way forward ends and the way back begins; the same for all cells. */
export const LOSS: readonly Block[] = [
  {
    title: 'Read-out',
    says: 'The last state is read out as one number, which should be the target.',
    lines: [{ equation: 'h_T' }, { equation: 'y = W_out h_T + b_out' }, { equation: 'target' }],
  },
  {
    title: 'Loss',
    says: 'The squared error: zero where the target is met.',
    lines: [{ equation: 'L = (y - target)^2' }],
  },
  {
    title: 'The way back begins',
    says: 'The gradient of the loss in the read-out, in its weights, and in the last state.',
    lines: [
      { equation: 'dy = 2 * (y - target)' },
      { equation: 'dW_out = dy h_T^T' },
      { equation: 'db_out = dy' },
      { equation: 'dh_T = W_out^T dy' },
    ],
  },
];
