import { logSoftmax } from '#main/engine/log-space.ts';
import { Random } from '#shared/math/random.ts';

export interface Spelling {
  labels: number[];
  /** Sum over all paths that spell the labels. */
  probability: number;
  /** Of the likeliest of them, and that path. */
  best: number;
  path: number[];
}

/**
 * All label sequences that frames can spell, by going through every path of one class per frame: CTC by its definition, for
 * sizes where classes ** frames is small. By the labels, joined.
 */
export function everySpelling(logits: Float32Array, classes: number, blank: number): Map<string, Spelling> {
  const logP = logSoftmax(logits, classes);
  const time = logits.length / classes;
  const found = new Map<string, Spelling>();
  for (let number = 0; number < classes ** time; number++) {
    const path = Array.from({ length: time }, (_, t) => Math.floor(number / classes ** t) % classes);
    const labels = path.filter((label, t) => label !== blank && label !== path[t - 1]);
    const probability = Math.exp(path.reduce((sum, label, t) => sum + logP[t * classes + label], 0));
    const spelling = found.get(labels.join()) ?? { labels, probability: 0, best: 0, path };
    spelling.probability += probability;
    if (probability > spelling.best) Object.assign(spelling, { best: probability, path });
    found.set(labels.join(), spelling);
  }
  return found;
}

export function randomLogits(size: number, ...keys: (number | string)[]): Float32Array {
  const random = new Random(...keys);
  return Float32Array.from({ length: size }, () => 1.5 * random.normal());
}
