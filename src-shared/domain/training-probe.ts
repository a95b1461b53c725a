import { z } from 'zod';
import { CELLS } from './model-spec.ts';

/** Training clips that are looked through after an epoch; the same ones for all cells and epochs of a seed. */
export const PROBE_CLIPS = 16;
/** Frames of a clip that are looked through at most. */
export const PROBE_FRAMES = 256;
/** Distances from the loss that are told apart; of more frames some make up one. */
export const PROBE_DISTANCES = 128;

/** What is the same for all probes of a run. */
export const ProbeHead = z.object({
  version: z.literal(1),
  clips: z.number().int(),
  /** Of each clip, its last ones. */
  frames: z.number().int().positive(),
  /** Frames that make up one distance: value i is of frames i * step .. (i + 1) * step - 1 back from the loss. */
  step: z.number().int().positive(),
});
export type ProbeHead = z.infer<typeof ProbeHead>;

const ByDistance = z.array(z.number().nullable());

/**
 * The size of a gradient by distance from the loss, over those clips that it reaches: where it is exactly 0 (beyond a truncation, or
 * below what single precision holds) or not finite it does not. null where it reaches none.
 */
export const GradientCurve = z.object({
  /** Clips it reaches. */
  reached: z.array(z.number().int()),
  /** Geometric mean, and quartiles. */
  mean: ByDistance,
  low: ByDistance,
  high: ByDistance,
  /** What is left of the gradient at the first distance it reaches: geometric mean of each clip's own ratio. */
  left: ByDistance,
});
export type GradientCurve = z.infer<typeof GradientCurve>;

/** One direction of one layer. */
export const ProbePlace = z.object({
  layer: z.number().int(),
  reverse: z.boolean(),
  /** |dL/dh|, and of an LSTM |dL/dc| by way of later frames: at the last one, where c goes into h alone, it is 0. */
  hidden: GradientCurve,
  cell: GradientCurve.nullable(),
  /** Spectral radius of each block of the recurrent weights, in PyTorch's order; null where a weight is not finite. */
  radii: z.array(z.object({ block: z.string(), radius: z.number().nullable() })),
});
export type ProbePlace = z.infer<typeof ProbePlace>;

/** What was seen of a network after an epoch; epoch 0: before the first. */
export const ProbeRecord = z.object({ epoch: z.number().int(), places: z.array(ProbePlace) });
export type ProbeRecord = z.infer<typeof ProbeRecord>;

const RunOf = { run: z.number().int(), cell: z.enum(CELLS) };

/** Which probes there are of the runs of a seed, and what of them is small. */
export const ProbesView = z.array(
  z.object({
    ...RunOf,
    /** null: it has none, for it has no states, or was trained by a version that did not look. */
    head: ProbeHead.nullable(),
    epochs: z.array(
      z.object({
        epoch: z.number().int(),
        places: z.array(ProbePlace.pick({ layer: true, reverse: true, radii: true })),
      }),
    ),
  }),
);
export type ProbesView = z.infer<typeof ProbesView>;

/** Gradients through time after one epoch, of each run that has been looked into. */
export const ProbeGradients = z.array(
  z.object({
    ...RunOf,
    /** Of the probe: the last one that is not after the epoch asked for. */
    epoch: z.number().int(),
    head: ProbeHead,
    places: z.array(ProbePlace.omit({ radii: true })),
  }),
);
export type ProbeGradients = z.infer<typeof ProbeGradients>;
