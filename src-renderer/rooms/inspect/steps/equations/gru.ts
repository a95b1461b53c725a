import type { CellEquations } from './block.ts';

export const gru: CellEquations = {
  forward: [
    {
      title: 'Given',
      says: 'The input of this step, and the state that the step before left.',
      lines: [{ equation: 'x_t' }, { equation: 'h_(t-1)' }],
    },
    {
      title: 'Pre-activations',
      says: 'The candidate’s two halves stay apart, for the reset gate stands between them.',
      lines: [
        { equation: 'a_r = W_ir x_t + b_ir + W_hr h_(t-1) + b_hr', number: 2 },
        { equation: 'a_z = W_iz x_t + b_iz + W_hz h_(t-1) + b_hz', number: 2 },
        { equation: 'nx = W_in x_t + b_in', number: 3 },
        { equation: 'nh = W_hn h_(t-1) + b_hn', number: 4 },
      ],
    },
    {
      title: 'Gates',
      says: 'Each lies between 0, shut, and 1, open.',
      lines: [
        { equation: 'r = s(a_r)', number: 5 },
        { equation: 'z = s(a_z)', number: 5 },
      ],
    },
    {
      title: 'Candidate',
      says: 'The reset gate says how much the old state has a say in it.',
      lines: [
        { equation: 'a_n = nx + r * nh', number: 6 },
        { equation: 'n = tanh a_n', number: 7 },
      ],
    },
    {
      title: 'State and output',
      says: 'The update gate mixes: near 1 it keeps the old state, near 0 it takes the candidate.',
      lines: [{ equation: 'h_t = (1 - z) * n + z * h_(t-1)', number: 8 }],
    },
  ],
  back: [
    {
      title: 'Given',
      says: 'How the loss changes with this step’s state, by all that the state goes into.',
      lines: [{ equation: 'dh_t' }],
    },
    {
      title: 'Through the mixture',
      says: 'What goes straight to the old state passes the update gate, and no matrix.',
      lines: [
        { equation: 'dn = dh_t * (1 - z)', number: 9 },
        { equation: 'dz = dh_t * (h_(t-1) - n)', number: 10 },
        { equation: 'direct = dh_t * z', number: 11 },
      ],
    },
    {
      title: 'Through the candidate',
      says: 'The half from the input gets the gradient as it is, the half from the state by the reset gate.',
      lines: [
        { equation: 'da_n = dn * (1 - n * n)', number: 12 },
        { equation: 'dnx = da_n', number: 13 },
        { equation: 'dnh = da_n * r', number: 14 },
        { equation: 'dr = da_n * nh', number: 15 },
      ],
    },
    {
      title: 'Through the gates',
      says: 'The slope of a sigmoid is at most 1/4.',
      lines: [
        { equation: 'da_r = dr * r * (1 - r)', number: 16 },
        { equation: 'da_z = dz * z * (1 - z)', number: 17 },
      ],
    },
    {
      title: 'To the step before',
      says: 'The old state gets what went straight to it and what comes by way of the gates.',
      lines: [
        { equation: 'dh_(t-1) = direct + W_hr^T da_r + W_hz^T da_z + W_hn^T dnh', number: 19 },
        { equation: 'dx_t = W_ir^T da_r + W_iz^T da_z + W_in^T dnx', number: 20 },
      ],
    },
    {
      title: 'What this step gives to the weights',
      says: 'Each is one term of a sum over all steps; the two sides differ in the rows of the candidate.',
      lines: [
        { equation: 'dax = [da_r, da_z, dnx]', number: 18 },
        { equation: 'dah = [da_r, da_z, dnh]', number: 18 },
        { equation: 'dW_ih = dax x_t^T', number: 21 },
        { equation: 'dW_hh = dah h_(t-1)^T', number: 22 },
        { equation: 'db_ih = dax', number: 23 },
        { equation: 'db_hh = dah', number: 24 },
      ],
    },
  ],
};
