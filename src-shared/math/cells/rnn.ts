import { each, plus, zeros } from './matrix.ts';
import type { CellMath } from './cell.ts';

/** Elman's network with tanh, as PyTorch's `nn.RNN`; the numbers are those of docs/cells/rnn.md. */
export const rnn: CellMath = {
  gates: [''],
  forward(sideX, sideH) {
    const a_t = plus(sideX, sideH); // (2)
    const h_t = each(Math.tanh, a_t); // (3)
    return { values: { a_t, h_t }, after: { h: h_t, c: [] } };
  },
  back({ h_t }, _before, { h: dh_t }) {
    const da_t = each((dh, h) => dh * (1 - h * h), dh_t, h_t); // (4)
    return { values: { da_t }, dax: da_t, dah: da_t, direct: zeros(h_t.length), dcBefore: [] };
  },
};
