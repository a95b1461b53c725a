import { rmSync } from 'node:fs';
import { prepareFeatures } from '#main/features/prepare.ts';
import type { ClipRecord } from '#main/lab/clips.ts';
import { readEngineSettings } from '#main/lab/settings.ts';
import type { NewSearch } from '#main/lab/suspects.ts';
import type { Predictions, TaskClip } from '#main/training/protocol.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { featureSize } from '#shared/domain/feature-spec.ts';
import { CELL_NAMES, type ModelSpec } from '#shared/domain/model-spec.ts';
import type { ExperimentContext } from '../context.ts';
import { dealFolds } from './folds.ts';
import { trainAndJudge } from './judge.ts';
import { MeanMargins } from './margins.ts';
import { planSearch, type SearchPlan } from './recipe.ts';
import { accuracyOf, rankSuspects } from './score.ts';

export interface SearchProgress {
  /** Epochs, of all networks. */
  done: number;
  total: number;
  message: string;
}

export interface SearchWork {
  /** Where checkpoints go while it lasts; nothing is left there. */
  folder: string;
  signal: AbortSignal;
  report: (progress: SearchProgress) => void;
}

/**
 * Cross-validation: for each seed the clips are dealt out to folds anew, and each fold is judged by a network trained on the
 * others. So every clip is judged once a seed by a network that has not seen it; beside that all are asked while they learn.
 * @throws HarkError `cancelled`, `bad-input`, `unreadable-file`
 */
export async function searchSuspects(
  context: ExperimentContext,
  plan: SearchPlan,
  work: SearchWork,
): Promise<NewSearch> {
  const { readable, leftOut } = await prepare(context, plan, work);
  const { options, classes, models, training } = readable;
  const total = readable.view.networks * training.epochs;
  const numbers = new Map(classes.map((name, index) => [name, index]));
  const given = Int32Array.from(readable.clips, ({ label }) => numbers.get(label)!);
  const [seen, unseen] = [new MeanMargins(given), new MeanMargins(given)];
  const seeds: Float32Array[] = [];
  let before = 0;
  try {
    for (const [at, seed] of options.seeds.entries()) {
      const folds = dealFolds(readable.clips, options.folds, seed);
      const judged = new Float32Array(given.length * classes.length);
      for (const model of models)
        for (let fold = 0; fold < options.folds; fold++) {
          const place = `seed ${at + 1} of ${options.seeds.length}, fold ${fold + 1} of ${options.folds}`;
          const message = `${CELL_NAMES[model.cell]}, ${place}.`;
          const onProgress = (epochs: number) => work.report({ done: before + epochs, total, message });
          onProgress(0);
          await judgeFold(context, readable, {
            ...{ model, seed, fold, folds, given, judged, seen, unseen, work, onProgress },
          });
          before += training.epochs;
        }
      seeds.push(judged);
    }
  } finally {
    rmSync(work.folder, { recursive: true, force: true });
  }
  const ranked = rankSuspects({ given, classes: classes.length, seeds, seen, unseen });
  return {
    ...{ dataset: options.dataset, folds: options.folds, seeds: [...options.seeds], leftOut },
    accuracy: accuracyOf(ranked),
    method: readable.view.method,
    suspects: ranked.map(({ index, likely, ...verdict }) => ({
      ...verdict,
      clip: readable.clips[index].id,
      given: readable.clips[index].label,
      likely: classes[likely],
    })),
  };
}

interface Readable extends SearchPlan {
  /** Key of each clip's features in the cache. */
  keys: string[];
}

/** Sees that all features are there; clips that cannot be read stay out, and the rest is planned anew. */
async function prepare(
  { lab, cache, pool }: ExperimentContext,
  plan: SearchPlan,
  { signal, report }: SearchWork,
): Promise<{ readable: Readable; leftOut: NewSearch['leftOut'] }> {
  const total = plan.view.networks * plan.training.epochs;
  const prepared = await prepareFeatures(plan.clips, plan.features, cache, {
    ...{ pool, signal, kept: lab.path('audio', 'kept') },
    onProgress: ({ done, total: clips }) =>
      report({ done: 0, total, message: `Computing features, ${done} of ${clips} clips.` }),
  });
  const keys = new Map<ClipRecord, string>();
  const unreadable: NewSearch['leftOut'] = [];
  for (const [index, entry] of prepared.entries()) {
    const clip = plan.clips[index];
    if (entry.skipped) unreadable.push({ file: clip.file, reason: entry.skipped.reason });
    else keys.set(clip, entry.key);
  }
  if (keys.size === 0)
    throw new HarkError('unreadable-file', 'Not one clip can be read.', {
      where: unreadable[0]?.file,
      remedy: 'See whether the files are still where they were imported from.',
    });
  const { features } = plan;
  const readable = { ...planSearch([...keys.keys()], plan.options), features };
  return {
    readable: { ...readable, keys: readable.clips.map((clip) => keys.get(clip)!) },
    leftOut: [...plan.leftOut, ...unreadable, ...readable.leftOut],
  };
}

interface Fold {
  model: ModelSpec;
  seed: number;
  fold: number;
  /** Of each clip. */
  folds: Int32Array;
  given: Int32Array;
  /** [clips, classes]; what the network says of the fold's rows in the end is added, by its share. */
  judged: Float32Array;
  /** What it says while it learns is added to these. */
  seen: MeanMargins;
  unseen: MeanMargins;
  work: SearchWork;
  onProgress: (epochs: number) => void;
}

async function judgeFold(
  { lab, host, cache, turns }: ExperimentContext,
  { clips, keys, classes, features, models, training }: Readable,
  { model, seed, fold, folds, given, judged, seen, unseen, work, onProgress }: Fold,
): Promise<void> {
  const rows = new Map(clips.map(({ id }, index) => [id, index]));
  const task = {
    ...{ folder: work.folder, featureCache: cache.directory, features, model },
    training: { ...training, seed },
    ...{ inputSize: featureSize(features), classes, engine: readEngineSettings(lab.store) },
    clips: clips.map(({ id }, index): TaskClip => ({
      clip: id,
      part: folds[index] === fold ? 'test' : 'train',
      label: given[index],
      features: keys[index],
    })),
  };
  const release = await turns.take();
  try {
    const looks = await trainAndJudge(host, task, { signal: work.signal, onProgress });
    const each = ({ clips: asked, probabilities }: Predictions, take: (row: number, said: Float32Array) => void) =>
      asked.forEach((clip, index) =>
        take(rows.get(clip)!, probabilities.subarray(index * classes.length, (index + 1) * classes.length)),
      );
    for (const { train, test } of looks) {
      each(train, (row, said) => seen.add(row, said));
      each(test, (row, said) => unseen.add(row, said));
    }
    each(looks.at(-1)!.test, (row, said) =>
      said.forEach((probability, name) => (judged[row * classes.length + name] += probability / models.length)),
    );
  } finally {
    release();
    // The next network begins anew, not from this one's checkpoint.
    rmSync(work.folder, { recursive: true, force: true });
  }
}
