import { z } from 'zod';
import { ClipState } from './region.ts';

/**
 * In which order clips are offered for labelling.
 * - `dataset`: by file; `random`: shuffled by the seed
 * - `unsure`: where a run's two likeliest classes are nearest
 * - `suspect`: what the newest search for wrong labels disbelieves most
 */
export const QUEUE_ORDERS = ['dataset', 'random', 'unsure', 'suspect'] as const;

export const QueueQuery = z.object({
  dataset: z.number().int().positive(),
  /** null: the clips' own label. */
  set: z.number().int().positive().nullable().default(null),
  order: z.enum(QUEUE_ORDERS).default('dataset'),
  seed: z.number().int().min(0).max(0xffff_ffff).default(0),
  /** Of `unsure`. null: the newest run that is done. */
  run: z.number().int().positive().nullable().default(null),
  states: z.array(ClipState).min(1).default(['todo']),
  /** Only these, as they were chosen elsewhere; null: all of the dataset. */
  clips: z.array(z.number().int().positive()).min(1).nullable().default(null),
});
export type QueueQuery = z.infer<typeof QueueQuery>;

/** The queue as ids alone, so that 100,000 clips are there at once; `queueClips` tells more of those in sight. */
export const QueueView = z.object({
  clips: z.array(z.number().int()),
  /** What the order rests on, in words: "least sure of run 12 (GRU, seed 1), which was tested on 500 clips". */
  basis: z.string(),
  /** The run, or the search for wrong labels, that the order rests on. */
  run: z.number().int().nullable(),
  search: z.number().int().nullable(),
});
export type QueueView = z.infer<typeof QueueView>;

export const QueueClip = z.object({
  clip: z.number().int(),
  file: z.string(),
  /** Of its sound, see ClipDetail. */
  version: z.string(),
  duration: z.number(),
  sampleRate: z.number().int(),
  label: z.string().nullable(),
  state: ClipState,
  note: z.string(),
  missing: z.boolean(),
  /** What an order by run or by suspicion has to say of it: the likely class and its probability. */
  likely: z.object({ label: z.string(), probability: z.number() }).nullable(),
});
export type QueueClip = z.infer<typeof QueueClip>;

/** Clips of a whole dataset by state. */
export const StateCounts = z.record(ClipState, z.number().int());
export type StateCounts = z.infer<typeof StateCounts>;

/** One search for wrong labels: every clip was judged by networks that had not been trained on it. */
export const SuspectSearch = z.object({
  id: z.number().int(),
  dataset: z.number().int(),
  /** ISO 8601, UTC. */
  at: z.string(),
  folds: z.number().int(),
  seeds: z.array(z.number().int()),
  /** Clips that were judged, and those that could not be. */
  clips: z.number().int(),
  leftOut: z.array(z.object({ file: z.string(), reason: z.string() })),
  /** Out-of-sample accuracy of the seeds' mean against the labels as they were. */
  accuracy: z.number(),
  /** What was trained, in words. */
  method: z.string(),
});
export type SuspectSearch = z.infer<typeof SuspectSearch>;

/** What one click does. What one seed says of an ambiguous clip is chance (docs/benchmarks.md). */
export const SEARCH_DEFAULTS = { folds: 5, seeds: [1, 2, 3, 4, 5] } as const;

export const VERDICTS = ['open', 'accepted', 'refused'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

export const Suspect = z.object({
  clip: z.number().int(),
  file: z.string(),
  /** Of its sound, see ClipDetail. */
  version: z.string(),
  duration: z.number(),
  sampleRate: z.number().int(),
  missing: z.boolean(),
  /** From 1: the most suspect. */
  rank: z.number().int(),
  /** The label that was disbelieved, and the one in force now. */
  given: z.string(),
  label: z.string(),
  /** Mean probability over seeds, out of sample: of the label given, and of the likeliest other class. */
  givenProbability: z.number(),
  likely: z.string(),
  likelyProbability: z.number(),
  /** Seeds that put another class first. */
  against: z.number().int(),
  verdict: Verdict,
});
export type Suspect = z.infer<typeof Suspect>;

/** What a search would do, and about how long it takes on this machine. */
export const SuspectPlan = z.object({
  clips: z.number().int(),
  classes: z.number().int(),
  folds: z.number().int(),
  seeds: z.array(z.number().int()),
  /** Trained in all, and for how many epochs each. */
  networks: z.number().int(),
  epochs: z.number().int(),
  method: z.string(),
  /** Rough: from the amount of sound alone. */
  seconds: z.number(),
});
export type SuspectPlan = z.infer<typeof SuspectPlan>;

export const SuspectsView = z.object({
  /** null where the dataset has nothing to tell apart; `obstacle` says why. */
  plan: SuspectPlan.nullable(),
  obstacle: z.string().nullable(),
  /** When a search was begun that the end of the app cut off; nothing of it was kept. */
  cutOff: z.string().nullable(),
  /** The newest search, its first suspects by rank, and how many of all have which verdict. */
  search: SuspectSearch.nullable(),
  suspects: z.array(Suspect),
  verdicts: z.record(Verdict, z.number().int()),
});
export type SuspectsView = z.infer<typeof SuspectsView>;
