import type { Layout } from '#shared/domain/dataset.ts';
import { soundFiles } from '../walk.ts';
import { type Importer, type ImportPlan, type PlannedClip } from './importer.ts';

/** How many of the sound files must have the layout's names, for a folder to be of it. */
const MOST = 0.9;

/** A layout that is told by the paths of its sound files alone. */
export interface NameRule {
  layout: Layout;
  looks: string;
  /** How sure the names make it, 0 to 1. */
  score: number;
  reason: string;
  /** Said of a file whose name is not of the layout. */
  refusal: string;
  /** What a path says of its clip; null when it is not of the layout. @param root the dataset's folder */
  read(file: string, root: string): PlannedClip | null;
}

/** An importer of a layout whose paths say all there is to know. */
export function byName({ layout, looks, score, reason, refusal, read }: NameRule): Importer {
  return {
    layout,
    looks,
    match(look) {
      const named = look.sounds.filter((file) => read(file, look.path) !== null).length;
      return named > 0 && named >= MOST * look.sounds.length ? { score, reason } : null;
    },
    async open(look, { signal }) {
      const plan: ImportPlan = { clips: [], backgrounds: [], skipped: [] };
      for (const file of await soundFiles(look.path, signal)) {
        const clip = read(file, look.path);
        if (clip) plan.clips.push(clip);
        else plan.skipped.push({ file, reason: refusal });
      }
      return plan;
    },
  };
}
