import { hash } from 'node:crypto';
import { Edit, type EditInput } from '#shared/domain/edit.ts';
import { asHarkError, HarkError } from '#shared/domain/errors.ts';
import { CLIP_STATES, RegionDraft, TIER_KINDS } from '#shared/domain/region.ts';
import { Random } from '#shared/math/random.ts';
import { removeDataset, renameDataset } from '#main/lab/dataset-steps.ts';
import { appendEdit, keepEdits } from '#main/lab/edits.ts';
import { clearHistory, jumpToStep, listHistory, redoStep, undoStep } from '#main/lab/history.ts';
import { labelSets, putLabelSet, removeLabelSet } from '#main/lab/label-sets.ts';
import { labelClips } from '#main/lab/labels.ts';
import { changeRegions, clipRegions } from '#main/lab/regions.ts';
import { splitClip } from '#main/lab/splitting.ts';
import { setClipNote, setClipState } from '#main/lab/states.ts';
import type { Store } from '#main/lab/store.ts';
import { addTier, listTiers, removeTier, updateTier } from '#main/lab/tiers.ts';
import { madeDataset } from './support.ts';

/** Two datasets, the first of `clips` clips of a second each, with a tier of each kind and a label set; no history. */
export function begin(store: Store, clips: number): void {
  const second = { frames: 8000, duration: 1, sampleRate: 8000 };
  const made = (count: number, name: string) =>
    madeDataset(
      store,
      Array.from({ length: count }, (_, index) => ({ ...second, file: `${index}.wav`, label: 'abc'[index % 3] })),
      name,
    );
  made(clips, 'One');
  made(2, 'Two');
  for (const kind of TIER_KINDS) addTier(store, 1, kind, kind);
  putLabelSet(store, 1, { id: null, name: 'mood', classes: ['x'] });
  clearHistory(store);
}

/** All that steps can change, but for when they did, table by table; as digests, for there is much of it. */
export function stateOf(store: Store): string {
  const all = (sql: string) => store.prepare(sql).all();
  const tables = [
    all('select id, name, removed_at is null as there from dataset order by id'),
    all('select * from clip order by id'),
    all('select id, clip_id, set_id, label, set_by from label where undone = 0 order by id'),
    all('select * from label_set order by id'),
    all('select * from set_label order by id'),
    all('select * from tier order by id'),
    all('select id, clip_id, tier_id, start, "end", f_min, f_max, label, note, set_by from region order by id'),
  ];
  return tables.map((rows) => hash('md5', JSON.stringify(rows))).join(' ');
}

type Step = (store: Store, random: Random) => unknown;
const one = <T>(random: Random, of: readonly T[]): T => {
  if (of.length > 0) return of[random.below(of.length)];
  throw new HarkError('not-found', 'There is none to choose.');
};
const column = (store: Store, sql: string) => store.prepare(sql).pluck().all() as number[];
const aClip = (store: Store, random: Random) => one(random, column(store, 'select id from clip order by id'));
/** Of one dataset. */
const someClips = (store: Store, random: Random) => {
  const ids = column(store, `select id from clip where dataset_id = ${1 + random.below(2)} order by id`);
  const first = random.below(ids.length);
  return ids.slice(first, first + 1 + random.below(ids.length));
};
const seconds = (random: Random) => random.below(10) / 10;
const span = (random: Random) => {
  const start = seconds(random);
  return { start, end: start + 0.1 + random.below(8) / 10 };
};

const EDITS: readonly ((random: Random) => EditInput)[] = [
  (random) => ({ op: 'gain', db: random.below(12) - 6 }),
  (random) => ({ op: 'delete', ...span(random) }),
  (random) => ({ op: 'keep', ...span(random) }),
  (random) => ({ op: 'insertSilence', at: seconds(random), duration: 0.25 }),
  (random) => ({ op: 'reverse', ...span(random) }),
  (random) => ({ op: 'stretch', ...span(random), factor: 1.5 }),
  (random) => ({ op: 'paste', ...span(random), sound: 'a'.repeat(40), duration: 0.3 }),
  () => ({ op: 'resample', sampleRate: 11_025 }),
  () => ({ op: 'mono' }),
];

/** Every kind of step there is; what cannot be done is refused. */
export const STEPS: Record<string, Step> = {
  label: (store, random) =>
    labelClips(store, {
      ...{ clips: someClips(store, random), set: null, label: one(random, ['a', 'b', 'c', 'new']) },
      state: one(random, [null, null, 'done']),
    }),
  setLabel: (store, random) => {
    const dataset = 1 + random.below(2);
    const sets = labelSets(store, dataset).flatMap(({ id }) => id ?? []);
    const clips = column(store, `select id from clip where dataset_id = ${dataset} order by id`).slice(0, 5);
    return labelClips(store, { clips, set: one(random, sets), label: one(random, ['x', 'y', null]) });
  },
  state: (store, random) => setClipState(store, someClips(store, random), one(random, CLIP_STATES)),
  note: (store, random) => setClipNote(store, aClip(store, random), one(random, ['', 'noisy', 'two voices'])),
  rename: (store, random) => renameDataset(store, 1 + random.below(2), one(random, ['One', 'Two', 'Three'])),
  remove: (store) => removeDataset(store, 2),
  putSet: (store, random) =>
    putLabelSet(store, 1, {
      ...{ id: null, name: one(random, ['Label', 'mood', 'quality']) },
      classes: one(random, [['x'], ['y', 'x'], ['b', 'a', 'c']]),
    }),
  removeSet: (store, random) =>
    removeLabelSet(
      store,
      one(
        random,
        labelSets(store, 1).flatMap(({ id }) => id ?? []),
      ),
    ),
  addTier: (store, random) => addTier(store, 1, one(random, ['phones', 'words', 'events']), one(random, TIER_KINDS)),
  updateTier: (store, random) =>
    updateTier(store, one(random, listTiers(store, 1)).id, {
      ...(random.below(2) > 0 && { name: one(random, ['phones', 'words', 'tones']) }),
      position: random.below(3),
    }),
  removeTier: (store, random) => removeTier(store, one(random, listTiers(store, 1)).id),
  regions(store, random) {
    const clip = one(random, column(store, 'select id from clip where dataset_id = 1 order by id limit 4'));
    const tier = one(random, listTiers(store, 1));
    const there = clipRegions(store, clip).filter((region) => region.tier === tier.id);
    const length = store.prepare('select duration from clip where id = ?').pluck().get(clip) as number;
    const put = (drafts: Omit<typeof RegionDraft._input, 'tier'>[]) =>
      drafts.map((draft) => RegionDraft.parse({ ...draft, tier: tier.id }));
    const at = seconds(random);
    if (tier.kind === 'intervals') {
      const remove = there.map(({ id }) => id);
      const [border] = [length * (0.2 + at / 2)];
      const drafts = put([
        { start: 0, end: border, label: 'one' },
        { start: border, end: length, label: 'two' },
      ]);
      return changeRegions(store, clip, 'Divide', { put: drafts, remove });
    }
    const end = tier.kind === 'points' ? at : at + 0.1;
    const drafts = put([
      { id: there[0]?.id ?? null, start: at, end, label: 'r' },
      { start: at, end },
    ]);
    const remove = random.below(3) === 0 ? there.slice(1).map(({ id }) => id) : [];
    return changeRegions(store, clip, 'Mark', { put: drafts, remove });
  },
  edit: (store, random) => appendEdit(store, someClips(store, random), Edit.parse(one(random, EDITS)(random))),
  keepEdits: (store, random) => keepEdits(store, aClip(store, random), random.below(2)),
  split: (store, random) =>
    splitClip(store, aClip(store, random), [
      { ...span(random), label: null },
      { start: 0, end: 0.1, label: one(random, ['a', 'part']) },
    ]),
};

/** Goes about in the history. */
export const MOVES: Record<string, Step> = {
  undo: undoStep,
  redo: redoStep,
  jump: (store, random) => jumpToStep(store, one(random, [null, ...listHistory(store).steps.map(({ id }) => id)])),
};

/** Does one of the steps or moves; what is refused, or has nothing to choose from, does nothing. */
export function attempt(store: Store, name: string, random: Random): void {
  try {
    (STEPS[name] ?? MOVES[name])(store, random);
  } catch (error) {
    if (asHarkError(error).kind === 'internal') throw error;
  }
}

/** 200 steps and moves by a seed: two steps of three, and each kind as likely as another. */
export function programme(seed: number): string[] {
  const random = new Random(seed, 'programme');
  const [steps, moves] = [Object.keys(STEPS), Object.keys(MOVES)];
  return Array.from({ length: 200 }, () => one(random, random.below(3) === 0 ? moves : steps));
}
