import { signalOf, channelsOf, type Signal } from '#main/audio/signal/signal.ts';
import { memorySink } from '#main/audio/signal/sink.ts';
import { applyEdit } from '#main/audio/edits/index.ts';
import type { EditContext } from '#main/audio/edits/operation.ts';
import { Edit, type EditInput } from '#shared/domain/edit.ts';
import { readSound } from './programs.ts';
import { sharedPath } from './shared.ts';

const FILES = {
  rooster: ['esc10', 'audio', '4-170078-A-1.wav'],
  helicopter: ['esc10', 'audio', '4-175000-A-40.wav'],
  digit: ['fsdd', 'recordings', '0_george_0.wav'],
  speech: ['ravdess', 'Actor_01', '03-01-01-01-01-01-01.wav'],
} as const;

/** Half as loud, so that no other program clips what Hark does not. */
async function half(name: keyof typeof FILES): Promise<Signal> {
  const sound = await readSound(sharedPath('data', ...FILES[name]));
  return signalOf(
    channelsOf(sound).map((samples) => samples.map((value) => value / 2)),
    sound.sampleRate,
  );
}

/** Real recordings edits are tried on: 44.1 kHz, 8 kHz and 48 kHz, and a stereo one made of two. */
export const RECORDINGS: Record<string, () => Promise<Signal>> = {
  'a rooster at 44.1 kHz': () => half('rooster'),
  'a digit at 8 kHz': () => half('digit'),
  'speech at 48 kHz': () => half('speech'),
  'two sounds in stereo': async () => {
    const [left, right] = await Promise.all([half('rooster'), half('helicopter')]);
    return signalOf([channelsOf(left)[0], channelsOf(right)[0]], left.sampleRate);
  },
};
export const recordingCases = Object.entries(RECORDINGS);

/** @param kept sounds by hash */
export const memory = (kept: Record<string, Signal> = {}): EditContext => ({
  sink: memorySink,
  kept: (hash) => kept[hash],
});

/** An edit as it comes in, applied in memory. */
export const edited = (signal: Signal, edit: EditInput, kept: Record<string, Signal> = {}): Signal =>
  applyEdit(signal, Edit.parse(edit), memory(kept));
