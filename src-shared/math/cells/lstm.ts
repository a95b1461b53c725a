import { sigmoid } from '../activations.ts';
import type { CellMath } from './cell.ts';
import { each, plus, split, zeros } from './matrix.ts';

/** With a forget gate and without peepholes, as PyTorch's `nn.LSTM`; the numbers are those of docs/cells/lstm.md. */
export const lstm: CellMath = {
  gates: ['i', 'f', 'g', 'o'],
  forward(sideX, sideH, before) {
    const [a_i, a_f, a_g, a_o] = split(plus(sideX, sideH), 4); // (2)
    const i = each(sigmoid, a_i); // (3)
    const f = each(sigmoid, a_f);
    const g = each(Math.tanh, a_g);
    const o = each(sigmoid, a_o);
    const c_t = each((f, c, i, g) => f * c + i * g, f, before.c, i, g); // (4)
    const h_t = each((o, c) => o * Math.tanh(c), o, c_t); // (5)
    return { values: { a_i, a_f, a_g, a_o, i, f, g, o, c_t, h_t }, after: { h: h_t, c: c_t } };
  },
  back({ i, f, g, o, c_t }, before, { h: dh_t, c: dc_t }) {
    const times = (a: number, b: number) => a * b;
    const throughSigmoid = (d: number, s: number) => d * s * (1 - s);
    const throughTanh = (d: number, y: number) => d * (1 - y * y);
    const dOutput = each((dh, c) => dh * Math.tanh(c), dh_t, c_t); // (6)
    const d = each((dc, dh, o, c) => dc + dh * o * (1 - Math.tanh(c) ** 2), dc_t, dh_t, o, c_t); // (7)
    const di = each(times, d, g); // (8)
    const df = each(times, d, before.c);
    const dg = each(times, d, i);
    const dcBefore = each(times, d, f); // (9)
    const da_i = each(throughSigmoid, di, i); // (10)
    const da_f = each(throughSigmoid, df, f);
    const da_g = each(throughTanh, dg, g); // (11)
    const da_o = each(throughSigmoid, dOutput, o); // (12)
    const da = [da_i, da_f, da_g, da_o].flat();
    return {
      values: { do: dOutput, d, di, df, dg, da_i, da_f, da_g, da_o, da },
      ...{ dax: da, dah: da, direct: zeros(i.length), dcBefore },
    };
  },
};
