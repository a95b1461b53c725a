import type { LikesQuery, UnitLikes } from '#shared/domain/likes.ts';
import { client } from '../../../client/client.ts';
import { useWalk, type Walked } from '../use-walk.ts';

/** What a unit likes; the first unit of a layer's signal takes its time, the others are there at once. */
export const useLikes = (query: LikesQuery): Walked<UnitLikes> =>
  useWalk<UnitLikes, UnitLikes>({
    key: ['inside', 'likes', query],
    open: (options) => client.inspect.likes(query, options),
    then: (likes) => Promise.resolve(likes),
  });
