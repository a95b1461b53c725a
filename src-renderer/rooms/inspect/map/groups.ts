import type { MapClip } from '#shared/domain/clip-map.ts';
import { markAt, MOST_MARKS, outcomeMark, restMark, type Mark } from './marks.ts';

/** What the points of a map are coloured by. */
export const COLOUR_BY = ['class', 'speaker', 'outcome'] as const;
export type ColourBy = (typeof COLOUR_BY)[number];

export interface Group {
  name: string;
  count: number;
  mark: Mark;
}

export interface Groups {
  /** In the order of the legend. */
  groups: Group[];
  /** Which group each clip is in. */
  of: Uint16Array;
}

const NAME_OF: Record<ColourBy, (clip: MapClip) => string> = {
  class: ({ truth }) => truth,
  speaker: ({ speaker }) => speaker ?? 'unknown',
  outcome: ({ truth, predicted }) => (truth === predicted ? 'right' : 'wrong'),
};
const inOrder = new Intl.Collator(undefined, { numeric: true }).compare;

/** Sorts clips into groups. Of more than can be told apart, the smallest ones are put together as what is left over. */
export function groupsOf(clips: readonly MapClip[], by: ColourBy, scheme: 'dark' | 'light'): Groups {
  const names = clips.map(NAME_OF[by]);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const all = [...counts.keys()].sort(inOrder);
  const most = all.length <= MOST_MARKS ? all.length : MOST_MARKS - 1;
  const own = new Set(all.toSorted((a, b) => counts.get(b)! - counts.get(a)! || inOrder(a, b)).slice(0, most));
  const shown = all.filter((name) => own.has(name));
  const groups = shown.map((name, index): Group => {
    const mark = by === 'outcome' ? outcomeMark(name === 'right', scheme) : markAt(index, scheme);
    return { name, count: counts.get(name)!, mark };
  });
  const rest = all.filter((name) => !own.has(name));
  if (rest.length > 0)
    groups.push({
      name: `${rest.length} others`,
      count: rest.reduce((sum, name) => sum + counts.get(name)!, 0),
      mark: restMark(scheme),
    });
  const places = new Map(shown.map((name, index) => [name, index]));
  return { groups, of: Uint16Array.from(names, (name) => places.get(name) ?? shown.length) };
}
