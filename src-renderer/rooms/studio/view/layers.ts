import type { ComponentType } from 'react';
import type { SoundQuery } from '#shared/contract/bulk.ts';
import { ghostLayer } from '../edit/ghost-layer.ts';
import type { Viewport } from './viewport.ts';

/** The sound that lies open, as edited (and as previewed). */
export interface OpenSound {
  clip: number;
  /** Changes with the sound: part of the addresses of its data. */
  version: string;
  /** JSON of an edit that is tried on top of the list. */
  edit?: string;
  /** How its bulk data is asked for: version, edits in force, the edit that is tried. */
  query: SoundQuery;
  /** Seconds. */
  duration: number;
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Samples of one channel. */
  frames: number;
}

export type LaneKind = 'waveform' | 'spectrogram';

/** What a layer draws on: a lane's canvas, cleared and scaled so that one unit is one CSS pixel. */
export interface Drawing {
  ctx: CanvasRenderingContext2D;
  viewport: Viewport;
  lane: LaneKind;
  /** The channel the lane shows; null: the mix of all. */
  channel: number | null;
  /** Device pixels of a CSS pixel. */
  scale: number;
}

/** Something that is drawn over a lane's picture as long as a sound is open. */
export interface Painter {
  /** Draws what it has for this viewport; asks for what it has not, and calls `redraw` when that is there. */
  draw(drawing: Drawing): void;
  dispose(): void;
}

/** A kind of overlay: F0, formants, mel bands, ... */
export interface Layer {
  id: string;
  lanes: readonly LaneKind[];
  /** Made when a sound is opened and anew when it changes. `redraw` asks for a frame; many calls make one. */
  paint(sound: OpenSound, redraw: () => void): Painter;
  /** Switches and settings, shown in the view's bar; all of a layer's state is its own. */
  controls?: ComponentType<{ sound: OpenSound }>;
}

/** The overlays of the studio, drawn in this order over the picture and under regions and selection. */
export const LAYERS: readonly Layer[] = [ghostLayer];
