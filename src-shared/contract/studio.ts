import { z } from 'zod';
import { ClipDetail } from '../domain/clip.ts';
import { Edit } from '../domain/edit.ts';
import { QueueClip, QueueQuery, QueueView, SEARCH_DEFAULTS, StateCounts, SuspectsView } from '../domain/queue.ts';
import { ClipState, LabelFormat, LabelSet, Region, RegionDraft, Tier, TIER_KINDS } from '../domain/region.ts';
import { base, Id, Nothing } from './base.ts';

/** Bytes on either wire: a Blob, which shared code cannot name. */
export interface Bytes {
  arrayBuffer(): Promise<ArrayBuffer>;
}
const Bytes = z.custom<Bytes>((value) => typeof (value as Bytes | null)?.arrayBuffer === 'function');
const Clips = z.array(Id).min(1).max(1_000_000);

/** All the studio shows of a clip beside its sound. */
export const StudioClip = z.object({
  clip: ClipDetail,
  /** What its sound is like before any edit. */
  source: z.object({ frames: z.number().int(), sampleRate: z.number(), channels: z.number().int() }),
  /** The list of edits in force, oldest first. */
  edits: z.array(Edit),
  /** In words, one an edit: "Fade in 0 s to 0.25 s (linear)". */
  editWords: z.array(z.string()),
  state: ClipState,
  note: z.string(),
  /** Labels of the further label sets, by the set's id. */
  labels: z.array(z.object({ set: z.number().int(), label: z.string() })),
  tiers: z.array(Tier),
  /** By tier, then by start. */
  regions: z.array(Region),
});
export type StudioClip = z.infer<typeof StudioClip>;

export const EXPORT_CODINGS = ['pcm16', 'pcm24', 'float32', 'flac'] as const;
export const ExportCoding = z.enum(EXPORT_CODINGS);
export type ExportCoding = z.infer<typeof ExportCoding>;

/** What became of work on many clips: those it could not be done to, and why. The others have it. */
export const Done = z.object({
  done: z.number().int(),
  skipped: z.array(z.object({ clip: z.number().int(), file: z.string(), reason: z.string() })),
});
export type Done = z.infer<typeof Done>;

/** A take that was cut off: recorded, neither kept nor thrown away. */
export const LeftTake = z.object({
  take: z.string(),
  /** ISO 8601, UTC: when its last part came. */
  endedAt: z.string(),
  /** Seconds. */
  duration: z.number(),
  sampleRate: z.number().int(),
  channels: z.number().int(),
});
export type LeftTake = z.infer<typeof LeftTake>;

/** Devices, count-in and levels are the window's; the lab keeps what was taken. */
export const recording = {
  /** Begins a take: a WAV file of the lab that grows with every part, so that a crash loses nothing. */
  begin: base
    .input(z.object({ sampleRate: z.number().int().min(8000).max(384_000), channels: z.number().int().min(1).max(2) }))
    .output(z.object({ take: z.string() })),
  /**
   * Float32 little-endian samples, interleaved, that begin at sample `at` of a channel. A part that is there already changes
   * nothing: it may be sent again when its answer was lost.
   */
  append: base.input(z.object({ take: z.string(), at: z.number().int().min(0), samples: Bytes })).output(Nothing),
  /** Makes the take a clip of the lab's own dataset of recordings; undoable. */
  keep: base
    .input(
      z.object({
        take: z.string(),
        label: z.string().trim().min(1).max(200),
        speaker: z.string().trim().max(200).nullable().default(null),
        /** dB below full scale (RMS) under which both ends are silence and are taken off; null: nothing is. */
        trimDb: z.number().min(-120).max(0).nullable().default(null),
      }),
    )
    .output(z.object({ clip: z.number().int(), dataset: z.number().int(), duration: z.number() })),
  discard: base.input(z.object({ take: z.string() })).output(Nothing),
  /** Undoes the keeping of a clip; fails with `conflict` when it is not the newest step of the history. */
  takeBack: base.input(z.object({ clip: Id })).output(Nothing),
  /** Takes that were cut off, the newest first: each can still be kept or thrown away. */
  left: base.output(z.array(LeftTake)),
};

export const studio = {
  open: base.input(z.object({ clip: Id })).output(StudioClip),

  /**
   * Puts an edit at the end of the list of every clip, as one undoable step; regions move with the sound. Answers when all is
   * done; a job tells how far it is, and stopping that leaves no clip changed.
   */
  edit: base.input(z.object({ clips: Clips, edit: Edit })).output(Done),
  /** Takes a clip's edits back to its first `count`, as one undoable step. */
  keepEdits: base.input(z.object({ clip: Id, count: z.number().int().min(0) })).output(Nothing),
  /** Keeps a part of a clip's sound in the lab, for paste and for profiles of noise. Answers its hash and length in seconds. */
  copy: base
    .input(z.object({ clip: Id, start: z.number().min(0), end: z.number().min(0) }))
    .output(z.object({ sound: z.string(), duration: z.number(), sampleRate: z.number().int() })),
  /** Stretches of sound between silences, seconds. */
  findSounds: base
    .input(
      z.object({
        clip: Id,
        /** dB below full scale (RMS) under which it is silent. */
        thresholdDb: z.number().min(-120).max(0).default(-45),
        /** Seconds. */
        leastSilence: z.number().min(0.01).max(60).default(0.2),
        leastSound: z.number().min(0.01).max(60).default(0.05),
        /** Kept on both sides. */
        padding: z.number().min(0).max(5).default(0.05),
      }),
    )
    .output(z.array(z.object({ start: z.number(), end: z.number() }))),
  /** New clips of the same file for these spans; the clip itself stays. One undoable step. */
  split: base
    .input(
      z.object({
        clip: Id,
        parts: z
          .array(
            z.object({
              start: z.number().min(0),
              end: z.number().min(0),
              label: z.string().trim().min(1).max(200).nullable().default(null),
            }),
          )
          .min(1)
          .max(10_000),
      }),
    )
    .output(z.object({ clips: z.array(z.number().int()) })),
  /** Writes clips as they sound now into a folder (null: the lab's `audio/exports`). */
  export: base
    .input(
      z.object({
        clips: Clips,
        coding: ExportCoding,
        folder: z.string().nullable().default(null),
        /** A file for each labelled region of the clips instead of one for each clip. */
        regions: z.boolean().default(false),
      }),
    )
    .output(Done.extend({ folder: z.string(), files: z.array(z.string()) })),

  /** Label of the clips in a set (null: their own label, which cannot be empty); one undoable step. */
  label: base
    .input(
      z.object({
        clips: Clips,
        set: Id.nullable().default(null),
        label: z.string().trim().min(1).max(200).nullable(),
        /** Also sets the state, in the same step. */
        state: ClipState.nullable().default(null),
      }),
    )
    .output(Nothing),
  setState: base.input(z.object({ clips: Clips, state: ClipState })).output(Nothing),
  setNote: base.input(z.object({ clip: Id, note: z.string().max(10_000) })).output(Nothing),
  labelSets: base.input(z.object({ dataset: Id })).output(z.array(LabelSet)),
  /** Makes (`id` null and no set of this name) or changes a label set; of the clips' own label only `classes` (the order of keys, and classes no clip has yet). */
  putLabelSet: base.input(z.object({ dataset: Id, set: LabelSet })).output(LabelSet),
  removeLabelSet: base.input(z.object({ set: Id })).output(Nothing),

  addTier: base
    .input(z.object({ dataset: Id, name: Tier.shape.name, kind: z.enum(TIER_KINDS).default('regions') }))
    .output(Tier),
  updateTier: base
    .input(z.object({ tier: Id, name: Tier.shape.name.optional(), position: z.number().int().min(0).optional() }))
    .output(Tier),
  removeTier: base.input(z.object({ tier: Id })).output(Nothing),
  /** Puts and removes regions of a clip in one undoable step, called `words` in the history. Answers all regions of the clip. */
  changeRegions: base
    .input(
      z.object({
        clip: Id,
        words: z.string().trim().min(1).max(200),
        put: z.array(RegionDraft).max(100_000).default([]),
        remove: z.array(Id).max(100_000).default([]),
      }),
    )
    .output(z.array(Region)),

  exportLabels: base
    .input(
      z.object({
        clips: Clips,
        format: LabelFormat,
        /** null: all tiers the format can hold. */
        tier: Id.nullable().default(null),
        folder: z.string().nullable().default(null),
      }),
    )
    .output(Done.extend({ folder: z.string(), files: z.array(z.string()) })),
  /** Reads labels from a file, or from all files of a folder, matched to clips by name; one undoable step. */
  importLabels: base
    .input(
      z.object({
        dataset: Id,
        /** null: by the names in or of the files. */
        clip: Id.nullable().default(null),
        path: z.string().min(1),
        /** null: by what is in it. */
        format: LabelFormat.nullable().default(null),
      }),
    )
    .output(
      z.object({
        clips: z.number().int(),
        regions: z.number().int(),
        skipped: z.array(z.object({ file: z.string(), reason: z.string() })),
      }),
    ),

  queue: base.input(QueueQuery).output(QueueView),
  /** Clips of a queue in the order asked for, with what its order rests on (`run`, `search` as the queue told them). */
  queueClips: base
    .input(
      z.object({
        clips: z.array(Id).min(1).max(500),
        set: Id.nullable().default(null),
        run: Id.nullable().default(null),
        search: Id.nullable().default(null),
      }),
    )
    .output(z.array(QueueClip)),
  stateCounts: base.input(z.object({ dataset: Id })).output(StateCounts),
  /** Cross-validation over the dataset; answers its job at once. */
  findSuspects: base
    .input(
      z.object({
        dataset: Id,
        folds: z.number().int().min(2).max(20).default(SEARCH_DEFAULTS.folds),
        seeds: z
          .array(z.number().int().min(0).max(0xffff_ffff))
          .min(1)
          .max(20)
          .default([...SEARCH_DEFAULTS.seeds]),
      }),
    )
    .output(z.object({ job: z.string() })),
  suspects: base
    .input(z.object({ dataset: Id, limit: z.number().int().min(1).max(10_000).default(200) }))
    .output(SuspectsView),
  /** Accepted, the clip takes the likely class, set by suggestion; refused, its label is right. One undoable step. */
  judgeSuspect: base
    .input(z.object({ search: Id, clip: Id, verdict: z.enum(['accepted', 'refused']) }))
    .output(Nothing),
};
