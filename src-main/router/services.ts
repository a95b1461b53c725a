import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { LabInfo, Status } from '#shared/contract/lab.ts';
import type { ReportFile } from '#shared/contract/reports.ts';
import type { SplitCounts, SplitSpec } from '#shared/domain/split.ts';
import type { Advice, TradeOff } from '#shared/domain/sweep.ts';
import type { Doctor } from '#shared/domain/system.ts';
import type { FindSoundsOptions } from '#main/audio/edits/find-sounds.ts';
import type { SoundCoding } from '#main/audio/encode/sound.ts';
import { Scratch } from '#main/audio/storage/scratch.ts';
import type { Signal } from '#main/audio/signal/signal.ts';
import { SoundPool } from '#main/audio/sound-pool.ts';
import { createClipSounds } from '#main/audio/sounds/clip-sounds.ts';
import type { ClipSounds, PartOptions, SoundOptions } from '#main/audio/sounds/types.ts';
import type { Inspect } from '#main/datasets/inspect.ts';
import { Recordings } from '#main/datasets/recordings.ts';
import { makeSplit } from '#main/datasets/split/split.ts';
import { drawSpectrogram } from '#main/features/draw.ts';
import { trackOnThread } from '#main/features/overlays/on-thread.ts';
import type { OverlayOptions, OverlayTrack } from '#main/features/overlays/track.ts';
import type { PictureOptions, SpectrogramPicture } from '#main/features/picture.ts';
import { createComparisons } from '#main/experiments/comparisons.ts';
import { createContext } from '#main/experiments/context.ts';
import { createMemory, type MemoryLaboratory } from '#main/experiments/memory/memory.ts';
import { adviceOf } from '#main/experiments/advice/advice.ts';
import { gatherEvidence } from '#main/experiments/advice/evidence.ts';
import { createSuspects, type Suspects } from '#main/experiments/suspects/suspects.ts';
import { createSweeps } from '#main/experiments/sweeps/sweeps.ts';
import type { Sweeps } from '#main/experiments/sweeps/types.ts';
import { testedComparisons } from '#main/experiments/tested.ts';
import { tradeOffsOf } from '#main/experiments/trade-offs.ts';
import type { Comparisons } from '#main/experiments/types.ts';
import { predictFiles, type FilePrediction } from '#main/experiments/predict.ts';
import { createInspections, type Inspections } from '#main/inspection/inspections.ts';
import { createLikes, type Likes } from '#main/inspection/likes/likes.ts';
import { createMaps, type Maps } from '#main/inspection/maps/maps.ts';
import { createInspector } from '#main/inspection/inspector-client.ts';
import { acceptedClips, clipRecord, datasetClips, markMissing } from '#main/lab/clips.ts';
import { listDatasets } from '#main/lab/datasets.ts';
import { clearHistory, listHistory, removedComparisons } from '#main/lab/history.ts';
import type { Host } from '#main/lab/host.ts';
import type { Lab } from '#main/lab/lab.ts';
import { listReports, reportFile } from '#main/lab/reports.ts';
import { readEngineSettings, readSetting, writeSetting } from '#main/lab/settings.ts';
import { removedSweeps } from '#main/lab/sweeps.ts';
import { Changes } from './changes.ts';
import { examine, VERSION } from './doctor.ts';
import { Engine } from './engine.ts';
import { Jobs } from './jobs.ts';
import { createLongWork, type LongWork } from './long-work.ts';

/** Memory and free space are looked at this often while a window shows them. */
const LOOK_MS = 2000;
const DRAWING_THREADS = Math.min(4, Math.max(2, availableParallelism()));
const RENDERING_THREADS = 2;
/** Whoever looks at a clip looks at the next one within a few minutes. */
const WINDOW_IDLE_MS = 5 * 60_000;
/** Set once the sample has been offered: whoever removes it is not given it again. */
const SAMPLE_OFFERED = 'sample-offered';

/** All that a host needs of an open lab: the rooms below, put together. */
export interface Services extends LongWork {
  readonly lab: Lab;
  readonly host: Host;
  readonly jobs: Jobs;
  readonly changes: Changes;
  /** Clips as edited. */
  readonly sounds: ClipSounds;
  readonly recordings: Recordings;
  readonly comparisons: Comparisons;
  readonly sweeps: Sweeps;
  readonly suspects: Suspects;
  readonly inspections: Inspections;
  readonly maps: Maps;
  readonly likes: Likes;
  readonly memory: MemoryLaboratory;
  readonly engine: Engine;
  info(): LabInfo;
  doctor(): Promise<Doctor>;
  status(): Status;
  /** Calls `changed` when `status()` may answer something new; answers how to stop. */
  onStatus(changed: () => void): () => void;
  cancelJob(job: string): Promise<void>;
  dismissJob(job: string): void;
  /** The sample's dataset, whole and ready; null when it has to be rendered. */
  sampleDataset(): number | null;
  /** All networks tested on a dataset, with what they cost. @throws HarkError `not-found` */
  tradeOffs(dataset: number): Promise<TradeOff[]>;
  /** What the lab's results say of a dataset. @throws HarkError `not-found` */
  advice(dataset: number): Promise<Advice[]>;
  countSplit(dataset: number, split: SplitSpec): SplitCounts;
  /** Stretches of a clip's sound between silences, looked for on a thread. */
  findSounds(clip: number, options: FindSoundsOptions, signal?: AbortSignal): Promise<{ start: number; end: number }[]>;
  listReports(): ReportFile[];
  reportFile(comparison: number, name: string): ReportFile;
  predict(run: number, files: string[], signal: AbortSignal): Promise<FilePrediction[]>;
  /** The spectrogram of a part of a clip as edited, drawn on a thread. */
  spectrogram(
    clip: number,
    options: Partial<PictureOptions> & PartOptions,
    stop?: AbortSignal,
  ): Promise<SpectrogramPicture>;
  /** Forgets all steps, and removed datasets with the runs and reports made of them. */
  clearHistory(): Promise<ReturnType<typeof clearHistory>>;
  /** An overlay of a part of a clip as edited, computed on a thread. */
  overlay(clip: number, options: OverlayOptions & SoundOptions, stop?: AbortSignal): Promise<OverlayTrack>;
  /** What a lab does when its window opens: the first time it renders the sample. */
  welcome(): void;
  /** Ends trainers, jobs and threads, and waits for them. */
  close(): Promise<void>;
}

export function createServices(lab: Lab, host: Host): Services {
  const { store } = lab;
  const jobs = new Jobs();
  const changes = new Changes();
  const pool = new SoundPool({ entry: host.entry('feature-worker') });
  // A window that scrolls waits for no import, and for no hour that is being rendered.
  const threads = { entry: host.entry('feature-worker'), idleMs: WINDOW_IDLE_MS };
  const drawing = new SoundPool({ ...threads, workers: DRAWING_THREADS });
  const rendering = new SoundPool({ ...threads, workers: RENDERING_THREADS });
  const places = { scratch: lab.path('scratch'), kept: lab.path('audio', 'kept') };
  new Scratch(places.scratch).sweep();
  const sounds = createClipSounds({
    ...{ places, drawing, rendering },
    find: (clip) => clipRecord(store, clip),
    onMissing(clip, missing) {
      markMissing(store, clip.id, missing);
      changes.tell('clips', 'datasets');
    },
  });
  const context = createContext({ lab, host, pool });
  const comparisons = createComparisons(context);
  const sweeps = createSweeps({ store, comparisons });
  const suspects = createSuspects(context);
  const memory = createMemory(context);
  const inspector = createInspector({ host, engine: () => readEngineSettings(store) });
  const inspections = createInspections({
    ...{ lab, pool: drawing, cache: () => context.cache, inspector },
    async soundOf(clip, stop) {
      const { signal } = await sounds.sound(clip);
      return { samples: await sounds.samples(clip, 0, signal.frames, {}, stop), sampleRate: signal.sampleRate };
    },
  });
  const walked = { lab, pool, cache: () => context.cache, inspector };
  const [maps, likes] = [createMaps(walked), createLikes(walked)];
  const stopsListening = [
    comparisons.onChange(() => changes.tell('comparisons')),
    sweeps.onChange(() => changes.tell('experiments')),
  ];
  const inspect: Inspect = (paths, options) => pool.inspect(paths, options);

  const engine = new Engine(lab, host);
  const writeSound = (sound: Signal, file: string, coding: SoundCoding) =>
    rendering.run<void>({ task: 'write', write: { sound, file, coding } });
  const recordings = new Recordings(lab, {
    findSounds: (sound, options) => rendering.run({ task: 'findSounds', findSounds: { sound, options } }),
    write: writeSound,
  });

  const doctor = async () => examine(lab, await engine.start());
  const services: Services = {
    ...{
      lab,
      host,
      jobs,
      changes,
      sounds,
      recordings,
      comparisons,
      sweeps,
      suspects,
      inspections,
      maps,
      likes,
      memory,
      engine,
      doctor,
    },
    ...createLongWork({ lab, jobs, changes, inspect, sounds, comparisons, suspects, memory, writeSound, doctor }),
    info: () => ({
      path: lab.folder,
      host: host.name === 'electron' ? 'electron' : 'web',
      version: VERSION,
      nativeDialogs: host.choosePath !== undefined,
      datasets: listDatasets(store).length,
      comparisons: comparisons.list().length,
      interrupted: comparisons.interrupted(),
    }),
    status: () => ({
      jobs: [...jobs.list(), ...comparisons.jobs(), ...sweeps.jobs()],
      backend: engine.report?.name ?? '',
      instructionSet: engine.report?.instructionSet ?? null,
      threads: engine.report?.threads ?? 0,
      memoryMB: Math.round(
        process.memoryUsage.rss() / 2 ** 20 + comparisons.trainers().reduce((sum, { memoryMB }) => sum + memoryMB, 0),
      ),
      freeDiskGB: freeDiskGB(lab.folder),
    }),
    onStatus(changed) {
      if (engine.report === null) engine.start().then(changed, changed);
      const timer = setInterval(changed, LOOK_MS);
      const stops = [
        jobs.onChange(changed),
        comparisons.onChange(changed),
        sweeps.onChange(changed),
        () => clearInterval(timer),
      ];
      return () => stops.forEach((stop) => stop());
    },
    async cancelJob(job) {
      if (jobs.has(job)) jobs.cancel(job);
      else await (sweeps.hasJob(job) ? sweeps : comparisons).cancelJob(job);
    },
    dismissJob(job) {
      if (jobs.has(job)) jobs.dismiss(job);
      else (sweeps.hasJob(job) ? sweeps : comparisons).dismissJob(job);
    },
    sampleDataset: () =>
      listDatasets(store).find(({ layout, state }) => layout === 'sample' && state === 'ready')?.id ?? null,
    tradeOffs: async (dataset) => tradeOffsOf(await testedComparisons({ store, comparisons }, dataset)),
    async advice(dataset) {
      const tested = await testedComparisons({ store, comparisons }, dataset);
      return adviceOf(await gatherEvidence({ store, sweeps, memory }, dataset, tested));
    },
    countSplit: (dataset, split) => makeSplit(acceptedClips(datasetClips(store, dataset)), split).counts,
    async findSounds(clip, options, signal) {
      const { signal: sound } = await sounds.sound(clip, { signal });
      return sounds.run({ task: 'findSounds', findSounds: { sound, options } }, signal);
    },
    listReports: () => listReports(store),
    reportFile: (comparison, name) => reportFile(store, comparison, name),
    async predict(run, files, signal) {
      await engine.start();
      return predictFiles(lab, run, files, signal);
    },
    async spectrogram(clip, { edits, edit, ...options }, stop) {
      const { signal } = await sounds.sound(clip, { edits, edit });
      return drawSpectrogram(sounds.run, signal, options, stop);
    },
    async clearHistory() {
      const { removed } = listHistory(store, { limit: 1 });
      // Some may be under way, and all have files.
      for (const sweep of removedSweeps(store)) await sweeps.remove(sweep);
      for (const comparison of removedComparisons(store)) await comparisons.remove(comparison);
      return { ...clearHistory(store), comparisons: removed.comparisons };
    },
    async overlay(clip, { edits, edit, ...options }, stop) {
      const { signal } = await sounds.sound(clip, { edits, edit });
      return trackOnThread(sounds.run, signal, options, stop);
    },
    welcome() {
      if (readSetting(store, SAMPLE_OFFERED) !== null || listDatasets(store).length > 0) return;
      services.renderSample().result.then(
        () => writeSetting(store, SAMPLE_OFFERED, 'yes'),
        // The job keeps the failure for the window; the next start tries again.
        () => {},
      );
    },
    async close() {
      for (const stop of stopsListening) stop();
      engine.close();
      inspector.close();
      recordings.close();
      suspects.close();
      await Promise.all([jobs.close(), sweeps.close(), comparisons.close()]);
      context.close();
      await Promise.all([pool, drawing, rendering].map((each) => each.close()));
    },
  };
  return services;
}

function freeDiskGB(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.round((bavail * bsize) / 1e8) / 10;
  } catch {
    return null;
  }
}
