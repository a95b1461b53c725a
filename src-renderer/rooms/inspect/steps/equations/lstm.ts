import type { CellEquations } from './block.ts';

export const lstm: CellEquations = {
  forward: [
    {
      title: 'Given',
      says: 'The input of this step, and the two states that the step before left.',
      lines: [{ equation: 'x_t' }, { equation: 'h_(t-1)' }, { equation: 'c_(t-1)' }],
    },
    {
      title: 'Pre-activations',
      says: 'What input and state add up to, once for each gate and for the candidate.',
      lines: [
        { equation: 'a_i = W_ii x_t + b_ii + W_hi h_(t-1) + b_hi', number: 2 },
        { equation: 'a_f = W_if x_t + b_if + W_hf h_(t-1) + b_hf', number: 2 },
        { equation: 'a_g = W_ig x_t + b_ig + W_hg h_(t-1) + b_hg', number: 2 },
        { equation: 'a_o = W_io x_t + b_io + W_ho h_(t-1) + b_ho', number: 2 },
      ],
    },
    {
      title: 'Gates and candidate',
      says: 'Gates lie between 0, shut, and 1, open; the candidate between −1 and 1.',
      lines: [
        { equation: 'i = s(a_i)', number: 3 },
        { equation: 'f = s(a_f)', number: 3 },
        { equation: 'g = tanh a_g', number: 3 },
        { equation: 'o = s(a_o)', number: 3 },
      ],
    },
    {
      title: 'Cell state',
      says: 'The forget gate keeps of the old what it lets pass, the input gate adds of the candidate.',
      lines: [{ equation: 'c_t = f * c_(t-1) + i * g', number: 4 }],
    },
    {
      title: 'Hidden state and output',
      says: 'What the output gate lets out of the cell state.',
      lines: [{ equation: 'h_t = o * tanh c_t', number: 5 }],
    },
  ],
  back: [
    {
      title: 'Given',
      says: 'How the loss changes with this step’s states, by all that they go into.',
      lines: [{ equation: 'dh_t' }, { equation: 'dc_t' }],
    },
    {
      title: 'Through the output',
      says: 'The product hands the gradient to the output gate and to the cell state, where it joins what comes from later.',
      lines: [
        { equation: 'do = dh_t * tanh c_t', number: 6 },
        { equation: 'd = dc_t + dh_t * o * (1 - tanh^2 c_t)', number: 7 },
      ],
    },
    {
      title: 'Through the cell state',
      says: 'Each factor gets the gradient times its partner; the old cell state gets it times the forget gate, and no matrix.',
      lines: [
        { equation: 'di = d * g', number: 8 },
        { equation: 'df = d * c_(t-1)', number: 8 },
        { equation: 'dg = d * i', number: 8 },
        { equation: 'dc_(t-1) = d * f', number: 9 },
      ],
    },
    {
      title: 'Through gates and candidate',
      says: 'The slope of a sigmoid is at most 1/4, that of tanh at most 1.',
      lines: [
        { equation: 'da_i = di * i * (1 - i)', number: 10 },
        { equation: 'da_f = df * f * (1 - f)', number: 10 },
        { equation: 'da_g = dg * (1 - g * g)', number: 11 },
        { equation: 'da_o = do * o * (1 - o)', number: 12 },
      ],
    },
    {
      title: 'To the step before',
      says: 'By way of the gates the gradient also reaches the old hidden state and the input.',
      lines: [
        { equation: 'dh_(t-1) = W_hi^T da_i + W_hf^T da_f + W_hg^T da_g + W_ho^T da_o', number: 13 },
        { equation: 'dx_t = W_ii^T da_i + W_if^T da_f + W_ig^T da_g + W_io^T da_o', number: 14 },
      ],
    },
    {
      title: 'What this step gives to the weights',
      says: 'Each is one term of a sum over all steps, since all steps share the weights.',
      lines: [
        { equation: 'da = [da_i, da_f, da_g, da_o]' },
        { equation: 'dW_ih = da x_t^T', number: 15 },
        { equation: 'dW_hh = da h_(t-1)^T', number: 16 },
        { equation: 'db_ih = da', number: 17 },
        { equation: 'db_hh = da', number: 17 },
      ],
    },
  ],
};
