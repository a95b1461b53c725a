/** Functions that a unit's sum goes through, each beside its derivative. */

export interface Activation {
  name: string;
  value(x: number): number;
  derivative(x: number): number;
}

export const ACTIVATION_IDS = ['sigmoid', 'tanh', 'relu'] as const;
export type ActivationId = (typeof ACTIVATION_IDS)[number];

/** 1 / (1 + e^-x), of a power that cannot overflow on either side of 0. */
export function sigmoid(x: number): number {
  const power = Math.exp(-Math.abs(x));
  return x < 0 ? power / (1 + power) : 1 / (1 + power);
}

export const ACTIVATIONS: Record<ActivationId, Activation> = {
  sigmoid: {
    name: 'Sigmoid',
    value: sigmoid,
    // s (1 - s), and 1 - s(x) is s(-x): no digits are lost where s is near 1.
    derivative: (x) => sigmoid(x) * sigmoid(-x),
  },
  tanh: {
    name: 'Tanh',
    value: Math.tanh,
    // 1 - tanh² x, which is 4 s(2x) s(-2x).
    derivative: (x) => 4 * sigmoid(2 * x) * sigmoid(-2 * x),
  },
  relu: {
    name: 'ReLU',
    value: (x) => Math.max(0, x),
    // At 0 itself there is none; 0 is taken, as PyTorch does.
    derivative: (x) => (x > 0 ? 1 : 0),
  },
};
