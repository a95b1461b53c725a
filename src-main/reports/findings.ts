import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import { mean, readTests, type CellFacts, type Facts, type Reading } from './facts.ts';
import { capital, count, interval, list, percent, plural, points, pNumber, pValue, quoted } from './words.ts';

/**
 * Sentences that the figures alone support. A cell is ranked over another only where their paired test, after Holm's
 * correction, shows a difference; what is merely observed is said to be observed.
 */

/** "McNemar’s exact test", and with several seeds its generalisation. */
export const testName = (facts: Facts): string =>
  facts.seeds.length > 1 ? 'an exact paired sign-flip test over clips' : 'McNemar’s exact test';

const accuracyOf = (facts: Facts, cell: Cell) => facts.cells.find((entry) => entry.cell === cell)!.summary.accuracy;

/** Where there is but one pair: what the test says of it, with both figures. */
function onlyPair(facts: Facts, { better, worse, shown, test }: Reading): string {
  const [high, low] = [accuracyOf(facts, better), accuracyOf(facts, worse)];
  if (shown)
    return `${CELL_NAMES[better]} was more accurate than ${CELL_NAMES[worse]}: ${percent(high)} against ${percent(low)} (${testName(facts)}, ${pValue(test.p)}).`;
  const reading = `No difference between ${CELL_NAMES[test.a]} and ${CELL_NAMES[test.b]} was shown (${testName(facts)}, ${pValue(test.p)})`;
  return high === low
    ? `${reading}: both have ${percent(high)}.`
    : `${reading}: the ${points(high - low)} between them could be chance.`;
}

/** Several pairs: one sentence for each network that was beaten, one for the pairs that stayed undecided. */
function groupedPairs(readings: Reading[]): string[] {
  const shown = readings.filter((reading) => reading.shown);
  const beaten = [...Map.groupBy(shown, ({ worse }) => worse)].map(([worse, group]) => {
    const largest = Math.max(...group.map(({ test }) => test.pHolm));
    const p = group.length === 1 || largest < 0.001 ? pValue(largest) : `p at most ${pNumber(largest)}`;
    return `${list(group.map(({ better }) => CELL_NAMES[better]))} ${group.length === 1 ? 'was' : 'were'} more accurate than ${CELL_NAMES[worse]} (${group.length > 1 && largest < 0.001 ? 'each ' : ''}${p} after Holm’s correction).`;
  });
  const open = readings.filter((reading) => !reading.shown);
  if (open.length === 0) return beaten;
  const pairs = open.map(
    ({ test }) => `between ${CELL_NAMES[test.a]} and ${CELL_NAMES[test.b]} (${pValue(test.pHolm)})`,
  );
  return [...beaten, `No difference was shown ${list(pairs, 'or')}.`];
}

/** Who is ahead, as far as the tests carry. */
export function rankingSentences(facts: Facts): string[] {
  const { cells } = facts;
  if (cells.length === 0) return ['No run has been tested yet, so there are no figures to conclude from.'];
  if (cells.length === 1) {
    const { name, summary } = cells[0];
    return [
      `${name} classified ${percent(summary.accuracy)} of the test clips correctly (95 % interval ${interval(summary.interval)}; ${facts.basis}). With one kind of network there is nothing to compare it with.`,
    ];
  }
  const scores = list(
    cells.map(({ name, summary }) => `${name} ${percent(summary.accuracy)} (${interval(summary.interval)})`),
  );
  const sentences = [`Test accuracy, with 95 % intervals: ${scores}; ${facts.basis}.`];
  const readings = readTests(
    facts.source.comparison.tests,
    cells.map(({ cell }) => cell),
  );
  if (readings.length === 0)
    return [...sentences, 'No paired test was made, so no order among the networks is claimed.'];

  const winner = cells.find(({ cell }) =>
    cells.every(
      (other) => other.cell === cell || readings.some((r) => r.shown && r.better === cell && r.worse === other.cell),
    ),
  );
  const shown = readings.filter((reading) => reading.shown);
  if (shown.length === 0 && readings.length > 1) {
    const least = Math.min(...readings.map(({ test }) => test.pHolm));
    sentences.push(
      `No difference between ${list(cells.map(({ name }) => name))} was shown (${testName(facts)}, smallest ${pValue(least)} after Holm’s correction for ${plural(readings.length, 'pair')}); the order of the figures above could be chance.`,
    );
  } else {
    if (winner && cells.length > 2)
      sentences.push(
        `${winner.name} was the most accurate of the ${words(cells.length)} networks, ahead of each of the others in ${testName(facts)}.`,
      );
    sentences.push(...(readings.length === 1 ? [onlyPair(facts, readings[0])] : groupedPairs(readings)));
  }
  if (shown.length < readings.length)
    sentences.push(
      `A difference not shown is not equality: ${plural(facts.testClips, 'test clip')} can hide differences as wide as the intervals.`,
    );
  return sentences;
}

const words = (value: number) => ['no', 'one', 'two', 'three', 'four'][value] ?? count(value);

/** What memory over time brought, where the baseline without it was trained. */
export function memorySentences(facts: Facts): string[] {
  const recurrent = facts.cells.filter(({ cell }) => cell !== 'dnn');
  if (!facts.cells.some(({ cell }) => cell === 'dnn') || recurrent.length === 0) return [];
  const readings = readTests(
    facts.source.comparison.tests,
    facts.cells.map(({ cell }) => cell),
  ).filter(({ test }) => test.a === 'dnn' || test.b === 'dnn');
  const ahead = readings.filter((r) => r.shown && r.worse === 'dnn').map((r) => CELL_NAMES[r.better]);
  if (ahead.length === recurrent.length)
    return [
      `The DNN, which has no memory, fell short of ${ahead.length === 1 ? 'the recurrent network' : 'every recurrent network'}: here the order of sounds in time carries information the classifier needs.`,
    ];
  if (ahead.length > 0)
    return [
      `The DNN, which has no memory, fell short of ${list(ahead)}, but not demonstrably of the other recurrent networks.`,
    ];
  return [
    'The DNN, which has no memory, was not shown to fall short of the recurrent networks; these figures do not show that memory is needed here.',
  ];
}

/** How fast the networks came near their own best: described, not tested. */
export function convergenceSentences(facts: Facts): string[] {
  const cells = facts.cells.filter(({ convergence }) => convergence.length > 0);
  if (cells.length === 0) return [];
  const epochs = (entry: CellFacts) => mean(entry.convergence.map((c) => c.epochs));
  const seconds = (entry: CellFacts) => mean(entry.convergence.map((c) => c.seconds));
  const several = facts.seeds.length > 1;
  const told = (entry: CellFacts) => {
    const value = Number(epochs(entry).toFixed(1));
    return `${entry.name} after ${value} ${value === 1 ? 'epoch' : 'epochs'} (${Number(seconds(entry).toPrecision(2))}\u00a0s)`;
  };
  const how = `95 % of ${cells.length === 1 ? 'its' : 'their'} own best ${facts.curveMetric} accuracy`;
  const sentences = [
    cells.length === 1
      ? `${told(cells[0]).replace(' ', ` reached ${how} `)}${several ? ', on average over the seeds' : ''}.`
      : `${how} was reached by ${list(cells.map(told))}${several ? ', on average over the seeds' : ''}.`,
  ];
  if (cells.length > 1) sentences.push('Speed of convergence is described here, not tested.');
  const still = facts.cells.filter(({ runs }) => runs.every((run) => run.result.bestEpoch === run.result.epochs));
  if (still.length > 0)
    sentences.push(
      `${capital(list(still.map(({ name }) => name)))} ${still.length === 1 ? 'was' : 'were'} still improving in the last epoch; more epochs might raise ${still.length === 1 ? 'its' : 'their'} accuracy.`,
    );
  return sentences;
}

/** Perfect scores, scores no better than guessing, unlike sizes, leaks: what qualifies the figures. */
export function caveatSentences(facts: Facts): string[] {
  const { cells, majority, source } = facts;
  const { comparison } = source;
  const sentences: string[] = [];
  const perfect = cells.filter(({ summary }) => summary.accuracy === 1);
  if (perfect.length > 0)
    sentences.push(
      `${list(perfect.map(({ name }) => name))} made no error on the test part; the 95 % interval still reaches down to ${percent(Math.min(...perfect.map(({ summary }) => summary.interval[0])))}.`,
    );
  const guessing =
    majority && comparison.classes.length > 1
      ? cells.filter(({ summary }) => summary.interval[0] <= majority.share)
      : [];
  if (guessing.length > 0)
    sentences.push(
      `${list(guessing.map(({ name }) => name))} ${guessing.length === 1 ? 'was' : 'were'} not shown to do better than always answering ${quoted(majority!.label)}, which would be right for ${percent(majority!.share)} of the test clips.`,
    );
  const sizes = cells.map(({ summary }) => summary.parameters);
  const [small, large] = [Math.min(...sizes), Math.max(...sizes)];
  if (cells.length > 1 && large > 1.25 * small)
    sentences.push(
      `The networks differ in size, from ${count(small)} to ${count(large)} parameters${comparison.spec.match === 'units' ? ': they are compared at equal units, not at equal capacity' : ', although equal sizes were asked for'}.`,
    );
  if (comparison.split.leaks > 0 && comparison.split.leakNote)
    sentences.push(
      `The test part is not independent of training (${comparison.split.leakNote.replace(/\.$/, '')}), so all accuracies are probably too high.`,
    );
  if (facts.seeds.length === 1)
    sentences.push(
      `${cells.length === 1 ? 'The' : 'Each'} network was trained with one seed only; another seed would give somewhat other figures.`,
    );
  return sentences;
}

/** Whether so few clips defeat every run that their labels are the likeliest fault. */
export const suspectLabels = ({ errors, testClips }: Facts): boolean =>
  errors.byAll.length > 0 && errors.byAll.length <= Math.max(1, testClips / 10);

/** What the errors have in common, and which labels deserve a second look. */
export function errorSentences(facts: Facts): string[] {
  const { errors, cells } = facts;
  if (cells.length === 0) return [];
  if (errors.clips.length === 0) return ['No run misclassified a test clip.'];
  const oneRun = facts.runs.length === 1;
  const sentences = [
    oneRun
      ? `${plural(errors.clips.length, 'test clip')} of ${count(facts.testClips)} ${errors.clips.length === 1 ? 'was' : 'were'} misclassified.`
      : `${plural(errors.clips.length, 'test clip')} of ${count(facts.testClips)} ${errors.clips.length === 1 ? 'was' : 'were'} misclassified by at least one of ${plural(facts.runs.length, 'run')}.`,
  ];
  if (oneRun) return sentences;
  const only = cells
    .map((entry) => ({ entry, clips: errors.onlyCell.get(entry.cell)?.length ?? 0 }))
    .filter(({ clips }) => clips > 0);
  if (only.length > 0)
    sentences.push(
      `${list(only.map(({ entry, clips }, index) => `${entry.name} alone ${index === 0 ? 'misclassified ' : ''}${count(clips)}${index === 0 ? ' of them' : ''}`))}${errors.shared > 0 ? `; ${count(errors.shared)} ${errors.shared === 1 ? 'was' : 'were'} misclassified by more than one kind of network, but not in every run` : ''}.`,
    );
  if (errors.byAll.length === 0) sentences.push('No clip was misclassified in every run.');
  else if (!suspectLabels(facts))
    sentences.push(
      `${plural(errors.byAll.length, 'clip')} ${errors.byAll.length === 1 ? 'was' : 'were'} misclassified in every run; so large a share points to the task or the data as a whole, not to single labels.`,
    );
  else {
    const one = errors.byAll.length === 1;
    const agreed = errors.agreed.length;
    const same =
      agreed === 0
        ? ''
        : agreed === errors.byAll.length
          ? `, always with the same answer`
          : `, ${count(agreed)} of them always with the same answer`;
    sentences.push(
      `${plural(errors.byAll.length, 'clip')} ${one ? 'was' : 'were'} misclassified in every run${same}: ${one ? 'its label should be checked by ear first' : 'their labels should be checked by ear first'}.`,
    );
  }
  return sentences;
}

/** The most confused pairs of one cell: "RNN most often took “three” for “tree” (4 of 90)." */
export function confusionSentence(entry: CellFacts, limit = 3): string {
  if (entry.confusions.length === 0) return `${entry.name} confused no classes.`;
  const pairs = entry.confusions
    .slice(0, limit)
    .map((pair) => `${quoted(pair.truth)} for ${quoted(pair.predicted)} (${count(pair.times)} of ${count(pair.of)})`);
  return `${entry.name} most often took ${list(pairs)}.`;
}
