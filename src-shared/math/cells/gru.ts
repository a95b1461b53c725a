import { sigmoid } from '../activations.ts';
import type { CellMath } from './cell.ts';
import { each, plus, split } from './matrix.ts';

/** With the reset gate after the product, as PyTorch's `nn.GRU`; the numbers are those of docs/cells/gru.md. */
export const gru: CellMath = {
  gates: ['r', 'z', 'n'],
  forward(sideX, sideH, before) {
    const [rx, zx, nx] = split(sideX, 3); // (3) nx
    const [rh, zh, nh] = split(sideH, 3); // (4) nh
    const a_r = plus(rx, rh); // (2)
    const a_z = plus(zx, zh);
    const r = each(sigmoid, a_r); // (5)
    const z = each(sigmoid, a_z);
    const a_n = each((nx, r, nh) => nx + r * nh, nx, r, nh); // (6)
    const n = each(Math.tanh, a_n); // (7)
    const h_t = each((z, n, h) => (1 - z) * n + z * h, z, n, before.h); // (8)
    return { values: { a_r, a_z, nx, nh, r, z, a_n, n, h_t }, after: { h: h_t, c: [] } };
  },
  back({ r, z, n, nh }, before, { h: dh_t }) {
    const times = (a: number, b: number) => a * b;
    const throughSigmoid = (d: number, s: number) => d * s * (1 - s);
    const dn = each((dh, z) => dh * (1 - z), dh_t, z); // (9)
    const dz = each((dh, h, n) => dh * (h - n), dh_t, before.h, n); // (10)
    const direct = each(times, dh_t, z); // (11)
    const da_n = each((dn, n) => dn * (1 - n * n), dn, n); // (12)
    const dnx = da_n; // (13)
    const dnh = each(times, da_n, r); // (14)
    const dr = each(times, da_n, nh); // (15)
    const da_r = each(throughSigmoid, dr, r); // (16)
    const da_z = each(throughSigmoid, dz, z); // (17)
    const dax = [da_r, da_z, dnx].flat(); // (18)
    const dah = [da_r, da_z, dnh].flat();
    const values = { dn, dz, direct, da_n, dnx, dnh, dr, da_r, da_z, dax, dah };
    return { values, dax, dah, direct, dcBefore: [] };
  },
};
