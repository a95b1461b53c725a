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
});
export type QueueQuery = z.infer<typeof QueueQuery>;

export const QueueClip = z.object({
  clip: z.number().int(),
  file: z.string(),
  duration: z.number(),
  sampleRate: z.number().int(),
  label: z.string().nullable(),
  state: ClipState,
  /** What an order by run or by suspicion has to say of it: the likely class and its probability. */
  likely: z.object({ label: z.string(), probability: z.number() }).nullable(),
});
export type QueueClip = z.infer<typeof QueueClip>;

export const QueueView = z.object({
  clips: z.array(QueueClip),
  /** Of the whole dataset, by state. */
  counts: z.record(ClipState, z.number().int()),
  /** What the order rests on, in words: "least sure of run 12 (GRU, seed 1)". */
  basis: z.string(),
});
export type QueueView = z.infer<typeof QueueView>;

/** One search for wrong labels: every clip was judged by a network that had not been trained on it. */
export const SuspectSearch = z.object({
  id: z.number().int(),
  dataset: z.number().int(),
  /** ISO 8601, UTC. */
  at: z.string(),
  folds: z.number().int(),
  seeds: z.array(z.number().int()),
  clips: z.number().int(),
  /** Out-of-sample accuracy against the labels as they were. */
  accuracy: z.number(),
  /** What was trained, in words. */
  method: z.string(),
});
export type SuspectSearch = z.infer<typeof SuspectSearch>;

export const Suspect = z.object({
  clip: z.number().int(),
  file: z.string(),
  duration: z.number(),
  sampleRate: z.number().int(),
  /** From 1: the most suspect. */
  rank: z.number().int(),
  /** The label that was disbelieved, and the one in force now. */
  given: z.string(),
  label: z.string(),
  /** Mean probability over seeds, out of sample: of the label given, and of the likeliest class. */
  givenProbability: z.number(),
  likely: z.string(),
  likelyProbability: z.number(),
  /** Seeds that put another class first. */
  against: z.number().int(),
  verdict: z.enum(['open', 'accepted', 'refused']),
});
export type Suspect = z.infer<typeof Suspect>;
