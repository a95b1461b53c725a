import { CELLS, type Cell } from '#shared/domain/model-spec.ts';
import type { PredictionView } from '#shared/domain/run.ts';
import type { Mistake, PredictionRow } from './source.ts';

/** A misclassified clip with how many of its runs were wrong. */
export interface JudgedMistake extends Mistake {
  wrongRuns: number;
  /** Mean probability the wrong runs gave to their answers. */
  sureness: number;
}

export interface ErrorKinds {
  /** Clips at least one run got wrong; those most runs and most surely got wrong come first. */
  clips: JudgedMistake[];
  /** Wrong in every run of every cell; empty where there is but one run, which would say nothing. */
  byAll: JudgedMistake[];
  /** Of these, clips to which all runs gave one and the same answer: the likeliest wrong labels. */
  agreed: JudgedMistake[];
  /** Wrong in some run of one cell type and in none of the others; only with two cells or more. */
  onlyCell: Map<Cell, JudgedMistake[]>;
  /** Wrong in two cell types or more, but not in every run. */
  shared: number;
}

/** The probability a run gave to the label it said. */
export const surenessOf = (said: PredictionView): number =>
  said.probabilities.find((entry) => entry.label === said.label)?.probability ?? Number.NaN;

/** Sorts the mistakes by who made them. */
export function errorKinds(mistakes: readonly Mistake[], cells: readonly Cell[]): ErrorKinds {
  const clips = mistakes
    .map((mistake): JudgedMistake => {
      const wrong = mistake.says.filter((said) => said.label !== mistake.truth);
      const sureness = wrong.reduce((sum, said) => sum + surenessOf(said), 0) / (wrong.length || 1);
      return { ...mistake, wrongRuns: wrong.length, sureness };
    })
    .filter((mistake) => mistake.wrongRuns > 0)
    .sort(
      (a, b) => b.wrongRuns / b.says.length - a.wrongRuns / a.says.length || b.sureness - a.sureness || a.clip - b.clip,
    );
  const byAll = clips.filter((mistake) => mistake.says.length > 1 && mistake.wrongRuns === mistake.says.length);
  const onlyCell = new Map<Cell, JudgedMistake[]>();
  let shared = 0;
  for (const mistake of clips) {
    const guilty = new Set(mistake.says.filter((said) => said.label !== mistake.truth).map((said) => said.cell));
    const [first] = guilty;
    if (guilty.size === 1 && cells.length > 1) onlyCell.set(first, [...(onlyCell.get(first) ?? []), mistake]);
    else if (guilty.size > 1 && mistake.wrongRuns < mistake.says.length) shared++;
  }
  return {
    clips,
    byAll,
    agreed: byAll.filter((mistake) => new Set(mistake.says.map((said) => said.label)).size === 1),
    onlyCell,
    shared,
  };
}

/** Mean probability a cell type gave to its answers, where they were right and where they were wrong; null: none were. */
export interface Confidence {
  right: number | null;
  wrong: number | null;
}

export function confidences(rows: Iterable<PredictionRow>): Map<Cell, Confidence> {
  const sums = new Map(CELLS.map((cell) => [cell, { right: [0, 0], wrong: [0, 0] }]));
  for (const row of rows) {
    const sum = sums.get(row.cell)![row.predicted === row.truth ? 'right' : 'wrong'];
    let most = 0;
    for (let index = 0; index < row.probabilities.length; index++) most = Math.max(most, row.probabilities[index]);
    sum[0] += most;
    sum[1]++;
  }
  const average = ([sum, times]: number[]) => (times > 0 ? sum / times : null);
  return new Map([...sums].map(([cell, { right, wrong }]) => [cell, { right: average(right), wrong: average(wrong) }]));
}

/** Errors of one speaker's test clips, by cell type. */
export interface SpeakerErrors {
  speaker: string;
  cells: Map<Cell, { wrong: number; answers: number }>;
}

/** Only where speakers are known; the speaker with most errors first. */
export function speakerErrors(rows: Iterable<PredictionRow>): SpeakerErrors[] {
  const bySpeaker = new Map<string, SpeakerErrors>();
  for (const row of rows) {
    if (row.speaker === null) continue;
    let entry = bySpeaker.get(row.speaker);
    if (!entry) bySpeaker.set(row.speaker, (entry = { speaker: row.speaker, cells: new Map() }));
    const tally = entry.cells.get(row.cell) ?? { wrong: 0, answers: 0 };
    tally.answers++;
    if (row.predicted !== row.truth) tally.wrong++;
    entry.cells.set(row.cell, tally);
  }
  const rate = ({ cells }: SpeakerErrors) => {
    const all = [...cells.values()];
    return all.reduce((sum, t) => sum + t.wrong, 0) / all.reduce((sum, t) => sum + t.answers, 0);
  };
  return [...bySpeaker.values()].sort((a, b) => rate(b) - rate(a) || a.speaker.localeCompare(b.speaker, 'en'));
}
