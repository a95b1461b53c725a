import type { Lane, Pyramid, Run } from '../signal/pyramid.ts';
import type { SoundPool } from '../sound-pool.ts';
import { keyOf } from './keys.ts';
import { Together } from './together.ts';

/** Lanes shorter than this are read whenever they are asked for, samples. */
const WORTH_IT = 2 ** 20;
/** Pyramids kept in memory: one takes 7 MB an hour and channel. */
const MOST_KEPT = 32;

/** The pyramids of the files that sounds are made of, each made once. */
export class Pyramids {
  readonly #pool: SoundPool;
  readonly #scratch: string;
  /** In the order of use, the oldest first. */
  readonly #kept = new Map<string, Pyramid>();
  readonly #building = new Together<Pyramid>();

  constructor(pool: SoundPool, scratch: string) {
    this.#pool = pool;
    this.#scratch = scratch;
  }

  /** Keys of what is in use. */
  keys(): string[] {
    return [...this.#kept.keys(), ...[...this.#building.keys()].map((work) => work.split(' ', 1)[0])];
  }

  /**
   * One a run; null where its samples had better be read.
   * @param contentHash of the clip's file
   */
  async of(runs: readonly Run[], contentHash: string): Promise<(Pyramid | null)[]> {
    const wanted = new Map<string, { lane: Lane; first: number; end: number }>();
    const keys = runs.map(({ lane, from, frames }) => {
      if (lane.sources.some(({ kind }) => kind === 'memory') || lane.sources.every(({ kind }) => kind === 'silence'))
        return null;
      const key = keyOf('peaks', contentHash, lane);
      const known = wanted.get(key);
      wanted.set(key, {
        lane,
        first: Math.min(known?.first ?? Infinity, from),
        end: Math.max(known?.end ?? 0, from + frames),
      });
      return key;
    });
    const found = new Map<string, Pyramid>();
    await Promise.all(
      [...wanted].map(async ([key, span]) => {
        if (span.end - span.first >= WORTH_IT) found.set(key, await this.#one(key, span));
      }),
    );
    return keys.map((key) => (key === null ? null : (found.get(key) ?? null)));
  }

  async #one(key: string, span: { lane: Lane; first: number; end: number }): Promise<Pyramid> {
    const kept = this.#kept.get(key);
    const covers = kept && kept.first <= span.first && span.end <= kept.end;
    const pyramid = covers
      ? kept
      : await this.#building.do(`${key} ${span.first} ${span.end}`, (ticket) =>
          this.#pool.run({ task: 'pyramid', pyramid: { key, ...span, scratch: this.#scratch, ticket } }),
        );
    this.#kept.delete(key);
    this.#kept.set(key, pyramid);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return pyramid;
  }
}
