import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CELLS,
  countParameters,
  hiddenSizeForParameters,
  INITIAL_STATES,
  ModelSpec,
} from '#shared/domain/model-spec.ts';

describe('a model spec', () => {
  it('stored before there were residual layers, learnt states, recurrent dropout, layer normalisation and context is read as without them', () => {
    const stored = { version: 1, architecture: 'classifier', cell: 'gru', hiddenSize: 64, numLayers: 2, bidirectional: true, inputDropout: 0.1, dropout: 0.3, pooling: 'last' } as const; // prettier-ignore
    expect(ModelSpec.parse(stored)).toEqual({
      ...stored,
      residual: false,
      initialState: 'zeros',
      recurrentDropout: 0,
      layerNorm: false,
      context: 0,
    });
  });

  it.each([
    ['recurrentDropout', 1],
    ['recurrentDropout', -0.1],
    ['initialState', 'noise'],
    ['residual', 'yes'],
    ['layerNorm', 1],
    ['context', -1],
    ['context', 51],
    ['context', 1.5],
  ])('%s = %j is refused at the field', (field, value) => {
    const parsed = ModelSpec.safeParse({ cell: 'gru', [field]: value });
    expect(parsed.error?.issues[0].path).toEqual([field]);
  });
});

const counted = fc.record({
  cell: fc.constantFrom(...CELLS),
  hiddenSize: fc.integer({ min: 1, max: 300 }),
  numLayers: fc.integer({ min: 1, max: 4 }),
  bidirectional: fc.boolean(),
  initialState: fc.constantFrom(...INITIAL_STATES),
  layerNorm: fc.boolean(),
  context: fc.integer({ min: 0, max: 50 }),
});

describe('parameters', () => {
  it('learnt states are a vector a state, layer and direction', () => {
    fc.assert(
      fc.property(counted, (input) => {
        const of = (initialState: ModelSpec['initialState']) =>
          countParameters(ModelSpec.parse({ ...input, initialState }), 40, 10);
        const states = { rnn: 1, lstm: 2, gru: 1, dnn: 0 }[input.cell];
        const more = states * input.hiddenSize * input.numLayers * (input.bidirectional ? 2 : 1);
        expect(of('learnt') - of('zeros')).toBe(more);
      }),
    );
  });

  it('layer normalisation is a gain a row of either weight, and gain and shift of LSTM’s c', () => {
    fc.assert(
      fc.property(counted, (input) => {
        const of = (layerNorm: boolean) => countParameters(ModelSpec.parse({ ...input, layerNorm }), 40, 10);
        const more = { rnn: 2, lstm: 8 + 2, gru: 6, dnn: 0 }[input.cell];
        expect(of(true) - of(false)).toBe(more * input.hiddenSize * input.numLayers * (input.bidirectional ? 2 : 1));
      }),
    );
  });

  it('context frames are further inputs of the DNN’s first layer, and nothing to the other cells', () => {
    fc.assert(
      fc.property(counted, (input) => {
        const of = (context: number) => countParameters(ModelSpec.parse({ ...input, context }), 40, 10);
        const more = input.cell === 'dnn' ? 2 * input.context * 40 * input.hiddenSize : 0;
        expect(of(input.context) - of(0)).toBe(more);
      }),
    );
  });

  it('no hidden size has a count nearer to the one asked for', () => {
    fc.assert(
      fc.property(counted, fc.integer({ min: 1, max: 2_000_000 }), (input, target) => {
        const spec = ModelSpec.parse(input);
        const gap = (hiddenSize: number) => Math.abs(countParameters({ ...spec, hiddenSize }, 40, 10) - target);
        const found = hiddenSizeForParameters(spec, 40, 10, target);
        for (const other of [found - 1, found + 1])
          if (other >= 1 && other <= 4096) expect(gap(found)).toBeLessThanOrEqual(gap(other));
        // The count a size has leads back to it.
        const own = countParameters(spec, 40, 10);
        expect(hiddenSizeForParameters({ ...spec, hiddenSize: 1 }, 40, 10, own)).toBe(spec.hiddenSize);
      }),
    );
  });
});
