import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { ClipMap, MapQuery, WalkProgress } from '../domain/clip-map.ts';
import { LikesQuery, UnitLikes } from '../domain/likes.ts';
import { CELLS } from '../domain/model-spec.ts';
import { ProbeGradients, ProbesView } from '../domain/training-probe.ts';
import { base, Id, Nothing } from './base.ts';

/** A clip that networks were tested on, with what each of them said of it. */
export const TestedClip = z.object({
  clip: z.number().int(),
  file: z.string(),
  speaker: z.string().nullable(),
  duration: z.number(),
  missing: z.boolean(),
  /** Label the networks were tested against. */
  truth: z.string(),
  said: z.array(
    z.object({ run: z.number().int(), cell: z.enum(CELLS), predicted: z.string(), probability: z.number() }),
  ),
});
export type TestedClip = z.infer<typeof TestedClip>;

/** A box over a spectrogram, seconds and Hz. */
export const Box = z
  .object({ start: z.number().min(0), end: z.number().min(0), low: z.number().min(0), high: z.number().min(0) })
  .refine(({ start, end, low, high }) => start < end && low < high, { message: 'The box is empty.' });
export type Box = z.infer<typeof Box>;

/** From where gradients flow back: all frames that the pooling takes, or each direction's last one alone. */
export const GRADIENT_SOURCES = ['all', 'end'] as const;
export type GradientSource = (typeof GRADIENT_SOURCES)[number];

/** How much of a clip's loss reaches each state on its way back through time. */
export const GradientsView = z.object({
  /** Cross-entropy of the clip, natural logarithm. */
  loss: z.number(),
  layers: z.array(
    z.object({
      layer: z.number().int(),
      reverse: z.boolean(),
      /** |dL/dh_t| of each frame, Euclidean over the units. */
      hidden: z.array(z.number()),
      /** |dL/dc_t|; LSTM only. */
      cell: z.array(z.number()).nullable(),
    }),
  ),
  /** Seconds: middle of the first frame, and from frame to frame. */
  start: z.number(),
  hop: z.number(),
});
export type GradientsView = z.infer<typeof GradientsView>;

/** How much each frame of a clip weighs in what is classified. */
export const AttentionView = z.object({
  /** Of each frame; their sum is 1. */
  weights: z.array(z.number()),
  /** Seconds: middle of the first frame, and from frame to frame. */
  start: z.number(),
  hop: z.number(),
});
export type AttentionView = z.infer<typeof AttentionView>;
/** What takes over a second: how far it is, and at the end what came of it. */
const walk = <Result extends z.ZodType>(result: Result) =>
  eventIterator(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('progress'), progress: WalkProgress }),
      z.object({ kind: z.literal('result'), result }),
    ]),
  );

export const inspect = {
  /** Someone is about to look into networks: what will answer is started ahead. */
  wake: base.output(Nothing),
  /** All clips that the networks of one seed were tested on, by file. */
  clips: base.input(z.object({ comparison: Id, seed: z.number().int() })).output(z.array(TestedClip)),
  /** What a network says where parts of the clip are covered: the probability of each class, in the comparison's order. */
  occlude: base
    .input(z.object({ run: Id, clip: Id, boxes: z.array(Box).max(100) }))
    .output(z.object({ probabilities: z.array(z.number()) })),
  /** Of a clip under a label (of the comparison's classes). */
  gradients: base
    .input(z.object({ run: Id, clip: Id, label: z.string(), from: z.enum(GRADIENT_SOURCES) }))
    .output(GradientsView),
  /** Of a network whose pooling is attention. */
  attention: base.input(z.object({ run: Id, clip: Id })).output(AttentionView),
  /** What was seen of the networks of a seed while they were trained, as far as they are. */
  training: base.input(z.object({ comparison: Id, seed: z.number().int() })).output(ProbesView),
  /** Of it the gradients through time after an epoch (0: before the first), or the last one before it that was looked at. */
  trainingGradients: base
    .input(z.object({ comparison: Id, seed: z.number().int(), epoch: z.number().int().min(0) }))
    .output(ProbeGradients),
  /** Clips as points; where they lie is among the bulk data (`bulk.map`). Ends with the map; leaving it stops the work. */
  map: base.input(MapQuery).output(walk(ClipMap)),
  /** Where a unit is strongest, and in which classes. The first unit of a layer's signal takes its time, the others are then there. */
  likes: base.input(LikesQuery).output(walk(UnitLikes)),
};
