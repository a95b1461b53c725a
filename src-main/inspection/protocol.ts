import type { Features } from '#main/features/extract.ts';
import type { ThroughTime } from '#main/models/through-time.ts';
import type { LayerPlace } from '#main/models/types.ts';
import type { GradientSource } from '#shared/contract/inspect.ts';
import type { SaliencyMethod } from '#shared/contract/bulk.ts';
import type { PlainFailure } from '#shared/domain/errors.ts';
import type { EngineSettings } from '#shared/domain/system.ts';
import type { Peaks } from './likes/peaks.ts';
import type { Embedded } from './maps/embed.ts';
import type { Neighbours } from './maps/neighbours.ts';
import type { Plane } from './maps/pca.ts';
import type { UmapOptions } from './maps/umap.ts';
import type { Cover } from './occlusion.ts';
import type { SoundOfClip } from './resynthesis.ts';
import type { Saliency } from './saliency.ts';

/*
 * What the main process and the inspector say to each other. Features come with the question, so that the inspector reads neither
 * the lab's store nor its cache; networks it reads from their files, and keeps the last few.
 */

/** A clip as a network was trained to take it, before it is standardised. */
export interface ClipAsked {
  /** File of the network's weights, absolute. */
  network: string;
  features: Features;
}

/** The same where it matters how frequencies lie. */
export interface SoundAsked extends ClipAsked {
  /** Of the sound the features were made of, Hz. */
  rate: number;
}

/** Clips as a network takes them, all in one batch. */
export interface ClipsAsked {
  network: string;
  clips: Features[];
}

/** Vectors of one width, one after the other. */
export interface Vectors {
  /** [count, width] */
  vectors: Float32Array;
  width: number;
}

/** All that the inspector can be asked, and what it answers; a new question is one line here and one in tasks.ts. */
export interface Questions {
  signals: { ask: ClipAsked & LayerPlace; answer: LayerSignals };
  attention: { ask: ClipAsked; answer: Float32Array };
  course: { ask: ClipAsked & { most: number }; answer: Course };
  saliency: { ask: SoundAsked & { method: SaliencyMethod; target: number | null }; answer: Saliency };
  salient: {
    ask: SoundAsked & SoundOfClip & { method: SaliencyMethod; target: number | null; share: number };
    answer: Float32Array;
  };
  gradients: { ask: ClipAsked & { label: number; from: GradientSource }; answer: ThroughTime };
  occlusion: { ask: SoundAsked & { covers: Cover[] }; answer: Float32Array };
  embed: { ask: ClipsAsked; answer: Embedded };
  peaks: { ask: ClipsAsked & LayerPlace & { signal: string }; answer: Peaks };
  neighbours: { ask: Vectors & { k: number }; answer: Neighbours };
  pca: { ask: Vectors; answer: Plane };
  umap: { ask: UmapOptions & { neighbours: Neighbours; start: Float32Array }; answer: Float32Array };
}
export type Question = keyof Questions;
export type Answer = Questions[Question]['answer'];

/** What one direction of one layer did over a clip. */
export interface LayerSignals {
  /** In the order of `values`. */
  names: string[];
  frames: number;
  units: number;
  /** [names, frames, units] */
  values: Float32Array;
}

/** What a network would have said, had the clip ended earlier. */
export interface Course {
  /** Frames heard, ascending; the last is the whole clip. */
  ends: Int32Array;
  /** [ends, classes] */
  probabilities: Float32Array;
}

export type ToInspector =
  /** First of all. */
  | { kind: 'start'; engine: EngineSettings }
  | { [Q in Question]: { kind: 'ask'; id: number; question: Q; ask: Questions[Q]['ask'] } }[Question]
  /** Nobody waits for this answer any more. */
  | { kind: 'stop'; id: number };

export type FromInspector =
  | { kind: 'answer'; id: number; answer: Answer }
  | { kind: 'failed'; id: number; failure: PlainFailure }
  /** Of what takes its time. */
  | { kind: 'progress'; id: number; done: number; total: number };
