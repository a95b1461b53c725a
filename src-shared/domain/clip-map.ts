import { z } from 'zod';
import { CELLS } from './model-spec.ts';
import { PARTS } from './split.ts';

/*
 * A map of clips: each is a point, laid out from the vector a network makes of it before its head (the pooled hidden state).
 */

/** Neighbours each clip is told with, and over which labels are compared. */
export const NEIGHBOURS = 10;
/** Below this there is nothing to lay out. */
export const FEWEST_CLIPS = 3;

/**
 * How the vectors are brought onto a plane.
 * - `pca`: the two directions in which they vary most; exact, and the share of the variance is known.
 * - `umap`: near neighbours stay near (McInnes, Healy and Melville 2018); far distances and sizes of groups mean little.
 */
export const MapLayout = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('pca') }),
  z.strictObject({
    method: z.literal('umap'),
    /** Neighbours that are kept near, the clip itself counted. */
    nNeighbors: z.number().int().min(2).max(200).default(15),
    /** How near points may come, in units of the map. */
    minDist: z.number().min(0).max(0.99).default(0.1),
    seed: z.number().int().min(0).max(0xffff_ffff).default(0),
  }),
]);
export type MapLayout = z.infer<typeof MapLayout>;
export type MapMethod = MapLayout['method'];
export const MAP_METHOD_NAMES: Record<MapMethod, string> = { pca: 'PCA', umap: 'UMAP' };

export const MapQuery = z.object({
  run: z.number().int().positive(),
  parts: z.array(z.enum(PARTS)).min(1),
  layout: MapLayout,
});
export type MapQuery = z.infer<typeof MapQuery>;

/** A clip of a map, with what the network says of it as it is edited now. */
export const MapClip = z.object({
  clip: z.number().int(),
  file: z.string(),
  /** Of its sound, see ClipDetail. */
  version: z.string(),
  speaker: z.string().nullable(),
  /** Seconds. */
  duration: z.number(),
  part: z.enum(PARTS),
  /** Label the comparison began with. */
  truth: z.string(),
  predicted: z.string(),
  probability: z.number(),
});
export type MapClip = z.infer<typeof MapClip>;

/** A clip that could not be read, and why. */
export const LeftOutClip = z.object({ file: z.string(), reason: z.string() });
export type LeftOutClip = z.infer<typeof LeftOutClip>;

export const ClipMap = z.object({
  /** Names the numbers among the bulk data, as long as the lab keeps them. */
  map: z.string(),
  comparison: z.number().int(),
  run: z.number().int(),
  cell: z.enum(CELLS),
  /** Of the network. */
  seed: z.number().int(),
  parts: z.array(z.enum(PARTS)),
  layout: MapLayout,
  /** Values of the vectors. */
  width: z.number().int(),
  clips: z.array(MapClip),
  leftOut: z.array(LeftOutClip),
  /** Of PCA: the share of all variance that each of the two axes holds. */
  axes: z.array(z.number()).nullable(),
  /** Of the nearest neighbours in the full space, how many bear the clip's own label; and how many would by chance. */
  agreement: z.object({ k: z.number().int(), share: z.number(), chance: z.number(), n: z.number().int() }),
});
export type ClipMap = z.infer<typeof ClipMap>;

/** What is being done, in the order in which it is. */
export const WALK_STAGES = ['features', 'network', 'neighbours', 'layout'] as const;
export type WalkStage = (typeof WALK_STAGES)[number];
export const WalkProgress = z.object({
  stage: z.enum(WALK_STAGES),
  done: z.number().int(),
  total: z.number().int(),
});
export type WalkProgress = z.infer<typeof WalkProgress>;
