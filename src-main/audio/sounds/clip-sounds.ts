import { HarkError } from '#shared/domain/errors.ts';
import type { Frames } from '#shared/domain/edit-shape.ts';
import { stampOf, type FileStamp } from '../open.ts';
import { mostHeld } from '../storage/scratch.ts';
import { shapeOf, sliced, type Signal } from '../signal/signal.ts';
import type { Pyramid } from '../signal/pyramid.ts';
import { runsOf } from '../signal/pyramid.ts';
import type { SoundPool, SoundTask } from '../sound-pool.ts';
import { wavSize } from '../encode/wav-part.ts';
import type { Band } from './heard.ts';
import { soundKeys } from './keys.ts';
import { SoundMemory } from './memory.ts';
import { NewestFirst } from './newest-first.ts';
import { Pyramids } from './pyramids.ts';
import type { Rendered, SoundPlaces } from './render.ts';
import { scratchKeys } from './store-signal.ts';
import type { Ticket } from './ticket.ts';
import { Together } from './together.ts';
import type {
  ClipOfFile,
  ClipSound,
  ClipSounds,
  PartOfSound,
  PartOptions,
  Peaks,
  SoundOptions,
  WavFile,
} from './types.ts';

export interface ClipSoundsOptions {
  /** @throws HarkError not-found */
  find(clip: number): ClipOfFile;
  /** Hears that a clip's file has been found gone, or there again. */
  onMissing(clip: ClipOfFile, missing: boolean): void;
  places: SoundPlaces;
  /** Threads for what a window waits for, and those for what takes long. */
  drawing: SoundPool;
  rendering: SoundPool;
}

/** Samples answered at once at most. */
const MOST_SAMPLES = 2 ** 26;

export function createClipSounds(options: ClipSoundsOptions): ClipSounds {
  return new Sounds(options);
}

class Sounds implements ClipSounds {
  readonly #options: ClipSoundsOptions;
  readonly #drawing: NewestFirst;
  readonly #memory: SoundMemory;
  readonly #renderings = new Together<Rendered>();
  /** Keys of all that is being made, and of what it is made from. */
  readonly #making = new Set<readonly string[]>();
  readonly #pyramids: Pyramids;
  /** Files seen to be what they were, and which state of them that was. */
  readonly #verified = new Map<string, FileStamp & { contentHash: string }>();

  constructor(options: ClipSoundsOptions) {
    this.#options = options;
    this.#memory = new SoundMemory(options.places.scratch);
    this.#drawing = new NewestFirst(options.drawing);
    this.#pyramids = new Pyramids(options.rendering, options.places.scratch);
  }

  async sound(
    clip: number | ClipOfFile,
    { edits: count, edit, signal, progress }: SoundOptions = {},
  ): Promise<ClipSound> {
    const record = typeof clip === 'number' ? this.#options.find(clip) : clip;
    const { path, contentHash, start, end } = record;
    const kept = count === undefined ? record.edits : record.edits.slice(0, count);
    const edits = edit ? [...kept, edit] : kept;
    const keys = soundKeys(record, edits);
    const key = keys.steps.at(-1)!;
    const stamp = await this.#stamp(record);
    const seen = this.#verified.get(path);
    const verified = seen?.contentHash === contentHash && seen.size === stamp.size && seen.mtimeMs === stamp.mtimeMs;
    const known = verified ? this.#memory.get(key) : null;
    if (known) return { key, contentHash, signal: known };
    const begin = async (ticket: Ticket): Promise<Rendered> => {
      const { places, rendering } = this.#options;
      // The first thread for drawing starts while the sound is made.
      void this.#drawing.run({ task: 'inspect', paths: [] }).catch(() => {});
      const file = this.#memory.get(keys.file);
      const base = this.#base(keys.steps);
      const clipOfFile = { path, contentHash, start, end };
      const render = { ...clipOfFile, edits, places, verified, file, base, ticket };
      const making = [keys.file, ...keys.steps];
      this.#making.add(making);
      try {
        const rendered = await rendering.run<Rendered>({ task: 'render', render });
        this.#verified.set(path, { ...stamp, contentHash });
        if (rendered.file) this.#memory.put(keys.file, rendered.file);
        for (const step of rendered.steps) this.#memory.put(step.key, step.signal);
        this.#tidy(rendered);
        return rendered;
      } finally {
        this.#making.delete(making);
      }
    };
    const rendered = await this.#renderings.do(key, begin, { signal, progress });
    return { key, contentHash, signal: rendered.signal };
  }

  async part(clip: number | ClipOfFile, options: PartOptions = {}): Promise<PartOfSound> {
    const { signal } = await this.sound(clip, options);
    const { from, end } = partFrames(signal, options);
    return {
      samples: await this.#read(signal, { from, end }, options, options.signal),
      sampleRate: signal.sampleRate,
      start: from / signal.sampleRate,
    };
  }

  async samples(
    clip: number | ClipOfFile,
    from: number,
    count: number,
    options: PartOptions = {},
    stop?: AbortSignal,
  ): Promise<Float32Array> {
    const { signal } = await this.sound(clip, options);
    const first = Math.min(from, signal.frames);
    return this.#read(signal, { from: first, end: Math.min(signal.frames, first + count) }, options, stop);
  }

  async peaks(
    clip: number | ClipOfFile,
    points: number,
    options: PartOptions = {},
    stop?: AbortSignal,
  ): Promise<Peaks> {
    const { signal, contentHash } = await this.sound(clip, options);
    const channel = channelOf(signal, options);
    const { from, end } = partFrames(signal, options);
    const runs = runsOf(signal, channel);
    const pyramids: (Pyramid | null)[] = await this.#pyramids.of(runs, contentHash);
    const task: SoundTask = { task: 'peaks', peaks: { runs, pyramids, from, end, points } };
    const { pairs, peak } = await this.#drawing.run<{ pairs: Float32Array; peak: number }>(task, stop);
    return { pairs, peak, sampleRate: signal.sampleRate, frames: signal.frames };
  }

  async wav(
    clip: number | ClipOfFile,
    { band = null, ...options }: SoundOptions & { band?: Band | null } = {},
  ): Promise<WavFile> {
    const { signal } = await this.sound(clip, options);
    return {
      size: wavSize(shapeOf(signal), 'pcm16'),
      read: (first, last, stop) => this.#drawing.run({ task: 'wav', wav: { signal, band, first, last } }, stop),
    };
  }

  async keep(clip: number | ClipOfFile, { start, end }: { start: number; end: number }) {
    const { signal } = await this.sound(clip);
    const { from, end: last } = partFrames(signal, { start, end });
    const keep = { signal: sliced(signal, from, last), folder: this.#options.places.kept };
    return this.#options.rendering.run<{ sound: string; duration: number; sampleRate: number }>({ task: 'keep', keep });
  }

  readonly run = <Result>(task: SoundTask, stop?: AbortSignal): Promise<Result> => this.#drawing.run(task, stop);

  async #read(signal: Signal, { from, end }: Frames, options: PartOptions, stop?: AbortSignal): Promise<Float32Array> {
    const channel = channelOf(signal, options);
    if (end - from > MOST_SAMPLES)
      throw new HarkError('bad-input', 'This is more sound than can be held in memory at once.', {
        where: 'end',
        remedy: 'Take a shorter part.',
      });
    return this.#drawing.run({ task: 'read', read: { signal, channel, from, count: end - from } }, stop);
  }

  /** Notes when a file has gone, or is there again. */
  async #stamp(record: ClipOfFile): Promise<FileStamp> {
    try {
      const stamp = await stampOf(record.path);
      if (record.missing) this.#options.onMissing(record, false);
      return stamp;
    } catch (thrown) {
      if (thrown instanceof HarkError && thrown.kind === 'not-found' && !record.missing)
        this.#options.onMissing(record, true);
      throw thrown;
    }
  }

  /** The longest beginning of a list that is at hand. */
  #base(keys: readonly string[]): { edits: number; signal: Signal } | null {
    for (let edits = keys.length - 1; edits >= 0; edits--) {
      const signal = this.#memory.get(keys[edits]);
      if (signal) return { edits, signal };
    }
    return null;
  }

  /** Forgets what was not used for long: in memory, and, when something new has been written, in the scratch folder. */
  #tidy({ file, steps }: Rendered): void {
    const { scratch } = this.#options.places;
    this.#memory.shrink(mostHeld(scratch));
    const signals = [file, ...steps.map(({ signal }) => signal)];
    if (!signals.some((signal) => signal && scratchKeys(signal, scratch).size > 0)) return;
    const inUse = new Set([...[...this.#making].flat(), ...this.#pyramids.keys()]);
    for (const signal of this.#memory.signals()) for (const key of scratchKeys(signal, scratch)) inUse.add(key);
    this.#options.rendering.run({ task: 'prune', prune: { scratch, inUse } }).catch(() => {});
  }
}

function channelOf({ channels }: Signal, { channel = null }: PartOptions): number | null {
  if (channel === null || channel < channels.length) return channel;
  throw new HarkError(
    'bad-input',
    `There is no channel ${channel}: the sound has ${channels.length}, counted from 0.`,
    {
      where: 'channel',
    },
  );
}

/** The samples of a part, held to what is there. */
function partFrames({ frames, sampleRate }: Signal, { start = null, end = null }: PartOptions): Frames {
  const from = Math.min(frames, Math.max(0, Math.round((start ?? 0) * sampleRate)));
  return { from, end: end === null ? frames : Math.max(from, Math.min(frames, Math.round(end * sampleRate))) };
}
