import type { CellEquations } from './block.ts';

export const rnn: CellEquations = {
  forward: [
    {
      title: 'Given',
      says: 'The input of this step, and the state that the step before left.',
      lines: [{ equation: 'x_t' }, { equation: 'h_(t-1)' }],
    },
    {
      title: 'Pre-activation',
      says: 'What input and state add up to for each unit.',
      lines: [{ equation: 'a_t = W_ih x_t + b_ih + W_hh h_(t-1) + b_hh', number: 2 }],
    },
    {
      title: 'State and output',
      says: 'Squashed between −1 and 1, it is both what the next step gets and what the layer puts out.',
      lines: [{ equation: 'h_t = tanh a_t', number: 3 }],
    },
  ],
  back: [
    {
      title: 'Given',
      says: 'How the loss changes with this step’s state, by all that the state goes into.',
      lines: [{ equation: 'dh_t' }],
    },
    {
      title: 'Through tanh',
      says: 'The slope of tanh is at most 1, and near 0 where the unit is saturated.',
      lines: [{ equation: 'da_t = dh_t * (1 - h_t * h_t)', number: 4 }],
    },
    {
      title: 'To the step before',
      says: 'The same weights that carried the state forward carry its gradient back.',
      lines: [
        { equation: 'dh_(t-1) = W_hh^T da_t', number: 5 },
        { equation: 'dx_t = W_ih^T da_t', number: 7 },
      ],
    },
    {
      title: 'What this step gives to the weights',
      says: 'Each is one term of a sum over all steps, since all steps share the weights.',
      lines: [
        { equation: 'dW_ih = da_t x_t^T', number: 8 },
        { equation: 'dW_hh = da_t h_(t-1)^T', number: 9 },
        { equation: 'db_ih = da_t', number: 10 },
        { equation: 'db_hh = da_t', number: 10 },
      ],
    },
  ],
};
