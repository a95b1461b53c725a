import type { ClipMap, MapQuery } from '#shared/domain/clip-map.ts';
import { fetchMap, type MapNumbers } from '../../../client/bulk.ts';
import { client } from '../../../client/client.ts';
import { useWalk, type Walked } from '../use-walk.ts';

/** A map that is there. */
export interface LaidOut extends MapNumbers {
  view: ClipMap;
}

/** The map that a query asks for; it is made, or kept by the lab from before. */
export const useMap = (query: MapQuery): Walked<LaidOut> =>
  useWalk<ClipMap, LaidOut>({
    key: ['inside', 'map', query],
    open: (options) => client.inspect.map(query, options),
    then: async (view, signal) => ({ view, ...(await fetchMap(view.map, signal)) }),
  });

/** The nearest neighbours of a clip of the map, by its place in the list: places and distances. */
export function neighboursOf({ k, neighbours, distances }: LaidOut, place: number) {
  return Array.from({ length: k }, (_, rank) => ({
    place: neighbours[place * k + rank],
    distance: distances[place * k + rank],
  }));
}
