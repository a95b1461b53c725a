import { describe, expect, test } from 'vitest';
import { errorKinds } from '#main/reports/errors.ts';
import { confusedPairs, gatherFacts, readTests } from '#main/reports/facts.ts';
import {
  caveatSentences,
  confusionSentence,
  convergenceSentences,
  errorSentences,
  memorySentences,
  rankingSentences,
} from '#main/reports/findings.ts';
import type { ReportSource } from '#main/reports/source.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import { reportSource, type FixtureOptions } from '../support/report-fixture.ts';

const plain = (sentences: string[]) => sentences.join(' ').replaceAll('\u00a0', ' ');

/** The fixture with its tests' p values replaced, so that each verdict can be had. */
function withTests(
  options: FixtureOptions,
  p: Record<string, number>,
  ahead: Record<string, [number, number]> = {},
): ReportSource {
  const source = reportSource(options);
  for (const pair of source.comparison.tests) {
    const key = `${pair.a}-${pair.b}`;
    pair.p = pair.pHolm = p[key] ?? 1;
    [pair.onlyA, pair.onlyB] = ahead[key] ?? [5, 10];
  }
  return source;
}
const ranking = (source: ReportSource) => plain(rankingSentences(gatherFacts(source)));

describe('ranking', () => {
  test('no result', () =>
    expect(ranking(reportSource({ untested: true }))).toBe(
      'No run has been tested yet, so there are no figures to conclude from.',
    ));

  test('one cell is described, not compared', () => {
    const text = ranking(reportSource({ cells: ['gru'] }));
    expect(text).toMatch(
      /^GRU classified [\d.]+ % of the test clips correctly \(95 % interval .+; n = 300 test clips, official split, seed 0\)\./,
    );
    expect(text).toContain('nothing to compare');
  });

  test('one pair without a difference shown says so with its p, and that this is not equality', () => {
    const text = ranking(withTests({ cells: ['lstm', 'gru'] }, { 'lstm-gru': 0.31 }));
    expect(text).toMatch(
      /No difference between LSTM and GRU was shown \(McNemar’s exact test, p = 0\.31\): the [\d.]+ percentage points? between them could be chance\./,
    );
    expect(text).toContain('A difference not shown is not equality: 300 test clips');
    expect(text).not.toContain('more accurate');
  });

  test('one pair with a difference shown', () => {
    const text = ranking(withTests({ cells: ['rnn', 'lstm'] }, { 'rnn-lstm': 0.004 }));
    expect(text).toMatch(
      /LSTM was more accurate than RNN: [\d.]+ % against [\d.]+ % \(McNemar’s exact test, p = 0\.004\)\./,
    );
    expect(text).not.toContain('not equality');
  });

  test('equal accuracies', () => {
    const text = ranking(
      withTests({ cells: ['lstm', 'gru'], errorRate: { lstm: 0, gru: 0 }, wrongLabels: 0 }, {}, { 'lstm-gru': [0, 0] }),
    );
    expect(text).toContain(
      'No difference between LSTM and GRU was shown (McNemar’s exact test, p = 1): both have 100 %.',
    );
  });

  test('three cells, nothing shown: no order at all', () => {
    const text = ranking(withTests({}, { 'rnn-lstm': 0.23, 'rnn-gru': 0.6, 'lstm-gru': 1 }));
    expect(text).toContain(
      'No difference between RNN, LSTM and GRU was shown (McNemar’s exact test, smallest p = 0.23 after Holm’s correction for 3 pairs)',
    );
    expect(text).not.toContain('more accurate');
  });

  test('three cells, one ahead of both others', () => {
    const text = ranking(withTests({}, { 'rnn-gru': 0.01, 'lstm-gru': 0.02, 'rnn-lstm': 0.5 }));
    expect(text).toContain(
      'GRU was the most accurate of the three networks, ahead of each of the others in McNemar’s exact test.',
    );
    expect(text).toContain('No difference was shown between RNN and LSTM (p = 0.5).');
  });

  test('two ahead of one: no most accurate network is named', () => {
    const text = ranking(withTests({ seeds: [0, 1] }, { 'rnn-gru': 0.0001, 'rnn-lstm': 0.0002, 'lstm-gru': 0.8 }));
    expect(text).toContain('LSTM and GRU were more accurate than RNN (each p < 0.001 after Holm’s correction).');
    expect(text).toContain('No difference was shown between LSTM and GRU (p = 0.8).');
    expect(text).not.toContain('the most accurate of');
    expect(text).toContain('seeds 0 and 1');
  });

  test('no tests made: no order claimed', () => {
    const source = reportSource();
    source.comparison.tests = [];
    expect(ranking(source)).toContain('no order among the networks is claimed');
  });

  test('the corrected p decides, not the raw one', () => {
    const [reading] = readTests(
      [{ a: 'rnn', b: 'lstm', p: 0.04, pHolm: 0.12, onlyA: 3, onlyB: 12, clips: 100, words: '' }],
      ['rnn', 'lstm'],
    );
    expect(reading).toMatchObject({ better: 'lstm', worse: 'rnn', shown: false });
  });
});

describe('memory', () => {
  const options: FixtureOptions = { cells: ['lstm', 'gru', 'dnn'] };
  const say = (p: Record<string, number>) =>
    plain(memorySentences(gatherFacts(withTests(options, p, { 'lstm-dnn': [40, 2], 'gru-dnn': [40, 2] }))));
  test.each([
    [{ 'lstm-dnn': 0.001, 'gru-dnn': 0.001 }, /fell short of every recurrent network/],
    [{ 'lstm-dnn': 0.001, 'gru-dnn': 0.2 }, /fell short of LSTM, but not demonstrably of the other/],
    [{}, /was not shown to fall short .* do not show that memory is needed/],
  ])('%j', (p, expected) => expect(say(p)).toMatch(expected));
  test('nothing is said without the baseline', () => expect(memorySentences(gatherFacts(reportSource()))).toEqual([]));
});

describe('caveats', () => {
  const say = (options: FixtureOptions) => plain(caveatSentences(gatherFacts(reportSource(options))));
  test('a perfect score keeps its interval', () =>
    expect(say({ cells: ['lstm'], errorRate: { lstm: 0 }, wrongLabels: 0 })).toMatch(
      /^LSTM made no error on the test part; the 95 % interval still reaches down to 98\.7 %\./,
    ));
  test('a score no better than the commonest class', () =>
    expect(say({ cells: ['rnn'], classes: ['yes', 'no'], errorRate: { rnn: 0.5 }, wrongLabels: 0 })).toContain(
      'RNN was not shown to do better than always answering “yes”, which would be right for 50.0 % of the test clips.',
    ));
  test('a leak is said', () =>
    expect(say({ leaks: '6 speakers stand on both sides.' })).toContain(
      'The test part is not independent of training (6 speakers stand on both sides), so all accuracies are probably too high.',
    ));
  test('several seeds lift the caveat of one', () => {
    expect(say({})).toContain('one seed only');
    expect(say({ seeds: [0, 1] })).not.toContain('one seed only');
  });
});

describe('convergence', () => {
  test('the first epoch at 95 % of the run’s own best, and the seconds until then', () => {
    const source = reportSource({ cells: ['lstm'] });
    source.comparison.runs[0].epochs.forEach((epoch, index) => {
      epoch.validationAccuracy = [0.5, 0.94, 0.96, 1][Math.min(index, 3)];
      epoch.seconds = 2;
    });
    const facts = gatherFacts(source);
    expect(facts.cells[0].convergence).toEqual([{ seed: 0, best: 1, epochs: 3, seconds: 6 }]);
    expect(plain(convergenceSentences(facts))).toBe(
      'LSTM reached 95 % of its own best validation accuracy after 3 epochs (6 s).',
    );
  });
  test('without a validation part the training accuracy is read, and said to be', () =>
    expect(plain(convergenceSentences(gatherFacts(reportSource({ validation: false }))))).toContain(
      'their own best training accuracy',
    ));
  test('a network that was best in its last epoch might not be done', () =>
    expect(plain(convergenceSentences(gatherFacts(reportSource({ epochs: 5, cells: ['rnn'] }))))).toContain(
      'RNN was still improving in the last epoch; more epochs might raise its accuracy.',
    ));
  test('no results, no sentence', () =>
    expect(convergenceSentences(gatherFacts(reportSource({ untested: true })))).toEqual([]));
});

describe('errors', () => {
  const say = (options: FixtureOptions) => plain(errorSentences(gatherFacts(reportSource(options))));
  test('none at all', () =>
    expect(say({ errorRate: { rnn: 0, lstm: 0, gru: 0 }, wrongLabels: 0 })).toBe('No run misclassified a test clip.'));
  test('labels to be checked', () =>
    expect(say({ wrongLabels: 1, errorRate: { rnn: 1e-9, lstm: 1e-9, gru: 1e-9 } })).toBe(
      '1 test clip of 300 was misclassified by at least one of 3 runs. 1 clip was misclassified in every run, always with the same answer: its label should be checked by ear first.',
    ));
  test('one run alone points to no label', () =>
    expect(say({ cells: ['rnn'] })).toMatch(/^\d+ test clips of 300 were misclassified\.$/));

  test('clips that all got wrong are suspects only while they are few', () => {
    expect(say({ errorRate: { rnn: 1, lstm: 1, gru: 1 }, perClass: 3 })).toContain(
      '30 clips were misclassified in every run; so large a share points to the task',
    );
  });

  test('who made them', () => {
    const said = (cell: Cell, label: string, probability = 0.9) => ({
      run: 1,
      cell,
      seed: 0,
      label,
      probabilities: [{ label, probability }],
    });
    const mistake = (clip: number, ...says: ReturnType<typeof said>[]) => ({
      clip,
      file: `${clip}.wav`,
      speaker: null,
      truth: 'a',
      says,
    });
    const kinds = errorKinds(
      [
        mistake(1, said('rnn', 'b'), said('lstm', 'a'), said('gru', 'a')),
        mistake(2, said('rnn', 'b'), said('lstm', 'c'), said('gru', 'a')),
        mistake(3, said('rnn', 'b', 0.5), said('lstm', 'b', 0.5), said('gru', 'b', 0.5)),
        mistake(4, said('rnn', 'b'), said('lstm', 'c'), said('gru', 'b')),
      ],
      ['rnn', 'lstm', 'gru'],
    );
    expect(kinds.clips.map(({ clip }) => clip)).toEqual([4, 3, 2, 1]);
    expect(kinds.byAll.map(({ clip }) => clip)).toEqual([4, 3]);
    expect(kinds.agreed.map(({ clip }) => clip)).toEqual([3]);
    expect([...kinds.onlyCell].map(([cell, clips]) => [cell, clips.length])).toEqual([['rnn', 1]]);
    expect(kinds.shared).toBe(1);
  });

  test('confused pairs', () => {
    const pairs = confusedPairs({ cell: 'rnn', seed: null, classes: ['a', 'b'], counts: [[8, 2], [3, 7]], clips: 20 }); // prettier-ignore
    expect(pairs).toEqual([
      { truth: 'b', predicted: 'a', times: 3, of: 10 },
      { truth: 'a', predicted: 'b', times: 2, of: 10 },
    ]);
    const [entry] = gatherFacts(reportSource({ cells: ['rnn'] })).cells;
    expect(confusionSentence({ ...entry, confusions: pairs })).toBe(
      'RNN most often took “b” for “a” (3 of 10) and “a” for “b” (2 of 10).',
    );
    expect(confusionSentence({ ...entry, confusions: [] })).toBe('RNN confused no classes.');
  });
});
