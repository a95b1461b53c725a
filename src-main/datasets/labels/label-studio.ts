import { z } from 'zod';
import { HarkError } from '#shared/domain/errors.ts';
import type { NewTier } from '#main/lab/importing-regions.ts';
import type { LabelFileFormat, Problem, ReadClip, ReadTier } from './format.ts';

const Texts = z.array(z.string()).or(z.string().transform((text) => [text]));
const Result = z.object({
  id: z.string().optional(),
  type: z.string(),
  from_name: z.string(),
  meta: z.object({ text: Texts.optional() }).optional(),
  value: z.object({
    start: z.number().optional(),
    end: z.number().optional(),
    labels: Texts.optional(),
    choices: Texts.optional(),
    text: Texts.optional(),
  }),
});
type Result = z.infer<typeof Result>;
const Answer = z.object({ was_cancelled: z.boolean().optional(), result: z.array(z.unknown()) });
const Task = z.object({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(Answer).optional(),
  /** What annotations were called before version 1. */
  completions: z.array(Answer).optional(),
  predictions: z.array(Answer).optional(),
});

/** The tag that holds the clip's own label. */
const CLIP_LABEL = 'label';

/**
 * Tasks of Label Studio with audio regions, in the JSON it exports and imports. A tier is the name of the tag that made the regions
 * (`from_name`); regions without a time are the choice for the clip as a whole. Of several annotations the last counts, of
 * predictions only where there is no annotation. Written as annotations.
 */
export const labelStudio: LabelFileFormat = {
  ...{ format: 'label-studio', extensions: ['json'], filePer: 'all' },
  holds: { frequencies: false, notes: true, overlaps: true, points: true, blanks: false, clipLabels: true },
  match: (text) =>
    /^\s*[[{]/.test(text) && /"(annotations|completions|predictions)"\s*:/.test(text) && /"data"\s*:/.test(text),
  read(text) {
    const problems: Problem[] = [];
    const clips: ReadClip[] = [];
    parseTasks(text).forEach((value, index) => {
      const task = Task.safeParse(value);
      const where = `Task ${index + 1}`;
      const file = task.success ? soundOf(task.data.data) : null;
      if (!task.success || file === null)
        problems.push({ line: null, reason: `${where} is no task with data.audio. It was left out.` });
      else
        clips.push(readTask(task.data, file, (reason) => problems.push({ line: null, reason: `${where}: ${reason}` })));
    });
    return { clips, problems };
  },
  write: (clips) =>
    `${JSON.stringify(
      clips.map(({ file, label, tiers }) => ({
        data: { audio: file },
        annotations: [{ result: [choice(label), ...tiers.flatMap((tier, index) => spans(tier, index))] }],
      })),
      null,
      1,
    )}\n`,
};

function parseTasks(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    throw new HarkError('bad-input', `This is not JSON: ${(error as Error).message}`);
  }
}

/** The path of the sound: `data.audio`, else the first value that names a file; what uploads put before the name stays in it. */
function soundOf(data: Record<string, unknown>): string | null {
  const texts = Object.values(data).filter((value) => typeof value === 'string');
  const named = typeof data['audio'] === 'string' ? data['audio'] : texts.find((value) => /\.\w{2,4}$/.test(value));
  if (named === undefined) return null;
  // /data/local-files/?d=folder/name.wav
  const path = named.replace(/^.*[?&]d=/, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function readTask(task: z.infer<typeof Task>, file: string, tell: (reason: string) => void): ReadClip {
  const annotations = [...(task.annotations ?? []), ...(task.completions ?? [])].filter((each) => !each.was_cancelled);
  const answer = annotations.at(-1) ?? task.predictions?.at(-1);
  const clip: ReadClip = { file, label: null, tiers: [] };
  const regions = new Map<string, ReadTier['regions'][number]>();
  const notes: [region: string, text: string][] = [];
  for (const value of answer?.result ?? []) {
    const parsed = Result.safeParse(value);
    if (!parsed.success) {
      tell('a result is not of a kind Hark knows and was left out.');
      continue;
    }
    const { id, value: found, meta, from_name: tag } = parsed.data;
    const note = meta?.text?.join('\n') ?? '';
    const label = labelOf(parsed.data);
    // A text for a region comes as a result of its own with the region's id.
    if (found.text && !found.labels && id !== undefined) notes.push([id, found.text.join('\n')]);
    else if (found.start !== undefined && found.end !== undefined) {
      const region = { line: null, start: found.start, end: found.end, fMin: null, fMax: null, label, note };
      if (id !== undefined) regions.set(id, region);
      tierOf(clip, tag).regions.push(region);
    } else if (found.choices && found.choices.length > 0) clip.label = found.choices[0];
    else tell(`a result of "${tag}" has neither times nor a choice and was left out.`);
  }
  for (const [id, text] of notes) {
    const region = regions.get(id);
    if (region) region.note = [region.note, text].filter(Boolean).join('\n');
    else tell('a text belongs to no region and was left out.');
  }
  return clip;
}

const labelOf = ({ value }: Result): string => (value.labels ?? value.choices ?? []).join(', ');

function tierOf(clip: ReadClip, name: string): ReadTier {
  let tier = clip.tiers.find((each) => each.name === name);
  if (!tier) clip.tiers.push((tier = { name, kind: 'regions', regions: [] }));
  return tier;
}

const choice = (label: string) => ({
  ...{ from_name: CLIP_LABEL, to_name: 'audio', type: 'choices', value: { choices: [label] } },
});

const spans = ({ name, regions }: NewTier, tier: number) =>
  regions.map(({ start, end, label, note }, index) => ({
    ...{ id: `${tier}-${index}`, from_name: name, to_name: 'audio', type: 'labels' },
    value: { start, end, labels: label === '' ? [] : [label], channel: 0 },
    ...(note === '' ? {} : { meta: { text: [note] } }),
  }));
