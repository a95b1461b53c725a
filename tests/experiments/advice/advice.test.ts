import { describe, expect, test } from 'vitest';
import { adviceOf } from '#main/experiments/advice/advice.ts';
import type { ComparisonEvidence, Evidence } from '#main/experiments/advice/evidence.ts';
import type { CellSummary, PairedTest } from '#shared/domain/comparison.ts';
import { KeptMemoryRun, MemorySettings } from '#shared/domain/memory.ts';
import type { Cell, RecurrentCell } from '#shared/domain/model-spec.ts';
import { Advice, type SweepFinding, type SweepView } from '#shared/domain/sweep.ts';
import { z } from 'zod';
import { madeSummary } from '../made-results.ts';

const NOTHING: Evidence = { comparisons: [], sweeps: [], memory: [] };

const tested = (a: Cell, b: Cell, pHolm: number, onlyA = 30, onlyB = 2): PairedTest => ({
  ...{ a, b, p: pHolm, pHolm, onlyA, onlyB, clips: 300, words: '' },
});

function compared(id: number, changes: Partial<ComparisonEvidence> = {}): ComparisonEvidence {
  const summary = [madeSummary('lstm', { accuracy: 0.94 }), madeSummary('rnn', { accuracy: 0.7, parameters: 3000 })];
  return {
    ...{ id, name: `Comparison ${id}`, ablates: null, splitWords: 'official split', leakNote: null, context: 0 },
    ...{ summary, tests: [tested('lstm', 'rnn', 0.0001)] },
    ...changes,
  };
}

function swept(id: number, levels: [string, CellSummary[]][], findings: SweepFinding[], factor: string): SweepView {
  return {
    ...{ id, name: `Ablation ${id}`, splitWords: 'official split', findings, spec: { factor } },
    levels: levels.map(([words, summary], index) => ({ value: index, words, summary })),
  } as unknown as SweepView;
}

/** The one answer to a question; checked to be what the contract allows. */
function answer(evidence: Partial<Evidence>, id: string): Advice | undefined {
  const all = z.array(Advice).parse(adviceOf({ ...NOTHING, ...evidence }));
  expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
  for (const one of all) {
    expect(one.evidence.length > 0, one.id).toBe(one.strength !== 'open' || one.id === 'seeds');
    expect(one.strength === 'open' ? one.next : true, one.id).toBeTruthy();
    expect(`${one.says} ${one.evidence.map(({ says }) => says).join(' ')}`).not.toMatch(/undefined|NaN|null/);
  }
  return all.find((one) => one.id === id);
}

test('of an empty lab all is open, and nothing is claimed', () => {
  const all = adviceOf(NOTHING);
  expect(all.length).toBeGreaterThan(8);
  expect(all.every(({ strength, evidence }) => strength === 'open' && evidence.length === 0)).toBe(true);
  expect(all.flatMap(({ next }) => next?.factor ?? [])).toEqual([
    ...['memory', 'context', 'hiddenSize', 'hiddenSize', 'numLayers', 'bidirectional', 'kind', 'fixLength'],
    ...['truncation', 'clipping'],
  ]);
});

describe('which cell is best', () => {
  test('is shown where most comparisons show it, each with its own p', () => {
    const said = answer({ comparisons: [compared(2), compared(1)] }, 'best-cell')!;
    expect(said).toMatchObject({ topic: 'cell', strength: 'shown', next: null });
    expect(said.says).toBe(
      'LSTM had the highest test accuracy in 2 of 2 comparisons. It was ahead of every other cell beyond chance in 2 of them (paired tests, Holm, 5 %). Behind it beyond chance: RNN in 2 of 2.',
    );
    expect(said.evidence[0]).toEqual({
      ...{ kind: 'comparison', id: 2, name: 'Comparison 2' },
      says: 'LSTM 94.0 %, RNN 70.0 % (n = 300 test clips, one seed, official split). LSTM against RNN p < 0.001 (Holm).',
    });
  });

  test('is a hint where chance could do it, or where comparisons contradict each other', () => {
    const even = compared(1, { tests: [tested('lstm', 'rnn', 0.2)] });
    expect(answer({ comparisons: [even] }, 'best-cell')).toMatchObject({
      strength: 'hint',
      says: 'LSTM had the highest test accuracy in the one comparison there is. It was nowhere ahead of every other cell beyond chance (paired tests, Holm, 5 %). Behind it beyond chance: RNN in 0 of 1.',
    });
    const other = compared(2, {
      summary: [madeSummary('lstm', { accuracy: 0.6 }), madeSummary('rnn', { accuracy: 0.9 })],
      tests: [tested('lstm', 'rnn', 0.001, 1, 40)],
    });
    const said = answer({ comparisons: [compared(4), compared(3), other] }, 'best-cell')!;
    expect(said.strength).toBe('hint');
    expect(said.says).toContain('Another cell was ahead of it beyond chance elsewhere.');
  });

  test('cells with the same accuracy lead together', () => {
    const tied = (cells: Cell[], id: number) =>
      compared(id, { summary: cells.map((cell) => madeSummary(cell)), tests: [tested('lstm', 'gru', 1, 3, 3)] });
    const said = answer({ comparisons: [tied(['lstm', 'gru'], 2), compared(1, { summary: [madeSummary('gru'), madeSummary('lstm', { accuracy: 0.8 })], tests: [] })] }, 'best-cell')!; // prettier-ignore
    expect(said.says).toMatch(/^GRU had the highest test accuracy, alone or with another, in 2 of 2 comparisons\. /);
    expect(said.strength).toBe('hint');
  });

  test('levels of ablations are asked only where there is nothing else', () => {
    const level = compared(1, { ablates: 'fixLength', tests: [tested('lstm', 'rnn', 0.5)] });
    expect(answer({ comparisons: [level, compared(2)] }, 'best-cell')!.evidence.map(({ id }) => id)).toEqual([2]);
    expect(answer({ comparisons: [level] }, 'best-cell')!.evidence.map(({ id }) => id)).toEqual([1]);
  });
});

describe('whether memory is worth it', () => {
  const summary = [madeSummary('gru', { accuracy: 0.93 }), madeSummary('dnn', { accuracy: 0.62 })];
  test('is shown by recurrent cells ahead of the DNN', () => {
    const said = answer(
      { comparisons: [compared(1, { summary, tests: [tested('gru', 'dnn', 0.0001)] })] },
      'memory-worth',
    )!;
    expect(said).toMatchObject({ strength: 'shown', topic: 'memory' });
    expect(said.says).toBe(
      'In the one comparison there is, a recurrent cell got more test clips right than the DNN beyond chance (paired tests, Holm, 5 %). In the newest GRU is 31.0 points above the DNN (n = 300 test clips, one seed, official split).',
    );
  });
  test('is a hint where no test shows it; context is said', () => {
    const said = answer(
      { comparisons: [compared(1, { summary, context: 5, tests: [tested('gru', 'dnn', 0.3)] })] },
      'memory-worth',
    )!;
    expect(said.strength).toBe('hint');
    expect(said.says).toContain('The one comparison does not show a recurrent cell ahead of the DNN beyond chance');
    expect(said.says).toContain('the DNN, which saw 5 context frames on each side');
  });
  test('is open where the DNN was never trained', () => {
    expect(answer({ comparisons: [compared(1)] }, 'memory-worth')).toMatchObject({
      strength: 'open',
      next: { factor: 'memory' },
    });
  });
});

const sizes = (worse: number[], alike: number[]): SweepView =>
  swept(
    7,
    [
      ['32 units', [madeSummary('gru', { accuracy: 0.7, parameters: 7434, inferenceMs: { p50: 0.1, p95: 0.2 } })]],
      ['64 units', [madeSummary('gru', { accuracy: 0.93, parameters: 21_002, inferenceMs: { p50: 0.204, p95: 1 } })]],
      [
        '128 units',
        [madeSummary('gru', { accuracy: 0.94, parameters: 66_570, inferenceMs: { p50: 120.4, p95: 130 } })],
      ],
    ],
    [
      {
        ...{ cell: 'gru', best: 2, words: 'GRU: best is 128 units.' },
        worse: worse.map((level) => ({ level, p: 0.001, pHolm: 0.002 })),
        alike: alike.map((level) => ({ level, p: 0.4, pHolm: 0.4 })),
      },
    ],
    'hiddenSize',
  );

describe('settings', () => {
  test('are shown where a level is shown to be worse', () => {
    expect(answer({ sweeps: [sizes([0], [1])] }, 'setting-hiddenSize')).toEqual({
      ...{
        id: 'setting-hiddenSize',
        topic: 'size',
        asks: 'How many units does it take?',
        strength: 'shown',
        next: null,
      },
      says: 'GRU: best 128 units (94.0 %), ahead of 32 units beyond chance, not to be told from 64 units.\nMeasured with n = 300 test clips, one seed, official split.',
      evidence: [{ kind: 'sweep', id: 7, name: 'Ablation 7', says: 'GRU: best is 128 units. Split: official split.' }],
    });
  });
  test('of an ablation that was cut off say so', () => {
    const whole = sizes([0], [1]);
    const cut = { ...whole, levels: [...whole.levels, { ...whole.levels[0], words: '256 units', summary: [] }] };
    for (const id of ['setting-hiddenSize', 'cost'])
      expect(answer({ sweeps: [cut] }, id)!.says).toMatch(/official split\.\n1 of 4 levels has not been tested\.$/);
  });
  test('are a hint where none is', () => {
    const said = answer({ sweeps: [sizes([], [0, 1]), sizes([0], [1])] }, 'setting-hiddenSize')!;
    expect(said.strength).toBe('hint');
    expect(said.says).toContain('No level is shown to be worse than the best');
    expect(said.says).toContain('The newest of 2 ablations with n = 300');
  });
  test('that few ask for are silent until they were tried', () => {
    expect(answer({}, 'setting-nMfcc')).toBeUndefined();
    const tried = { ...sizes([0], [1]), spec: { factor: 'nMfcc' } } as SweepView;
    expect(answer({ sweeps: [tried] }, 'setting-nMfcc')).toMatchObject({ topic: 'features', strength: 'shown' });
  });
});

describe('the smallest network', () => {
  test('of an ablation of sizes: the fewest parameters that cannot be told from the best', () => {
    expect(answer({ sweeps: [sizes([0], [1])] }, 'cost')).toMatchObject({
      strength: 'shown',
      says: 'GRU: 64 units (21,002 parameters, 0.2 ms a clip, 93.0 %) cannot be told from 128 units (66,570 parameters, 120 ms a clip, 94.0 %). 32 units fell short beyond chance.\nMeasured with n = 300 test clips, one seed, official split.',
      evidence: [{ kind: 'sweep', id: 7 }],
    });
    expect(answer({ sweeps: [sizes([], [0, 1])] }, 'cost')).toMatchObject({ strength: 'hint' });
    expect(answer({ sweeps: [sizes([0, 1], [])] }, 'cost')!.says).toContain('GRU: 128 units (66,570');
  });
  test('else of the newest comparison, with an ablation to follow', () => {
    const even = compared(1, { tests: [tested('lstm', 'rnn', 0.2)] });
    expect(answer({ comparisons: [even] }, 'cost')).toMatchObject({
      strength: 'hint',
      says: 'RNN (3,000 parameters, 0.5 ms a clip, 70.0 %) cannot be told from the best, LSTM (10,000 parameters, 0.5 ms a clip, 94.0 %). Measured with n = 300 test clips, one seed, official split.',
      next: { factor: 'hiddenSize' },
    });
    expect(answer({ comparisons: [compared(1)] }, 'cost')).toMatchObject({ strength: 'shown' });
  });
});

describe('how far results can be trusted', () => {
  test('one seed is open; of several their spread is told', () => {
    expect(answer({ comparisons: [compared(1)] }, 'seeds')).toMatchObject({ strength: 'open', next: { factor: null } });
    const seeds = compared(2, { summary: [madeSummary('gru', { runs: 3, seedDeviation: 0.012 }), madeSummary('rnn', { runs: 3, seedDeviation: 0.034 })] }); // prettier-ignore
    expect(answer({ comparisons: [seeds, compared(1)] }, 'seeds')).toMatchObject({
      strength: 'hint',
      says: 'Between seeds accuracy varies by up to 3.4 points (standard deviation, RNN, 3 seeds): smaller differences need more of them.',
      evidence: [{ id: 2, says: 'GRU 1.2 points between 3 seeds, RNN 3.4 points between 3 seeds (n = 300 test clips, official split).' }], // prettier-ignore
    });
  });
  test('a wide interval asks for more test clips, a narrow one for nothing', () => {
    const few = compared(1, { summary: [madeSummary('gru', { testClips: 40, interval: [0.77, 0.96] })] });
    expect(answer({ comparisons: [few] }, 'test-clips')).toMatchObject({
      strength: 'shown',
      says: 'The 95 % interval of GRU, the best of the newest comparison, reaches from 77.0 % to 96.0 % (n = 40 test clips, one seed, official split): networks that differ by less can hardly be told apart.',
    });
    expect(answer({ comparisons: [compared(1)] }, 'test-clips')).toBeUndefined();
  });
  test('leaks are told, with what leaks', () => {
    const leaking = compared(1, { leakNote: '4 speakers stand on both sides' });
    expect(answer({ comparisons: [leaking, compared(2)] }, 'leaks')).toMatchObject({
      strength: 'shown',
      says: expect.stringMatching(/^Not in 1 of 2 comparisons: /) as string,
      evidence: [{ id: 1, says: '4 speakers stand on both sides (n = 300 test clips, one seed, official split).' }],
    });
    expect(answer({ comparisons: [compared(2)] }, 'leaks')).toBeUndefined();
  });
});

describe('the memory laboratory', () => {
  const run = (scores: Partial<Record<RecurrentCell, [number, number]>>) =>
    KeptMemoryRun.parse({
      settings: MemorySettings.parse({ cells: Object.keys(scores), distances: [5, 40] }),
      points: Object.entries(scores).flatMap(([cell, both]) =>
        both.map((accuracy, index) => ({
          ...{ cell, distance: [5, 40][index], accuracy, interval: [accuracy - 0.02, Math.min(1, accuracy + 0.02)] },
          seeds: [{ seed: 0, accuracy, steps: 700, diverged: false }],
        })),
      ),
      ...{ classes: 8, testSequences: 512, batchSize: 64, intervalMethod: 'Wilson', at: '2026-01-01T00:00:00Z' },
      ...{ seconds: 9, backend: 'native', threads: 2 },
    });

  test('says how far each cell remembers, shown where intervals stay apart', () => {
    const said = answer({ memory: [run({ rnn: [1, 0.14], lstm: [1, 1] })] }, 'memory-laboratory')!;
    expect(said.strength).toBe('shown');
    expect(said.says).toContain('Delayed recall, at least 90.0 % right: RNN to 5 frames, LSTM to 40 frames.');
    expect(said.evidence).toEqual([
      {
        ...{ kind: 'memory', id: null, name: 'Delayed recall' },
        says: 'Over 40 frames: RNN 14.0 % (95 % interval 12.0 % to 16.0 %), LSTM 100.0 % (95 % interval 98.0 % to 100.0 %); chance 12.5 % (n = 512 test sequences, one seed).',
      },
    ]);
  });
  test('is a hint where they do not, and open where nothing was run', () => {
    expect(answer({ memory: [run({ rnn: [1, 0.5], gru: [1, 0.51] })] }, 'memory-laboratory')!.strength).toBe('hint');
    expect(answer({}, 'memory-laboratory')).toMatchObject({ strength: 'open', next: { factor: null } });
  });
});
