import { hash } from 'node:crypto';
import { soundVersion } from '#main/lab/clips.ts';
import {
  FEWEST_CLIPS,
  NEIGHBOURS,
  type ClipMap,
  type LeftOutClip,
  type MapLayout,
  type MapQuery,
} from '#shared/domain/clip-map.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { Vectors } from '../protocol.ts';
import { Recent } from '../recent.ts';
import { throughClips, walkOf, type Walk, type WalkedClip, type WalkOptions, type WalkParts } from '../walk.ts';
import { agreementOf } from './agreement.ts';
import type { Neighbours } from './neighbours.ts';

/** Where the clips of a map lie, and who is near whom in the full space. */
export interface MapNumbers {
  /** [clips, 2] */
  points: Float32Array;
  neighbours: Neighbours;
}

/** Maps of the clips of an open lab; clips are taken as they are edited now. */
export interface Maps {
  /**
   * @throws HarkError `not-found`, `conflict` for a run without weights or a part with too few clips, `bad-input` for more neighbours
   * than there are clips, `cancelled`
   */
  make(query: MapQuery, options: WalkOptions): Promise<ClipMap>;
  /** @throws HarkError `not-found` once the lab has forgotten them */
  numbers(map: string): MapNumbers;
}

/** What a network made of one clip. */
interface Vector {
  vector: Float32Array;
  predicted: number;
  probability: number;
}

/** Clips of one network, as they were put together once. */
interface Gathered extends Vectors {
  clips: WalkedClip[];
  said: Vector[];
  leftOut: LeftOutClip[];
  /** As many as have been asked for. */
  neighbours: Neighbours | null;
}

/** Networks whose vectors are kept while the lab is open: of 10,000 clips and 256 units 10 MB each. */
const NETWORKS = 8;
const GATHERED = 4;
const MAPS = 12;
/** Neighbours looked for at once: as many as are told, and as UMAP asks for as a rule. */
const MOST_USUAL = Math.max(NEIGHBOURS, 15);

export function createMaps(parts: WalkParts): Maps {
  const { lab, inspector } = parts;
  /** By file of weights, then by the key of a clip's features: an edited clip has another. */
  const vectors = new Recent<Map<string, Vector>>(NETWORKS);
  const gathered = new Recent<Gathered>(GATHERED);
  const made = new Recent<{ view: ClipMap; numbers: MapNumbers }>(MAPS);

  async function gather(walk: Walk, key: string, options: WalkOptions): Promise<Gathered> {
    const known = gathered.get(key);
    if (known) return known;
    const { network, clips, description } = walk;
    const kept = vectors.get(network) ?? new Map<string, Vector>();
    vectors.set(network, kept);
    const unknown = clips.filter((clip) => !kept.has(clip.key));
    const leftOut = await throughClips(parts, { description, clips: unknown }, options, async (places, features) => {
      const answer = await inspector.ask('embed', { network, clips: features }, options.signal);
      const { width, predicted, probabilities } = answer;
      places.forEach((place, row) =>
        kept.set(unknown[place].key, {
          vector: answer.vectors.slice(row * width, (row + 1) * width),
          ...{ predicted: predicted[row], probability: probabilities[row] },
        }),
      );
    });
    const there = clips.filter((clip) => kept.has(clip.key));
    if (there.length < FEWEST_CLIPS)
      throw new HarkError(
        'conflict',
        `A map needs at least ${FEWEST_CLIPS} clips that can be read, here are ${there.length}.`,
        {
          where: 'parts',
          remedy: 'Choose another part, or see whether the files are still where they were imported from.',
        },
      );
    const said = there.map((clip) => kept.get(clip.key)!);
    const width = said[0].vector.length;
    const all = new Float32Array(said.length * width);
    said.forEach(({ vector }, row) => all.set(vector, row * width));
    const result: Gathered = { clips: there, said, leftOut, vectors: all, width, neighbours: null };
    // What could not be read is tried again next time.
    if (leftOut.length === 0) gathered.set(key, result);
    return result;
  }

  async function neighboursOf(of: Gathered, k: number, { signal, report }: WalkOptions): Promise<Neighbours> {
    const enough = Math.min(k, of.clips.length - 1);
    if (of.neighbours && of.neighbours.k >= enough) return of.neighbours;
    const { vectors: all, width } = of;
    of.neighbours = await inspector.ask('neighbours', { vectors: all, width, k }, signal, (done, total) =>
      report({ stage: 'neighbours', done, total }),
    );
    return of.neighbours;
  }

  const layouts: {
    [Method in MapLayout['method']]: (
      layout: Extract<MapLayout, { method: Method }>,
      of: Gathered,
      neighbours: Neighbours,
      options: WalkOptions,
    ) => Promise<{ points: Float32Array; axes: number[] | null }>;
  } = {
    async pca(_, { vectors: all, width }, __, { signal, report }) {
      const progress = (done: number, total: number) => report({ stage: 'layout', done, total });
      const { points, shares } = await inspector.ask('pca', { vectors: all, width }, signal, progress);
      return { points, axes: shares };
    },
    async umap({ nNeighbors, minDist, seed }, { vectors: all, width }, neighbours, { signal, report }) {
      const { points: start } = await inspector.ask('pca', { vectors: all, width }, signal);
      const progress = (done: number, total: number) => report({ stage: 'layout', done, total });
      const ask = { nNeighbors, minDist, seed, neighbours, start };
      return { points: await inspector.ask('umap', ask, signal, progress), axes: null };
    },
  };
  const layOut = (layout: MapLayout, ...rest: [Gathered, Neighbours, WalkOptions]) =>
    (layouts[layout.method] as (layout: MapLayout, ...rest: [Gathered, Neighbours, WalkOptions]) => ReturnType<typeof layouts.pca>)(layout, ...rest); // prettier-ignore

  return {
    async make({ run: id, parts: ofParts, layout }, options) {
      const walk = walkOf(lab, id, ofParts);
      const key = hash('sha1', JSON.stringify([walk.network, walk.clips.map((clip) => [clip.record.id, clip.key])]));
      const map = hash('sha1', JSON.stringify([key, layout]));
      const known = made.get(map);
      if (known) return { ...known.view, clips: clipsOf(walk.description.classes, await gather(walk, key, options)) };
      const all = await gather(walk, key, options);
      checkNeighbours(layout, all.clips.length);
      const wanted = layout.method === 'umap' ? layout.nNeighbors - 1 : 0;
      const neighbours = await neighboursOf(all, Math.max(MOST_USUAL, wanted), options);
      const { points, axes } = await layOut(layout, all, neighbours, options);
      const near = firstOf(neighbours, NEIGHBOURS);
      const view: ClipMap = {
        ...{ map, comparison: walk.run.comparison, run: id, cell: walk.run.cell, seed: walk.run.seed },
        ...{ parts: ofParts, layout, width: all.width, leftOut: all.leftOut, axes },
        clips: clipsOf(walk.description.classes, all),
        agreement: agreementOf(
          near,
          all.clips.map(({ truth }) => truth),
        ),
      };
      made.set(map, { view, numbers: { points, neighbours: near } });
      return view;
    },
    numbers(map) {
      const known = made.get(map);
      if (!known)
        throw new HarkError('not-found', 'This map is no longer kept.', { where: map, remedy: 'Ask for it again.' });
      return known.numbers;
    },
  };
}

const clipsOf = (classes: readonly string[], { clips, said }: Gathered): ClipMap['clips'] =>
  clips.map(({ record, part, truth }, row) => ({
    ...{ clip: record.id, file: record.file, version: soundVersion(record), speaker: record.speaker },
    ...{ duration: record.duration, part, truth },
    ...{ predicted: classes[said[row].predicted], probability: said[row].probability },
  }));

function checkNeighbours(layout: MapLayout, clips: number): void {
  if (layout.method !== 'umap' || layout.nNeighbors < clips) return;
  throw new HarkError('bad-input', `${layout.nNeighbors} neighbours are more than ${clips} clips have.`, {
    where: 'nNeighbors',
    remedy: `Choose at most ${clips - 1}, or more parts.`,
  });
}

/** Of each the nearest so many. */
function firstOf({ k, indices, distances }: Neighbours, most: number): Neighbours {
  const kept = Math.min(k, most);
  const count = indices.length / k;
  const near = { k: kept, indices: new Int32Array(count * kept), distances: new Float32Array(count * kept) };
  for (let row = 0; row < count; row++) {
    near.indices.set(indices.subarray(row * k, row * k + kept), row * kept);
    near.distances.set(distances.subarray(row * k, row * k + kept), row * kept);
  }
  return near;
}
