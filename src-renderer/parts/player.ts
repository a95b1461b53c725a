import { create } from 'zustand';
import type { AudioQuery } from '#shared/contract/bulk.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { fromWire } from '../client/errors.ts';
import { audioUrl } from '../client/bulk.ts';

interface Playing {
  clip: number | null;
  playing: boolean;
  /** Seconds; of the clip as the lab knows it, until the sound itself says better. */
  duration: number;
  /** How fast it is played; the pitch stays. */
  rate: number;
  /** Whether what is played begins anew at its end. */
  loop: boolean;
  error: HarkError | null;
}

/** A part of the sound, seconds. */
interface Part {
  start: number;
  end: number;
}

export const SLOWEST = 0.25;
export const FASTEST = 2;

/** Seconds one step of the arrow keys moves; a tenth of a clip, but at least a frame of the picture. */
const stepOf = (duration: number) => Math.max(duration / 10, 0.01);

/** Milliseconds before the end of a part from which on a frame of the screen would come too late. */
const NEAR_END = 40;

/**
 * The one player of the window: one sound at a time, one playhead for all views of it.
 * Time is told apart from the store (`onTime`), since it moves with every frame of the screen.
 */
class Player {
  readonly useStore = create<Playing>(() => ({
    clip: null,
    playing: false,
    duration: 0,
    rate: 1,
    loop: false,
    error: null,
  }));
  /** Seconds one step moves; null: a tenth of the clip. */
  stride: number | null = null;
  readonly #audio = new Audio();
  readonly #listeners = new Set<(seconds: number) => void>();
  #address = '';
  #frame = 0;
  #alarm = 0;
  /** What `toggle` plays instead of the whole; and whether that is what is being played. */
  #part: Part | null = null;
  #within = false;

  constructor() {
    this.#audio.preload = 'auto';
    this.#audio.preservesPitch = true;
    this.#audio.addEventListener('play', () => this.#follow());
    this.#audio.addEventListener('pause', () => this.#rest());
    this.#audio.addEventListener('ended', () => this.#rest());
    this.#audio.addEventListener('seeked', () => this.#tell());
    this.#audio.addEventListener('loadedmetadata', () => {
      if (Number.isFinite(this.#audio.duration)) this.useStore.setState({ duration: this.#audio.duration });
    });
    this.#audio.addEventListener('error', () => {
      if (this.useStore.getState().clip === null) return;
      this.useStore.setState({
        playing: false,
        error: new HarkError('unreadable-file', 'This clip cannot be played.', {
          remedy: 'See whether its file is still where it was imported from, and can be read.',
        }),
      });
    });
  }

  /** Where the playhead stands, seconds. */
  get time(): number {
    return this.#audio.currentTime;
  }

  /**
   * Puts a clip in; nothing is heard yet. The same sound again changes nothing; another sound of the same clip (it was edited, a
   * band of it, an edit that is tried) takes its place under the playhead, and goes on where the other was playing.
   * @param which how the clip is asked for, or the address of another sound of it
   */
  load(clip: number, duration: number, which: AudioQuery | string): void {
    const address = typeof which === 'string' ? which : audioUrl(clip, which);
    const before = this.useStore.getState();
    if (this.#address === address && before.clip === clip) return;
    const again = before.clip === clip;
    const time = again ? Math.min(this.time, duration) : 0;
    const goOn = again && before.playing;
    this.#audio.pause();
    this.useStore.setState({ clip, duration, playing: false, error: null });
    this.#address = address;
    this.#audio.src = address;
    this.#audio.playbackRate = before.rate;
    if (time > 0) this.#audio.currentTime = time;
    if (!again) this.setPart(null);
    this.#tell();
    if (goOn) void this.play();
  }

  /** Takes the clip out; the last view of it has gone. */
  unload(): void {
    this.useStore.setState({ clip: null, playing: false, duration: 0, error: null });
    this.#address = '';
    this.stride = null;
    this.setPart(null);
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
  }

  async play(): Promise<void> {
    const { clip, rate } = this.useStore.getState();
    if (clip === null) return;
    if (this.#audio.error) this.#audio.src = this.#address;
    this.#audio.playbackRate = rate;
    this.useStore.setState({ error: null });
    try {
      await this.#audio.play();
    } catch (thrown) {
      // Another clip came before this one began, the element has told its error already, or the browser waits for the
      // person's first click (a page opened at a clip).
      if (
        !(thrown instanceof DOMException) ||
        !['AbortError', 'NotSupportedError', 'NotAllowedError'].includes(thrown.name)
      )
        this.useStore.setState({ error: fromWire(thrown) });
    }
  }

  pause(): void {
    this.#audio.pause();
  }

  /** Pauses; else plays the part that is set, from the playhead if that stands inside, or without one from the playhead on. */
  toggle(): void {
    if (this.useStore.getState().playing) return this.pause();
    const part = this.#part;
    this.#within = part !== null;
    this.#repeat();
    if (part && !(this.time >= part.start && this.time < part.end - 1e-3)) this.seek(part.start);
    void this.play();
  }

  /** Plays a part from its start, now. */
  playPart(part: Part): void {
    this.setPart(part);
    this.#within = true;
    this.#repeat();
    this.seek(part.start);
    void this.play();
  }

  /** The part that is played, and repeated; null: the whole. */
  setPart(part: Part | null): void {
    this.#part = part;
    if (!part) this.#within = false;
    this.#repeat();
  }

  setLoop(loop: boolean): void {
    this.useStore.setState({ loop });
    this.#repeat();
  }

  setRate(rate: number): void {
    const held = Math.min(FASTEST, Math.max(SLOWEST, rate));
    this.useStore.setState({ rate: held });
    this.#audio.playbackRate = held;
  }

  seek(seconds: number): void {
    const { duration } = this.useStore.getState();
    this.#audio.currentTime = Math.min(Math.max(0, seconds), duration);
    this.#tell();
  }

  async playFrom(seconds: number): Promise<void> {
    this.#within = false;
    this.#repeat();
    this.seek(seconds);
    await this.play();
  }

  /** Moves the playhead by so many strides. */
  step(strides: number): void {
    this.seek(this.time + strides * (this.stride ?? stepOf(this.useStore.getState().duration)));
  }

  /** Calls `listener` with the playhead's place whenever it moves; at once for the first time. */
  onTime(listener: (seconds: number) => void): () => void {
    this.#listeners.add(listener);
    listener(this.time);
    return () => this.#listeners.delete(listener);
  }

  #follow(): void {
    this.useStore.setState({ playing: true });
    cancelAnimationFrame(this.#frame);
    const next = () => {
      this.#watchEnd();
      this.#tell();
      this.#frame = requestAnimationFrame(next);
    };
    next();
  }

  /** Stops or begins anew where the part ends. */
  #watchEnd(): void {
    if (!this.#within || !this.#part) return;
    const left = (1000 * (this.#part.end - this.time)) / this.#audio.playbackRate;
    if (left <= 0) this.#endPart();
    else if (left < NEAR_END) {
      clearTimeout(this.#alarm);
      this.#alarm = window.setTimeout(() => this.#watchEnd(), left);
    }
  }

  #endPart(): void {
    const { loop, playing } = this.useStore.getState();
    if (!playing || !this.#part) return;
    if (!loop) this.pause();
    this.seek(this.#part.start);
  }

  /** A part is repeated by its alarm; the whole by the element itself. */
  #repeat(): void {
    this.#audio.loop = this.useStore.getState().loop && !this.#within;
  }

  #rest(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#alarm);
    this.useStore.setState({ playing: false });
    // A part that reaches to the end of the sound ends with it.
    if (this.#audio.ended && this.#within && this.#part) {
      this.seek(this.#part.start);
      if (this.useStore.getState().loop) void this.play();
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.time);
  }
}

export const player = new Player();
