import path from 'node:path';
import type { Layout } from '#shared/domain/dataset.ts';
import { throwIfCancelled } from '#shared/domain/errors.ts';
import type { Inspection } from '#main/audio/inspect.ts';
import { missingIn } from '#main/lab/clips.ts';
import { datasetFolder } from '#main/lab/datasets.ts';
import {
  clipKey,
  type FileFacts,
  type FileStamp,
  type ImportWriter,
  importWriter,
  type KnownFile,
  type KnownFiles,
  knownFiles,
} from '#main/lab/importing.ts';
import { type RegionWriter, regionWriter } from '#main/lab/importing-regions.ts';
import type { Store } from '#main/lab/store.ts';
import { checkFiles } from './files.ts';
import type { ClipRegions, ImportPlan, PlannedClip } from './importers/importer.ts';
import type { Inspect } from './inspect.ts';
import { sameStamp, spanHash, stampOf } from './stamps.ts';
import { relativeTo } from './walk.ts';

/** Files read between two writes to the store: what a crash can lose. */
const BATCH = 256;
/** A span may end this much after its file, seconds: manifests round. */
const SPAN_SLACK = 0.05;

export interface ImportProgress {
  dataset: number;
  /** Files, of all there are. */
  done: number;
  total: number;
  /** The file just read. */
  file: string;
}

export interface ReadOptions {
  dataset: number;
  layout: Layout;
  root: string;
  plan: ImportPlan;
  inspect: Inspect;
  signal?: AbortSignal;
  onProgress?(progress: ImportProgress): void;
}

/** One file of the plan: the clips that are (parts of) it, or none when it is background. */
interface Task {
  file: string;
  path: string;
  clips: PlannedClip[];
  /** What the dataset held of it before. */
  known: KnownFile | null;
}

/** Reads what is new or changed among the plan's files and writes it, a transaction a batch. */
export async function readPlan(store: Store, options: ReadOptions): Promise<void> {
  const { dataset, plan, signal } = options;
  const known = knownFiles(store, dataset);
  const writing = new Writing(known, importWriter(store, dataset), regionWriter(store, dataset, 'import'));
  const folder = datasetFolder(options.layout, options.root);
  const files = clipsByFile(plan);
  store.transaction(() => plan.skipped.forEach(({ file, reason }) => writing.skip(file, reason)))();
  let done = 0;
  const report = (file: string, count: number) =>
    options.onProgress?.({ dataset, done: (done += count), total: files.size, file });
  for (const batch of tasksOf(files, folder, known)) {
    throwIfCancelled(signal);
    const stamps = await Promise.all(batch.map((task) => stampOf(task.path)));
    const unsettled = batch
      .map((task, index) => ({ task, stamp: stamps[index] }))
      .filter(({ task, stamp }) => !writing.settled(task, stamp));
    const paths = unsettled.filter(({ stamp }) => stamp).map(({ task }) => task.path);
    report(batch[0].file, batch.length - paths.length);
    const read = new Map<string, Inspection>();
    try {
      if (paths.length > 0)
        for await (const results of options.inspect(paths, { signal })) {
          for (const result of results) read.set(result.path, result);
          report(relativeTo(folder, results[results.length - 1].path), results.length);
        }
    } finally {
      // Also when it was stopped: what has been read is kept.
      const regions = await readRegions(plan, unsettled, read);
      store.transaction(() =>
        unsettled.forEach(({ task, stamp }) => writing.write(task, stamp, read.get(task.path), regions)),
      )();
    }
  }
  throwIfCancelled(signal);
  store.transaction(() => writing.dropStale())();
  // Files that were here before may have gone, and those that had gone may be back.
  const there = (file: string) => files.has(file) && !writing.gone.has(file);
  if (missingIn(store, dataset) > 0 || writing.met < known.count)
    await checkFiles(store, dataset, { choose: (clip) => clip.missing || !there(clip.file), signal });
}

/** What the dataset says of parts of those clips that come in now. */
async function readRegions(
  plan: ImportPlan,
  unsettled: readonly { task: Task }[],
  read: ReadonlyMap<string, Inspection>,
): Promise<Map<PlannedClip, ClipRegions>> {
  const regions = new Map<PlannedClip, ClipRegions>();
  if (!plan.regionsOf) return regions;
  for (const { task } of unsettled) {
    const inspection = read.get(task.path);
    if (!inspection || inspection.refusal) continue;
    for (const clip of task.clips) {
      if (task.known?.clips.has(clipKey(clip.file, clip.start, clip.end))) continue;
      regions.set(clip, await plan.regionsOf(clip, inspection.probe));
    }
  }
  return regions;
}

/** The plan by its files, in its order; background files have no clips. */
function clipsByFile(plan: ImportPlan): Map<string, PlannedClip[]> {
  const files = new Map<string, PlannedClip[]>();
  for (const clip of plan.clips) {
    const same = files.get(clip.file);
    if (same) same.push(clip);
    else files.set(clip.file, [clip]);
  }
  for (const file of plan.backgrounds) if (!files.has(file)) files.set(file, []);
  return files;
}

function* tasksOf(files: Map<string, PlannedClip[]>, folder: string, known: KnownFiles): Generator<Task[]> {
  const tasks = (batch: string[]) => {
    const there = known.of(batch);
    return batch.map((file): Task => ({
      file,
      path: path.resolve(folder, file),
      clips: files.get(file)!,
      known: there.get(file) ?? null,
    }));
  };
  let batch: string[] = [];
  for (const file of files.keys()) {
    if (batch.push(file) < BATCH) continue;
    yield tasks(batch);
    batch = [];
  }
  if (batch.length > 0) yield tasks(batch);
}

/** A path without its ending, and without the line after it. */
const stemOf = (file: string): string => file.replace(/\.[^./:]*(:\d+)?$/, '').toLowerCase();

const isPart = ({ start, end }: PlannedClip): boolean => start !== null || end !== null;

/** What one import writes, against what was known before it. */
class Writing {
  /** Files of the plan that are not there. */
  readonly gone = new Set<string>();
  /** Files that had clips in the dataset before, and are there. */
  met = 0;
  readonly #known: KnownFiles;
  readonly #writer: ImportWriter;
  readonly #regions: RegionWriter;
  readonly #skipped = new Set<string>();
  /** Lines of files beside the sound that were left out before, by the file's path without its ending. */
  readonly #lines: Map<string, string[]>;

  constructor(known: KnownFiles, writer: ImportWriter, regions: RegionWriter) {
    this.#known = known;
    this.#writer = writer;
    this.#regions = regions;
    this.#lines = Map.groupBy(known.skipped.keys(), stemOf);
  }

  /** Whether a file is as it was when it was last read (or refused), and all its clips are in. */
  settled(task: Task, stamp: FileStamp | null): boolean {
    if (!stamp) return false;
    const { backgrounds, skipped } = this.#known;
    if (task.known) this.met++;
    if (sameStamp(skipped.get(task.file), stamp)) {
      this.#skipped.add(task.file);
      return true;
    }
    if (task.clips.length === 0) return sameStamp(backgrounds.get(task.file), stamp);
    const refused = task.clips.filter((clip) => clip.row !== null && sameStamp(skipped.get(clip.row), stamp));
    const settled = task.clips.every(
      (clip) =>
        refused.includes(clip) ||
        (sameStamp(task.known?.stamp, stamp) && task.known!.clips.has(clipKey(clip.file, clip.start, clip.end))),
    );
    if (settled) for (const clip of refused) this.#skipped.add(clip.row!);
    // They were read when the clip came in, and are not read again.
    if (task.known) for (const line of this.#lines.get(stemOf(task.file)) ?? []) this.#skipped.add(line);
    return settled;
  }

  skip(file: string, reason: string, stamp: FileStamp = { size: 0, mtimeMs: 0 }): void {
    this.#writer.addSkipped({ file, reason, ...stamp });
    this.#skipped.add(file);
  }

  write(
    task: Task,
    stamp: FileStamp | null,
    read: Inspection | undefined,
    regions: ReadonlyMap<PlannedClip, ClipRegions>,
  ): void {
    const rows = task.clips.flatMap((clip) => clip.row ?? []).slice(0, 3);
    const place = rows.length > 0 ? ` (${rows.join(', ')})` : '';
    if (!stamp) {
      this.gone.add(task.file);
      if (!task.known) this.skip(task.file, `The file is not there${place}.`);
    } else if (read?.refusal) this.skip(task.file, read.refusal.reason + place, stamp);
    else if (read) this.#writeRead(task, stamp, read, regions);
  }

  #writeRead(
    task: Task,
    stamp: FileStamp,
    { hash, probe }: Extract<Inspection, { hash: string }>,
    regions: ReadonlyMap<PlannedClip, ClipRegions>,
  ): void {
    if (task.clips.length === 0) this.#writer.addBackground({ ...stamp, ...probe, file: task.file, contentHash: hash });
    for (const clip of task.clips) {
      const { file, start, end } = clip;
      if ((end ?? 0) > probe.duration + SPAN_SLACK || (start ?? 0) > probe.duration) {
        const reason = `${file} is ${probe.duration.toFixed(3)} s long; this part of it would end after that.`;
        this.skip(clip.row ?? file, reason, stamp);
        continue;
      }
      const first = Math.round((start ?? 0) * probe.sampleRate);
      const frames = Math.min(probe.frames, Math.round((end ?? Infinity) * probe.sampleRate)) - first;
      if (frames <= 0) {
        this.skip(clip.row ?? file, 'It holds no sound: not one sample.', stamp);
        continue;
      }
      const contentHash = spanHash(hash, start, end);
      const facts: FileFacts = { ...probe, ...stamp, frames, duration: frames / probe.sampleRate, contentHash };
      const id = task.known?.clips.get(clipKey(file, start, end));
      if (id !== undefined) this.#writer.refreshClip(id, facts);
      // Parts of one file are of one source, unless the manifest names what the file itself was cut from.
      else {
        const added = this.#writer.addClip({ ...facts, ...clip, source: clip.source ?? (isPart(clip) ? file : null) });
        const { tiers = [], skipped = [] } = regions.get(clip) ?? {};
        this.#regions.add(added, tiers);
        for (const line of skipped) this.skip(line.file, line.reason, stamp);
      }
    }
  }

  /** Forgets what was skipped before and no longer is. */
  dropStale(): void {
    for (const file of this.#known.skipped.keys()) if (!this.#skipped.has(file)) this.#writer.dropSkipped(file);
  }
}
