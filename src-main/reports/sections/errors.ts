import { encodeWav } from '#main/audio/encode/wav.ts';
import { asHarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import type { PredictionView } from '#shared/domain/run.ts';
import { surenessOf, type JudgedMistake } from '../errors.ts';
import { suspectLabels } from '../findings.ts';
import { drawSound } from '../figures/sound.ts';
import { mean, outOf, type Facts } from '../facts.ts';
import type { Block, Section, SoundItem, Table, Verdict } from '../model.ts';
import { count, name, percent, plural, quoted } from '../words.ts';

export interface SoundBudget {
  /** Clips whose sound goes into the report. */
  clips: number;
  /** Bytes of their WAV files in base64. */
  bytes: number;
}
export const SOUND_BUDGET: SoundBudget = { clips: 60, bytes: 12 * 2 ** 20 };

/** Misclassified clips without sound that are still listed one by one. */
const LISTED = 400;

/** What went wrong, clip by clip, to be heard. */
export async function errorAnalysis(
  facts: Facts,
  budget: SoundBudget,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
): Promise<Section> {
  const { errors, cells, testClips } = facts;
  const section = (blocks: Block[]): Section => ({ id: 'errors', title: 'Error analysis', blocks });
  if (cells.length === 0)
    return section([{ kind: 'paragraph', text: 'No run has been tested, so there are no errors to look at.' }]);
  if (errors.clips.length === 0)
    return section([
      {
        kind: 'paragraph',
        text: `No run misclassified any of the ${plural(testClips, 'test clip')}; there is nothing to listen to.`,
      },
    ]);

  const blocks: Block[] = [];
  if (suspectLabels(facts))
    blocks.push(
      {
        kind: 'paragraph',
        text: `${errors.byAll.length === 1 ? 'One clip was' : `${count(errors.byAll.length)} clips were`} misclassified in every run. Where networks that differ agree against a label, the label itself may be wrong; listen to ${errors.byAll.length === 1 ? 'it' : 'these'} before blaming the networks.`,
      },
      suspects(facts),
    );
  else if (facts.runs.length > 1 && errors.byAll.length === 0)
    blocks.push({
      kind: 'paragraph',
      text: 'No clip was misclassified in every run, so the figures point to no label as wrong.',
    });

  const { items, taken } = await sounds(facts, budget, options);
  const rest = errors.clips.slice(taken);
  blocks.push({
    kind: 'sounds',
    caption: `Misclassified clips: those most runs and most surely got wrong first; ${facts.basis}. In brackets the probability given to the answer.`,
    items,
    omitted:
      rest.length > 0
        ? `${plural(rest.length, 'further misclassified clip')} ${rest.length === 1 ? 'is' : 'are'} not among these${rest.length > LISTED ? `; the next ${LISTED} are listed in the HTML report, and` : '; they are listed in the HTML report, and'} every answer to every clip stands in the CSV of predictions.`
        : null,
  });
  if (rest.length > 0) blocks.push({ ...restTable(facts, rest.slice(0, LISTED)), detail: true });
  return section(blocks);
}

/** What each cell type said of a clip, over its seeds. */
export function verdicts(mistake: JudgedMistake, cells: readonly Cell[]): Verdict[] {
  return cells.flatMap((cell): Verdict[] => {
    const own = mistake.says.filter((said) => said.cell === cell);
    if (own.length === 0) return [];
    const byLabel = Map.groupBy(own, (said: PredictionView) => said.label);
    const told = [...byLabel]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([label, said]) => {
        const sure = mean(said.map(surenessOf));
        if (own.length === 1) return `${quoted(label)} (${percent(sure)})`;
        const seeds = said.length === own.length ? `all ${own.length} seeds` : `${said.length} of ${own.length} seeds`;
        return `${quoted(label)} in ${seeds} (${said.length > 1 ? 'mean ' : ''}${percent(sure)})`;
      });
    return [{ cell, right: own.every((said) => said.label === mistake.truth), words: told.join(', ') }];
  });
}

async function sounds(
  { source, errors, cells }: Facts,
  budget: SoundBudget,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
): Promise<{ items: SoundItem[]; taken: number }> {
  const order = cells.map(({ cell }) => cell);
  const candidates = errors.clips.slice(0, budget.clips);
  const items: SoundItem[] = [];
  let left = budget.bytes;
  for (const mistake of candidates) {
    throwIfCancelled(signal);
    const item: SoundItem = { ...mistake, verdicts: verdicts(mistake, order), picture: null, wav: null, problem: null };
    try {
      const sound = await source.audio(mistake.clip);
      const bytes = Math.ceil((44 + 2 * sound.samples.length) / 3) * 4;
      if (bytes > left) {
        // A long clip goes without its sound; when the room is used up, so do all that follow.
        item.problem = 'too long to be carried in the report';
        if (left < budget.bytes / 20) break;
      } else {
        left -= bytes;
        item.wav = Buffer.from(encodeWav([sound.samples], sound.sampleRate).buffer);
      }
      item.picture = drawSound(sound, `Waveform and spectrogram of ${name(mistake.file)}`);
    } catch (thrown) {
      const error = asHarkError(thrown);
      if (error.kind === 'cancelled') throw error;
      item.problem = error.message;
    }
    items.push(item);
    onProgress?.(items.length, candidates.length);
  }
  return { items, taken: items.length };
}

function suspects({ errors, runs, cells }: Facts): Table {
  const order = cells.map(({ cell }) => cell);
  return {
    kind: 'table',
    caption: `Labels to check: clips misclassified in all ${runs.length} runs`,
    columns: [
      { name: 'File' },
      { name: 'Label' },
      { name: 'All networks say' },
      { name: 'Mean probability', numeric: true },
    ],
    rows: errors.byAll.slice(0, LISTED).map((mistake) => [
      name(mistake.file),
      name(mistake.truth),
      errors.agreed.includes(mistake)
        ? quoted(mistake.says[0].label)
        : verdicts(mistake, order)
            .map((verdict) => `${CELL_NAMES[verdict.cell]}: ${verdict.words}`)
            .join('; '),
      percent(mistake.sureness),
    ]),
    more: 'the HTML report',
  };
}

function restTable({ cells, runs }: Facts, rest: JudgedMistake[]): Table {
  const order = cells.map(({ cell }) => cell);
  return {
    kind: 'table',
    caption: `Further misclassified clips, without their sounds (${count(rest.length)})`,
    columns: [
      { name: 'File' },
      { name: 'Truth' },
      ...order.map((cell) => ({ name: CELL_NAMES[cell] })),
      { name: 'Runs wrong', numeric: true },
    ],
    rows: rest.map((mistake) => {
      const said = verdicts(mistake, order);
      return [
        name(mistake.file),
        name(mistake.truth),
        ...order.map((cell) => said.find((verdict) => verdict.cell === cell)?.words ?? '–'),
        outOf(mistake.wrongRuns, runs.length),
      ];
    }),
  };
}
