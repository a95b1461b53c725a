import { hash } from 'node:crypto';
import { soundVersion } from '#main/lab/clips.ts';
import type { LayerPlace } from '#main/models/types.ts';
import type { LeftOutClip } from '#shared/domain/clip-map.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { hasTwoSigns, MOST_MOMENTS, type LikesQuery, type UnitLikes } from '#shared/domain/likes.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import { timesOf } from '../frame-times.ts';
import { Recent } from '../recent.ts';
import { throughClips, walkOf, type Walk, type WalkOptions, type WalkParts } from '../walk.ts';
import { LayerLikes } from './layer-likes.ts';
import { selectivityOf } from './selectivity.ts';

/** What units of the networks of an open lab answer to; clips are taken as they are edited now. */
export interface Likes {
  /**
   * Goes through the clips once for all units of the layer's signal, and remembers them.
   * @throws HarkError `not-found` (also for a layer or unit the network has not), `bad-input` for a signal its cell has not, `conflict`
   * for a run without weights or a part without clips, `cancelled`
   */
  of(query: LikesQuery, options: WalkOptions): Promise<UnitLikes>;
}

interface Known {
  likes: LayerLikes;
  leftOut: LeftOutClip[];
}

/** Signals of layers that are remembered. */
const LAYERS = 24;

export function createLikes(parts: WalkParts): Likes {
  const { lab, inspector } = parts;
  const known = new Recent<Known>(LAYERS);

  async function goThrough(walk: Walk, place: LayerPlace & { signal: string }, options: WalkOptions): Promise<Known> {
    const { clips, network, run } = walk;
    const kind = SIGNALS[run.cell].find(({ id }) => id === place.signal)!;
    const likes = new LayerLikes(
      clips.map(({ truth }) => truth),
      hasTwoSigns(kind) ? Math.abs : (value) => value,
    );
    const leftOut = await throughClips(parts, walk, options, async (places, features) => {
      likes.add(places, await inspector.ask('peaks', { network, clips: features, ...place }, options.signal));
    });
    return { likes, leftOut };
  }

  return {
    async of({ run, parts: wanted, unit, ...place }, options) {
      const walk = walkOf(lab, run, wanted);
      const { clips, description } = walk;
      checkSignal(walk, place.signal);
      const key = hash('sha1', JSON.stringify([walk.network, place, clips.map((clip) => [clip.record.id, clip.key])]));
      let found = known.get(key);
      if (!found) {
        found = await goThrough(walk, place, options);
        if (found.leftOut.length === 0) known.set(key, found);
      }
      const { likes, leftOut } = found;
      if (likes.clips === 0)
        throw new HarkError('conflict', 'No clip of this part can be read.', {
          where: 'parts',
          remedy: 'See whether the files are still where they were imported from.',
        });
      if (unit >= likes.units)
        throw new HarkError('not-found', `This layer has ${likes.units} units.`, { where: `unit ${unit}` });
      const classes = likes.classesOf(unit);
      return {
        ...{ run, cell: walk.run.cell, seed: walk.run.seed, parts: wanted, unit, ...place },
        ...{ units: likes.units, clips: likes.clips, leftOut, classes },
        moments: likes.momentsOf(unit, MOST_MOMENTS).map(({ place: at, value, frame }) => {
          const { record, truth } = clips[at];
          const { start, hop } = timesOf(description.features, description.features.sampleRate ?? record.sampleRate);
          const { id: clip, file, speaker, duration } = record;
          const version = soundVersion(record);
          return { clip, file, version, speaker, truth, duration, value, time: start + frame * hop };
        }),
        selectivity: selectivityOf(classes.map(({ mean }) => mean)),
      };
    },
  };
}

function checkSignal({ run }: Walk, signal: string): void {
  const names = SIGNALS[run.cell].map(({ id }) => id);
  if (names.includes(signal)) return;
  throw new HarkError('bad-input', `This cell has no signal "${signal}".`, {
    where: 'signal',
    remedy: `It has ${names.join(', ')}.`,
  });
}
