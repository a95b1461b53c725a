import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LeftTake } from '#shared/contract/studio.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { probeFile } from '#main/audio/decode.ts';
import { freePath, safeName } from '#main/audio/file-names.ts';
import { hashFile } from '#main/audio/hash.ts';
import type { FindSoundsOptions } from '#main/audio/edits/find-sounds.ts';
import { forgetFile } from '#main/audio/signal/file-handles.ts';
import { type Signal, sliced } from '#main/audio/signal/signal.ts';
import { closeTake, TakeFile, takeSignal, type TakeShape } from '#main/audio/storage/take-file.ts';
import type { Lab } from '#main/lab/lab.ts';
import { addRecording, recordedDataset } from '#main/lab/recordings.ts';

/** Seconds: what is kept on both sides of the sound when silence is taken off, and what counts as sound or silence at all. */
const TRIM = { padding: 0.1, leastSound: 0.05, leastSilence: 0.2 };

/** A take that no part has come to for so long has lost its window. */
const RESTING_MS = 3000;

/** What is done to sound on threads of its own. */
export interface SoundWork {
  findSounds(sound: Signal, options: FindSoundsOptions): Promise<{ start: number; end: number }[]>;
  write(sound: Signal, file: string, coding: 'float32'): Promise<void>;
}

export interface KeepOptions {
  take: string;
  label: string;
  speaker: string | null;
  /** dB below full scale (RMS) under which both ends count as silent; null: nothing is taken off. */
  trimDb: number | null;
}

/** What is recorded in the lab: takes under way, takes a crash has left, and how a take becomes a clip. */
export class Recordings {
  readonly #lab: Lab;
  readonly #work: SoundWork;
  readonly #open = new Map<string, TakeFile>();

  constructor(lab: Lab, work: SoundWork) {
    this.#lab = lab;
    this.#work = work;
  }

  /** Begins a take; answers its name. */
  begin(shape: TakeShape): string {
    const take = randomUUID();
    this.#open.set(take, new TakeFile(this.#path(take), shape));
    return take;
  }

  /** Adds a part, as `TakeFile.append`. @throws HarkError not-found for a take that is not under way, bad-input, conflict */
  append(take: string, at: number, bytes: Uint8Array): void {
    const file = this.#open.get(take);
    if (!file) throw noTake(take);
    file.append(at, bytes);
  }

  /**
   * Makes a take a clip of the lab's recordings; undoable.
   * @throws HarkError not-found, bad-input when nothing was recorded, or nothing louder than silence
   */
  async keep({
    take,
    label,
    speaker,
    trimDb,
  }: KeepOptions): Promise<{ clip: number; dataset: number; duration: number }> {
    const source = this.#ended(take);
    const signal = takeSignal(source);
    if (signal.frames === 0)
      throw new HarkError('bad-input', 'Nothing was recorded.', {
        remedy: 'See whether the microphone is switched on.',
      });
    const sound = trimDb === null ? signal : await this.#trimmed(signal, trimDb);
    const folder = realpathSync(this.#folder('recordings'));
    const target = freePath(folder, safeName(label), 'wav');
    if (sound === signal) {
      closeTake(source);
      forgetFile(source);
      await rename(source, target);
    } else {
      await this.#work.write(sound, target, 'float32');
      await this.discard(take);
    }
    const { size, mtimeMs } = await stat(target);
    const { store } = this.#lab;
    const facts = { ...(await probeFile(target)), size, mtimeMs, contentHash: await hashFile(target) };
    const dataset = recordedDataset(store, folder);
    const clip = addRecording(store, dataset, { ...facts, file: path.basename(target), label, speaker });
    return { clip, dataset, duration: facts.duration };
  }

  /** Throws a take away. One that is gone already is no failure. */
  async discard(take: string): Promise<void> {
    const file = this.#path(take);
    this.#open.get(take)?.end();
    this.#open.delete(take);
    forgetFile(file);
    await rm(file, { force: true });
  }

  /** Takes that were cut off: recorded, neither kept nor thrown away, and no part comes any more. The newest first. */
  async left(): Promise<LeftTake[]> {
    const folder = this.#folder('takes');
    const found: LeftTake[] = [];
    for (const name of await readdir(folder)) {
      const take = path.parse(name).name;
      if (!name.endsWith('.wav')) continue;
      try {
        const { mtime } = await stat(path.join(folder, name));
        if (this.#open.has(take) && Date.now() - mtime.getTime() < RESTING_MS) continue;
        const { frames, sampleRate, channels } = takeSignal(path.join(folder, name));
        const shape = { sampleRate, channels: channels.length, duration: frames / sampleRate };
        if (frames > 0) found.push({ take, endedAt: mtime.toISOString(), ...shape });
      } catch {
        // Cut off before its first part, or no take at all: there is nothing to offer.
      }
    }
    return found.sort((a, b) => b.endedAt.localeCompare(a.endedAt));
  }

  /** Ends what is under way; it is offered again the next time. */
  close(): void {
    for (const file of this.#open.values()) file.end();
    this.#open.clear();
  }

  /** A sound without the silence at both ends. @throws HarkError bad-input when it is silent all through */
  async #trimmed(signal: Signal, thresholdDb: number): Promise<Signal> {
    const sounds = await this.#work.findSounds(signal, { thresholdDb, ...TRIM });
    if (sounds.length === 0)
      throw new HarkError('bad-input', `Nothing louder than ${thresholdDb} dB was recorded.`, {
        remedy: 'Speak closer to the microphone, or lower the level that counts as silence.',
      });
    const sample = (seconds: number) => Math.round(seconds * signal.sampleRate);
    return sliced(signal, sample(sounds[0].start), sample(sounds[sounds.length - 1].end));
  }

  /** The file of a take that gets no more parts. @throws HarkError not-found */
  #ended(take: string): string {
    const file = this.#path(take);
    this.#open.get(take)?.end();
    this.#open.delete(take);
    if (!existsSync(file)) throw noTake(take);
    return file;
  }

  /** @throws HarkError not-found for what is no name of a take: it comes from the window, and becomes a path */
  #path(take: string): string {
    if (!/^[0-9a-f-]{36}$/.test(take)) throw noTake(take);
    return path.join(this.#folder('takes'), `${take}.wav`);
  }

  #folder(name: 'takes' | 'recordings'): string {
    const folder = this.#lab.path('audio', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

function noTake(take: string): HarkError {
  return new HarkError('not-found', 'There is no such take.', { where: take, remedy: 'Record it again.' });
}
