import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepFlops, type Network } from '../../bench/flops.ts';

const network: Network = {
  cell: 'lstm',
  inputSize: 40,
  hiddenSize: 128,
  numLayers: 1,
  bidirectional: false,
  classes: 10,
};
const full = (clips: number, frames: number) => new Array<number>(clips).fill(frames);

/** Multiply-adds of a training step, counted by walking through its loops. */
function walk({ cell, inputSize, hiddenSize, numLayers, bidirectional, classes }: Network, lengths: number[]) {
  const count = { forward: 0, throughTime: 0, weightGradient: 0, inputGradient: 0 };
  const gates = { rnn: ['h'], lstm: ['i', 'f', 'g', 'o'], gru: ['r', 'z', 'n'] }[cell];
  const directions = bidirectional ? ['forward', 'reverse'] : ['forward'];
  for (const length of lengths) {
    for (let layer = 0; layer < numLayers; layer++)
      for (let direction = 0; direction < directions.length; direction++)
        for (let frame = 0; frame < length; frame++)
          for (let gate = 0; gate < gates.length; gate++)
            for (let unit = 0; unit < hiddenSize; unit++) {
              for (let i = 0; i < (layer === 0 ? inputSize : hiddenSize * directions.length); i++) {
                count.forward++; // z += W_ih x
                count.weightGradient++; // dW_ih += dz x
                if (layer > 0) count.inputGradient++; // dx += dz W_ih
              }
              for (let i = 0; i < hiddenSize; i++) {
                count.forward++; // z += W_hh h
                count.throughTime++; // dh += dz W_hh
                count.weightGradient++; // dW_hh += dz h
              }
            }
    for (let i = 0; i < classes * hiddenSize * directions.length; i++) {
      count.forward++;
      count.weightGradient++;
      count.inputGradient++;
    }
  }
  return count;
}

describe('stepFlops', () => {
  it('counts an LSTM of 128 units by hand', () => {
    const frames = 64 * 100;
    const { forward, throughTime, weightGradient, inputGradient, total } = stepFlops(network, full(64, 100));
    const head = 2 * 64 * 128 * 10;
    expect(forward).toBe(2 * frames * 512 * 168 + head);
    expect(throughTime).toBe(2 * frames * 512 * 128);
    expect(weightGradient).toBe(2 * frames * 512 * 168 + head);
    expect(inputGradient).toBe(head);
    expect(total).toBe(3_041_361_920);
  });

  it('is what one counts by walking through the loops of a step', () => {
    fc.assert(
      fc.property(
        fc.record({
          cell: fc.constantFrom('rnn' as const, 'lstm' as const, 'gru' as const),
          inputSize: fc.integer({ min: 1, max: 4 }),
          hiddenSize: fc.integer({ min: 1, max: 4 }),
          numLayers: fc.integer({ min: 1, max: 3 }),
          bidirectional: fc.boolean(),
          classes: fc.integer({ min: 1, max: 4 }),
        }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        (any, lengths) => {
          const walked = walk(any, lengths);
          const { total, ...parts } = stepFlops(any, lengths);
          expect(parts).toEqual(Object.fromEntries(Object.entries(walked).map(([part, adds]) => [part, 2 * adds])));
          expect(total).toBe(2 * Object.values(walked).reduce((sum, adds) => sum + adds, 0));
        },
      ),
    );
  });

  it('counts frames, not places: what a batch is padded to costs nothing', () => {
    const { total } = stepFlops(network, [100, 50]);
    const [long, short] = [stepFlops(network, [100]).total, stepFlops(network, [50]).total];
    expect(total).toBe(long + short);
  });
});
