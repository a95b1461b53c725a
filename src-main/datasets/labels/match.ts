import type { ClipRecord } from '#main/lab/clips.ts';
import { oneWord } from './files.ts';

/** A path without the ending of its file, its folders in order; blanks as formats without blanks write them. */
function partsOf(file: string): string[] {
  const parts = oneWord(file.replaceAll('\\', '/').toLowerCase()).split('/').filter(Boolean);
  const name = parts.pop() ?? '';
  return [...parts, name.replace(/\.[^.]*$/, '')];
}

/** Uploads to Label Studio are called by eight hexadecimal digits and the name they had. */
const UPLOADED = /^[0-9a-f]{8}-/;

export type Found = { clip: ClipRecord } | { refusal: string };

/**
 * Finds clips by the names and paths that label files have for them: the file's name without its ending, and where several clips are
 * called so, the folders before it, as far as they agree. Letter case is ignored.
 */
export class ClipNames {
  readonly #byName: Map<string, { clip: ClipRecord; parts: string[] }[]>;

  constructor(clips: readonly ClipRecord[]) {
    const placed = clips.map((clip) => ({ clip, parts: partsOf(clip.file) }));
    this.#byName = Map.groupBy(placed, ({ parts }) => parts.at(-1)!);
  }

  find(name: string): Found {
    // A name without an ending may have a dot in it.
    const found = [name, `${name}.`, name.replace(/[^/\\]+$/, (last) => last.replace(UPLOADED, ''))]
      .map((each) => this.#find(partsOf(each)))
      .find((each) => each !== null);
    return found ?? { refusal: `No clip of the dataset is called "${name}".` };
  }

  #find(parts: string[]): Found | null {
    const named = this.#byName.get(parts.at(-1)!) ?? [];
    if (named.length === 0) return null;
    const agreeing = (other: string[]) => {
      let count = 1;
      while (count < parts.length && count < other.length && parts.at(-1 - count) === other.at(-1 - count)) count++;
      return count;
    };
    const most = Math.max(...named.map((each) => agreeing(each.parts)));
    const best = named.filter((each) => agreeing(each.parts) === most);
    if (best.length === 1) return { clip: best[0].clip };
    return {
      refusal: `${best.length} clips of the dataset are called "${parts.at(-1)}"; which is meant cannot be told.`,
    };
  }
}
