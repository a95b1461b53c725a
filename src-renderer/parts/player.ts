import { create } from 'zustand';
import { fromWire } from '../client/errors.ts';
import { audioUrl } from '../client/bulk.ts';
import { HarkError } from '#shared/domain/errors.ts';

interface Playing {
  clip: number | null;
  playing: boolean;
  /** Seconds; of the clip as the lab knows it, until the sound itself says better. */
  duration: number;
  error: HarkError | null;
}

/** Seconds one step of the arrow keys moves; a tenth of a clip, but at least a frame of the picture. */
const stepOf = (duration: number) => Math.max(duration / 10, 0.01);

/**
 * The one player of the window: one sound at a time, one playhead for all views of it.
 * Time is told apart from the store (`onTime`), since it moves with every frame of the screen.
 */
class Player {
  readonly useStore = create<Playing>(() => ({ clip: null, playing: false, duration: 0, error: null }));
  readonly #audio = new Audio();
  readonly #listeners = new Set<(seconds: number) => void>();
  #frame = 0;

  constructor() {
    this.#audio.preload = 'auto';
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

  /** Puts a clip in; nothing is heard yet. The same clip again changes nothing. */
  load(clip: number, duration: number): void {
    if (this.useStore.getState().clip === clip) return;
    this.#audio.pause();
    this.useStore.setState({ clip, duration, playing: false, error: null });
    this.#audio.src = audioUrl(clip);
    this.#tell();
  }

  /** Takes the clip out; the last view of it has gone. */
  unload(): void {
    this.useStore.setState({ clip: null, playing: false, duration: 0, error: null });
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
  }

  async play(): Promise<void> {
    const { clip } = this.useStore.getState();
    if (clip === null) return;
    if (this.#audio.error) this.#audio.src = audioUrl(clip);
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

  toggle(): void {
    if (this.useStore.getState().playing) this.pause();
    else void this.play();
  }

  seek(seconds: number): void {
    const { duration } = this.useStore.getState();
    this.#audio.currentTime = Math.min(Math.max(0, seconds), duration);
    this.#tell();
  }

  async playFrom(seconds: number): Promise<void> {
    this.seek(seconds);
    await this.play();
  }

  /** Moves the playhead by so many tenths of the clip. */
  step(tenths: number): void {
    this.seek(this.time + tenths * stepOf(this.useStore.getState().duration));
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
      this.#tell();
      this.#frame = requestAnimationFrame(next);
    };
    next();
  }

  #rest(): void {
    cancelAnimationFrame(this.#frame);
    this.useStore.setState({ playing: false });
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.time);
  }
}

export const player = new Player();
