import { findSounds, type FindSoundsOptions } from '../edits/find-sounds.ts';
import { type SoundCoding, writeSound } from '../encode/sound.ts';
import { keepSound } from '../storage/kept.ts';
import { peaksOf } from './peaks.ts';
import { Scratch } from '../storage/scratch.ts';
import { readMixed } from '../signal/mixed.ts';
import type { Pyramid, Run } from '../signal/pyramid.ts';
import type { Signal } from '../signal/signal.ts';
import { heardPart, type WavPart } from './heard.ts';
import { renderSound, type Rendering } from './render.ts';
import { pyramidFor, type PyramidWanted } from './stored-pyramid.ts';

export interface PeaksWanted {
  runs: Run[];
  pyramids: (Pyramid | null)[];
  from: number;
  end: number;
  points: number;
}

/** What threads do for sounds, and what they are told. */
export type ClipSoundTask =
  | { task: 'render'; render: Rendering }
  | { task: 'pyramid'; pyramid: PyramidWanted }
  | { task: 'peaks'; peaks: PeaksWanted }
  | { task: 'read'; read: { signal: Signal; channel: number | null; from: number; count: number } }
  | { task: 'wav'; wav: WavPart }
  | { task: 'findSounds'; findSounds: { sound: Signal; options: FindSoundsOptions } }
  | { task: 'write'; write: { sound: Signal; file: string; coding: SoundCoding } }
  | { task: 'keep'; keep: { signal: Signal; folder: string } }
  | { task: 'prune'; prune: { scratch: string; inUse: ReadonlySet<string> } };

/** Each answers plain data; of what is in `moved` the memory goes with it. */
export const CLIP_SOUND_TASKS: {
  [Name in ClipSoundTask['task']]: (task: Extract<ClipSoundTask, { task: Name }>) => unknown;
} = {
  render: ({ render }) => renderSound(render),
  pyramid: ({ pyramid }) => pyramidFor(new Scratch(pyramid.scratch), pyramid),
  peaks({ peaks: { runs, pyramids, from, end, points } }) {
    const all = runs.reduce((sum, { frames }) => sum + frames, 0);
    const [low, high] = peaksOf(runs, pyramids, 0, all, 1);
    return { pairs: peaksOf(runs, pyramids, from, end, points), peak: Math.max(-low, high) };
  },
  read: ({ read: { signal, channel, from, count } }) => readMixed(signal, channel, from, new Float32Array(count)),
  wav: ({ wav }) => heardPart(wav),
  findSounds: ({ findSounds: { sound, options } }) => findSounds(sound, options),
  write: ({ write: { sound, file, coding } }) => writeSound(sound, file, coding),
  keep: ({ keep: { signal, folder } }) => keepSound(folder, signal),
  prune: ({ prune: { scratch, inUse } }) => new Scratch(scratch).prune(inUse),
};
