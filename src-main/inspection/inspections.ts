import type { SoundPool } from '#main/audio/sound-pool.ts';
import type { FeatureCache } from '#main/features/cache.ts';
import type { Features } from '#main/features/extract.ts';
import { prepareFeatures } from '#main/features/prepare.ts';
import { clipRecord } from '#main/lab/clips.ts';
import type { Lab } from '#main/lab/lab.ts';
import { weightsOfRun } from '#main/models/of-run.ts';
import { readTrained, type TrainedDescription } from '#main/models/trained.ts';
import type { LayerPlace } from '#main/models/types.ts';
import type { SaliencyMethod } from '#shared/contract/bulk.ts';
import type { AttentionView, Box, GradientSource, GradientsView } from '#shared/contract/inspect.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { type FrameTimes, timesOf } from './frame-times.ts';
import type { Inspector } from './inspector-client.ts';
import type { Course, LayerSignals, SoundAsked } from './protocol.ts';
import type { Saliency } from './saliency.ts';

/** What can be seen of the networks of an open lab; a clip is taken as it is edited now. */
export interface Inspections {
  /** Someone is about to look. */
  wake(): void;
  /** @throws HarkError `not-found`, `conflict` for a run without weights, `unreadable-file` */
  signals(run: number, clip: number, place: LayerPlace, signal?: AbortSignal): Promise<LayerSignals & FrameTimes>;
  /** @throws HarkError also `bad-input` for a network without attention */
  attention(run: number, clip: number, signal?: AbortSignal): Promise<AttentionView>;
  course(run: number, clip: number, most: number, signal?: AbortSignal): Promise<Course & FrameTimes>;
  /** @param target the name of a class; null: the one the network answers. @throws HarkError also `bad-input` for a class it has not */
  saliency(
    run: number,
    clip: number,
    options: { method: SaliencyMethod; target: string | null },
    signal?: AbortSignal,
  ): Promise<Saliency & FrameTimes>;
  /** The sound of what speaks most for the class: mono, as long as the clip. @param options share: of all cells that are kept, 0..1 */
  salientSound(
    run: number,
    clip: number,
    options: { method: SaliencyMethod; target: string | null; share: number },
    signal?: AbortSignal,
  ): Promise<{ samples: Float32Array; sampleRate: number }>;
  /** @throws HarkError also `bad-input` for a network without states, and for a label it does not know */
  gradients(
    run: number,
    clip: number,
    options: { label: string; from: GradientSource },
    signal?: AbortSignal,
  ): Promise<GradientsView>;
  /** What it says where parts of the clip are covered: probabilities, by class in the order of its outputs. */
  occlusion(run: number, clip: number, boxes: readonly Box[], signal?: AbortSignal): Promise<number[]>;
}

export interface InspectionOptions {
  lab: Lab;
  pool: SoundPool;
  /** Opened when it is first needed. */
  cache: () => FeatureCache;
  inspector: Inspector;
  /** A clip as edited, mixed to one channel. */
  soundOf: (clip: number, signal?: AbortSignal) => Promise<{ samples: Float32Array; sampleRate: number }>;
}

export function createInspections({ lab, pool, cache, inspector, soundOf }: InspectionOptions): Inspections {
  /** By the file of their weights. */
  const descriptions = new Map<string, TrainedDescription>();

  function describe(network: string): TrainedDescription {
    let description = descriptions.get(network);
    if (!description) descriptions.set(network, (description = readTrained(network).description));
    return description;
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
  ): Promise<{ about: SoundAsked; times: FrameTimes; classes: string[] }> {
    const network = weightsOfRun(lab, run);
    const { features: spec, classes } = describe(network);
    const features = await featuresOf(clip, spec, signal);
    const rate = spec.sampleRate ?? clipRecord(lab.store, clip).sampleRate;
    return { about: { network, features, rate }, times: timesOf(spec, rate), classes };
  }

  return {
    wake: () => inspector.wake(),
    async signals(run, clip, place, signal) {
      const { about, times } = await asked(run, clip, signal);
      return { ...(await inspector.ask('signals', { ...about, ...place }, signal)), ...times };
    },
    async attention(run, clip, signal) {
      const { about, times } = await asked(run, clip, signal);
      return { weights: [...(await inspector.ask('attention', about, signal))], ...times };
    },
    async course(run, clip, most, signal) {
      const { about, times } = await asked(run, clip, signal);
      return { ...(await inspector.ask('course', { ...about, most }, signal)), ...times };
    },
    async saliency(run, clip, { method, target: name }, signal) {
      const { about, times, classes } = await asked(run, clip, signal);
      const target = name === null ? null : classNumber(classes, name);
      return { ...(await inspector.ask('saliency', { ...about, method, target }, signal)), ...times };
    },
    async salientSound(run, clip, { method, target: name, share }, signal) {
      const { about, times, classes } = await asked(run, clip, signal);
      const target = name === null ? null : classNumber(classes, name);
      const sound = await soundOf(clip, signal);
      const ask = { ...about, ...times, ...sound, method, target, share };
      return { samples: await inspector.ask('salient', ask, signal), sampleRate: sound.sampleRate };
    },
    async gradients(run, clip, { label: name, from }, signal) {
      const { about, times, classes } = await asked(run, clip, signal);
      const label = classNumber(classes, name);
      const { loss, layers } = await inspector.ask('gradients', { ...about, label, from }, signal);
      const plain = layers.map(({ hidden, cell, ...place }) => ({
        ...place,
        ...{ hidden: [...hidden], cell: cell && [...cell] },
      }));
      return { loss, layers: plain, ...times };
    },
    async occlusion(run, clip, boxes, signal) {
      const { about, times } = await asked(run, clip, signal);
      // A frame is covered where its middle is.
      const frame = (seconds: number) => Math.ceil((seconds - times.start) / times.hop);
      const covers = boxes.map(({ start, end, low, high }) => ({ from: frame(start), to: frame(end), low, high }));
      return [...(await inspector.ask('occlusion', { ...about, covers }, signal))];
    },
  };
}

function classNumber(classes: readonly string[], name: string): number {
  const index = classes.indexOf(name);
  if (index < 0)
    throw new HarkError('bad-input', `"${name}" is no class of this network.`, {
      where: 'label',
      remedy: `Its classes are ${classes.join(', ')}.`,
    });
  return index;
}
