import { useHashLocation } from 'wouter/use-hash-location';
import { CELLS, type Cell } from '#shared/domain/model-spec.ts';

/** A place in a comparison's result: a network's matrix, one of its cells, one of the clips behind that. */
export interface MatrixPlace {
  cell: Cell;
  /** null: all seeds. */
  seed: number | null;
  /** null: every row. */
  truth: string | null;
  /** null: every mistake. */
  predicted: string | null;
  clip: number | null;
}

export type CompareRoute =
  | { view: 'start'; dataset: number | null; from: number | null }
  | { view: 'diff'; comparisons: number[] }
  | { view: 'comparison'; comparison: number; place: MatrixPlace | null };

const ANY = '*';
/** encodeURIComponent leaves `*` as it is, which here means "any". */
const encode = (value: string | number | null): string =>
  value === null ? ANY : encodeURIComponent(value).replaceAll('*', '%2A');
const id = (segment: string | undefined): number | null =>
  segment !== undefined && /^[1-9]\d*$/.test(segment) ? Number(segment) : null;

/** A label as it stands in the address; null for `*` and for what cannot be read. */
function decode(segment: string | undefined): string | null {
  if (segment === undefined || segment === ANY) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** The room's part of the address: `/compare/12/lstm/*\/six/eight/33`, the path without `#`. */
export function compareHref(route: CompareRoute): string {
  if (route.view === 'start')
    return route.from !== null
      ? `/compare/from/${route.from}`
      : route.dataset !== null
        ? `/compare/new/${route.dataset}`
        : '/compare';
  if (route.view === 'diff') return `/compare/diff/${route.comparisons.join(',')}`;
  const parts: (string | number)[] = ['/compare', route.comparison];
  if (route.place) {
    const { cell, seed, truth, predicted, clip } = route.place;
    parts.push(cell, encode(seed), encode(truth), encode(predicted));
    if (clip !== null) parts.push(clip);
  }
  return parts.join('/');
}

/** The address as a route; what cannot be read is left out rather than refused. */
export function parseCompareRoute(path: string): CompareRoute {
  const [room, first, ...rest] = path.replace(/^\//, '').split('/');
  const start: CompareRoute = { view: 'start', dataset: null, from: null };
  if (room !== 'compare') return start;
  if (first === 'new') return { ...start, dataset: id(rest[0]) };
  if (first === 'from') return { ...start, from: id(rest[0]) };
  if (first === 'diff') {
    const comparisons = (decode(rest[0]) ?? '').split(',').flatMap((part) => id(part) ?? []);
    return comparisons.length < 2 ? start : { view: 'diff', comparisons };
  }
  const comparison = id(first);
  if (comparison === null) return start;
  const cell = CELLS.find((name) => name === rest[0]);
  if (!cell) return { view: 'comparison', comparison, place: null };
  const seed = /^\d+$/.test(rest[1] ?? '') ? Number(rest[1]) : null;
  const place = { cell, seed, truth: decode(rest[2]), predicted: decode(rest[3]), clip: id(rest[4]) };
  return { view: 'comparison', comparison, place };
}

/** The route of the address at hand, and how to go to another. The raw address is read: labels may hold any character. */
export function useCompareRoute(): [CompareRoute, (route: CompareRoute, options?: { replace?: boolean }) => void] {
  const [path, navigate] = useHashLocation();
  return [parseCompareRoute(path), (route, options) => navigate(compareHref(route), options)];
}
