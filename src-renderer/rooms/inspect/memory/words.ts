import { HOLDS, reachOf, type KeptMemoryRun, type MemoryRun, type MemorySettings } from '#shared/domain/memory.ts';
import { CELL_NAMES, RECURRENT_CELLS, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { count, duration, moment, percent, plural } from '../../../parts/format.ts';
import { seedWords } from '../../../parts/results/numbers.ts';

/** What came out, and why, in a sentence each; only of distances at which all cells were tested. */
export function findings(run: Pick<MemoryRun, 'points' | 'settings'>): string[] {
  const { cells, distances } = run.settings;
  const whole = distances.filter((distance) =>
    cells.every((cell) => run.points.some((point) => point.cell === cell && point.distance === distance)),
  );
  const longest = whole.at(-1);
  if (longest === undefined) return [];
  const points = run.points.filter(({ distance }) => whole.includes(distance));
  const tested = RECURRENT_CELLS.filter((cell) => cells.includes(cell));
  const reaches = new Map(tested.map((cell) => [cell, reachOf({ points }, cell)]));
  const end = whole.length < distances.length ? 'the longest so far' : 'the longest tried';
  const words = [`With at least ${percent(HOLDS, 2)} right, ${reachWords(reaches, longest, end)}.`];
  const why = reasonOf(reaches);
  return why === null ? words : [...words, why];
}

function reachWords(reaches: ReadonlyMap<RecurrentCell, number>, longest: number, end: string): string {
  const steps = [...new Set(reaches.values())].sort((a, b) => a - b);
  return steps
    .map((reach, index) => {
      const alike = [...reaches].filter(([, one]) => one === reach).map(([cell]) => CELL_NAMES[cell]);
      const holds = alike.length > 1 ? 'hold' : 'holds';
      if (reach === 0) return `${list(alike)} ${holds} at no distance tried`;
      const far = `${reach}${reach === longest ? `, ${end}` : ''}`;
      return index > 0 && steps[index - 1] > 0
        ? `${list(alike)} to ${far}`
        : `${list(alike)} ${holds} to a distance of ${far}`;
    })
    .join(', ');
}

/** Why the plain RNN fails first; where it did not, that; null where nothing was compared or all held alike. */
function reasonOf(reaches: ReadonlyMap<RecurrentCell, number>): string | null {
  const plain = reaches.get('rnn');
  const gated = [...reaches].filter(([cell]) => cell !== 'rnn').map(([, reach]) => reach);
  if (plain === undefined || gated.length === 0) return null;
  if (plain < Math.min(...gated))
    return 'On the way back through time the gradient of a plain RNN is multiplied at every frame and vanishes (Bengio, Simard and Frasconi 1994); a gate that keeps its state lets the gradient through nearly as it is (Hochreiter and Schmidhuber 1997).';
  if (gated.every((reach) => reach === plain))
    return 'No difference between them shows here: try longer distances or fewer steps.';
  return 'Here the plain RNN did not fail before all cells with gates: try more seeds or steps, or gates that begin with a bias towards keeping.';
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** What every number of an experiment rests on. */
export function basisWords({ settings, testSequences, batchSize, classes }: MemoryRun): string {
  const { seeds, hiddenSize, steps, learningRate, clipping, gateBias } = settings;
  return (
    `Each point: ${count(testSequences)} test sequences, the same for all cells, none of them trained on; ${seedWords(seeds)}. ` +
    `Chance is ${percent(1 / classes)}. One layer of ${plural(hiddenSize, 'unit')}, trained for each distance anew with Adam, ` +
    `learning rate ${learningRate}, for at most ${plural(steps, 'step')} of ${batchSize} new sequences (fewer where it makes no mistakes any more), ` +
    `${clipping ? 'gradient norm clipped to 1' : 'gradients not clipped'}, ${gateWords(gateBias)}.`
  );
}

const gateWords = (bias: MemorySettings['gateBias']): string =>
  bias === null ? 'all biases begun as PyTorch does' : `gates begun with a bias of ${bias} towards keeping`;

/** When it was run, and what it took. */
export const costWords = ({ at, seconds, backend, threads }: KeptMemoryRun): string =>
  `Run on ${moment(at)} in ${duration(seconds)} (${backend} backend, ${plural(threads, 'thread')}).`;
