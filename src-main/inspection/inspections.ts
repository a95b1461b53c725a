import type { SoundPool } from '#main/audio/sound-pool.ts';
import type { FeatureCache } from '#main/features/cache.ts';
import type { Features } from '#main/features/extract.ts';
import { prepareFeatures } from '#main/features/prepare.ts';
import { clipRecord } from '#main/lab/clips.ts';
import type { Lab } from '#main/lab/lab.ts';
import { weightsOfRun } from '#main/models/of-run.ts';
import { readTrained } from '#main/models/trained.ts';
import type { LayerPlace } from '#main/models/types.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { frameGeometry, type FeatureSpec } from '#shared/domain/feature-spec.ts';
import type { Inspector } from './inspector-client.ts';
import type { ClipAsked, Course, LayerSignals } from './protocol.ts';

/** Where frames of features lie in a clip. */
export interface FrameTimes {
  /** Seconds from frame to frame. */
  hop: number;
  /** Seconds of the middle of the first frame's window. */
  start: number;
}

/** What can be seen of the networks of an open lab; a clip is taken as it is edited now. */
export interface Inspections {
  /** Someone is about to look. */
  wake(): void;
  /** @throws HarkError `not-found`, `conflict` for a run without weights, `unreadable-file` */
  signals(run: number, clip: number, place: LayerPlace, signal?: AbortSignal): Promise<LayerSignals & FrameTimes>;
  course(run: number, clip: number, most: number, signal?: AbortSignal): Promise<Course & FrameTimes>;
}

export interface InspectionOptions {
  lab: Lab;
  pool: SoundPool;
  /** Opened when it is first needed. */
  cache: () => FeatureCache;
  inspector: Inspector;
}

export function createInspections({ lab, pool, cache, inspector }: InspectionOptions): Inspections {
  /** How each network takes sound, by the file of its weights. */
  const specs = new Map<string, FeatureSpec>();

  function specOf(network: string): FeatureSpec {
    let spec = specs.get(network);
    if (!spec) specs.set(network, (spec = readTrained(network).description.features));
    return spec;
  }

  async function featuresOf(clip: number, spec: FeatureSpec, signal?: AbortSignal): Promise<Features> {
    const record = clipRecord(lab.store, clip);
    const [prepared] = await prepareFeatures([record], spec, cache(), {
      ...{ pool, signal, kept: lab.path('audio', 'kept') },
    });
    if (prepared.skipped)
      throw new HarkError('unreadable-file', prepared.skipped.reason, {
        where: record.path,
        remedy: 'See whether the file is still where it was imported from, and can be read.',
      });
    return cache().get(prepared.key)!;
  }

  async function asked(
    run: number,
    clip: number,
    signal?: AbortSignal,
  ): Promise<{ about: ClipAsked; times: FrameTimes }> {
    const network = weightsOfRun(lab, run);
    const spec = specOf(network);
    const features = await featuresOf(clip, spec, signal);
    return { about: { network, features }, times: timesOf(spec, clipRecord(lab.store, clip).sampleRate) };
  }

  return {
    wake: () => inspector.wake(),
    async signals(run, clip, place, signal) {
      const { about, times } = await asked(run, clip, signal);
      return { ...(await inspector.ask('signals', { ...about, ...place }, signal)), ...times };
    },
    async course(run, clip, most, signal) {
      const { about, times } = await asked(run, clip, signal);
      return { ...(await inspector.ask('course', { ...about, most }, signal)), ...times };
    },
  };
}

/** Frames are centred on whole hops where the sound is padded, else the first window begins with it. */
function timesOf(spec: FeatureSpec, clipRate: number): FrameTimes {
  const rate = spec.sampleRate ?? clipRate;
  const { hopLength, nFft } = frameGeometry(spec);
  return { hop: hopLength / rate, start: spec.center ? 0 : nFft / 2 / rate };
}
