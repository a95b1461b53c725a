import type { Part } from '#shared/domain/split.ts';
import { ownerOf, type SplitClip } from './groups.ts';

interface Leaks {
  /** Speakers, source files and identical recordings with clips both in the test part and outside it. */
  leaks: number;
  /** The same in words; null when nothing leaks. */
  leakNote: string | null;
}

/** What several clips have in common: where they stand, and whose they are. */
interface Tie {
  parts: Set<Part>;
  owners: Set<string | null>;
}

/** What a kind of leak is called, one and many. */
const NAMES = {
  speaker: ['speaker', 'speakers'],
  source: ['source file', 'source files'],
  content: ['recording', 'recordings'],
} as const;

/** Counts what stands on both sides. A recording met twice counts by itself only where no one owner explains it. */
export function findLeaks(clips: readonly SplitClip[], partOf: (clip: SplitClip) => Part): Leaks {
  // Most recordings are met once: until a tie is met again, its first clip is all there is to know of it.
  const seen = new Map<string, SplitClip | Tie>();
  for (const clip of clips) {
    const owner = ownerOf(clip);
    for (const tie of [`content ${clip.contentHash}`, ...(owner === null ? [] : [owner])]) {
      let entry = seen.get(tie);
      if (entry === undefined) seen.set(tie, clip);
      else {
        if (!('parts' in entry)) {
          entry = { parts: new Set([partOf(entry)]), owners: new Set([ownerOf(entry)]) };
          seen.set(tie, entry);
        }
        entry.parts.add(partOf(clip));
        entry.owners.add(owner);
      }
    }
  }
  const counts = { speaker: 0, source: 0, content: 0 };
  let training = false;
  for (const [tie, entry] of seen) {
    if (!('parts' in entry)) continue;
    const { parts, owners } = entry;
    if (!parts.has('test') || parts.size < 2) continue;
    const kind = tie.slice(0, tie.indexOf(' ')) as keyof typeof counts;
    if (kind === 'content' && owners.size === 1 && !owners.has(null)) continue;
    counts[kind]++;
    training ||= parts.has('train');
  }
  const leaks = counts.speaker + counts.source + counts.content;
  if (leaks === 0) return { leaks, leakNote: null };
  const named = (Object.keys(counts) as (keyof typeof counts)[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${NAMES[kind][counts[kind] === 1 ? 0 : 1]}`);
  const side = training ? 'training' : 'validation';
  return { leaks, leakNote: `${named.join(' and ')} ${leaks === 1 ? 'stands' : 'stand'} in both ${side} and test` };
}
