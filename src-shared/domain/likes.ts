import { z } from 'zod';
import { LeftOutClip } from './clip-map.ts';
import { CELLS } from './model-spec.ts';
import type { Signal } from './signal.ts';
import { PARTS } from './split.ts';

/** Strongest moments that are kept of a unit, at most one a clip. */
export const MOST_MOMENTS = 20;

/** Signals by how strong they are: of a gate or a ReLU the value counts, of what has two signs its size. */
export const hasTwoSigns = ({ range }: Pick<Signal, 'range'>): boolean => range === 'squashed' || range === 'unbounded';

/** Which unit of which network, and over which clips. */
export const LikesQuery = z.object({
  run: z.number().int().positive(),
  parts: z.array(z.enum(PARTS)).min(1).default(['test']),
  /** From 0. */
  layer: z.number().int().min(0),
  reverse: z.boolean().default(false),
  /** Of `SIGNALS`. */
  signal: z.string(),
  unit: z.number().int().min(0),
});
export type LikesQuery = z.infer<typeof LikesQuery>;

/** Where a unit is strongest in a clip. */
export const Moment = z.object({
  clip: z.number().int(),
  file: z.string(),
  /** Of its sound, see ClipDetail. */
  version: z.string(),
  speaker: z.string().nullable(),
  truth: z.string(),
  /** Seconds, of the clip. */
  duration: z.number(),
  /** With its sign. */
  value: z.number(),
  /** Seconds into the clip: the middle of the frame. */
  time: z.number(),
});
export type Moment = z.infer<typeof Moment>;

export const UnitLikes = z.object({
  ...{ run: z.number().int(), cell: z.enum(CELLS), seed: z.number().int(), parts: z.array(z.enum(PARTS)) },
  ...{ layer: z.number().int(), reverse: z.boolean(), signal: z.string(), unit: z.number().int() },
  /** Units of the layer. */
  units: z.number().int(),
  /** Clips that were gone through. */
  clips: z.number().int(),
  leftOut: z.array(LeftOutClip),
  /** The strongest first. */
  moments: z.array(Moment),
  /** Mean over the clips of a class of how strong the unit gets in each; the strongest class first. */
  classes: z.array(z.object({ label: z.string(), mean: z.number(), n: z.number().int() })),
  /**
   * (a - b) / (a + b), a the mean of the strongest class, b the mean of the means of all others (Morcos and others 2018): 0 answers to
   * all alike, 1 to one class alone. null with fewer than two classes.
   */
  selectivity: z.number().nullable(),
});
export type UnitLikes = z.infer<typeof UnitLikes>;
