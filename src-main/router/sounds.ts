import { HarkError } from '#shared/domain/errors.ts';
import { cut } from '#main/audio/cut.ts';
import { decodeFile } from '#main/audio/decode.ts';
import { mixDown } from '#main/audio/mono.ts';
import { clipRecord, markMissing } from '#main/lab/clips.ts';
import type { Store } from '#main/lab/store.ts';

/** A clip's sound: its own span of its file. */
export interface ClipSound {
  channels: Float32Array[];
  /** Hz. */
  sampleRate: number;
}

/** Decoded sound kept at most: a player asks for the same clip again and again, in ranges. */
const MOST_SAMPLES = 32 * 2 ** 20;

/** Decodes clips and keeps the last ones decoded. */
export class Sounds {
  readonly #store: Store;
  readonly #onMissing: () => void;
  /** In the order of use, the oldest first. */
  readonly #kept = new Map<string, Promise<ClipSound>>();
  readonly #sizes = new Map<string, number>();

  /** @param onMissing hears that a clip's file has been found gone, or there again */
  constructor(store: Store, onMissing: () => void) {
    this.#store = store;
    this.#onMissing = onMissing;
  }

  /** @throws HarkError `not-found` for the clip or its file, `unreadable-file` */
  async clip(id: number): Promise<ClipSound> {
    const record = clipRecord(this.#store, id);
    const key = `${id} ${record.path} ${record.contentHash}`;
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const decoding = decodeFile(record.path).then(({ channels, sampleRate }) => ({
      channels: channels.map((samples) => cut(samples, sampleRate, record)),
      sampleRate,
    }));
    this.#kept.set(key, decoding);
    try {
      const sound = await decoding;
      this.#note(id, record.missing, false);
      this.#sizes.set(
        key,
        sound.channels.reduce((sum, samples) => sum + samples.length, 0),
      );
      this.#shrink();
      return sound;
    } catch (thrown) {
      this.#kept.delete(key);
      if (thrown instanceof HarkError && thrown.kind === 'not-found') this.#note(id, record.missing, true);
      throw thrown;
    }
  }

  async mono(id: number): Promise<{ samples: Float32Array; sampleRate: number }> {
    const { channels, sampleRate } = await this.clip(id);
    return { samples: mixDown(channels), sampleRate };
  }

  #note(id: number, before: boolean, now: boolean): void {
    if (before === now) return;
    markMissing(this.#store, id, now);
    this.#onMissing();
  }

  #shrink(): void {
    let total = 0;
    for (const size of this.#sizes.values()) total += size;
    for (const [key, size] of this.#sizes) {
      if (total <= MOST_SAMPLES || this.#kept.size <= 1) return;
      total -= size;
      this.#sizes.delete(key);
      this.#kept.delete(key);
    }
  }
}
