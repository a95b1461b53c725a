import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import type { StageResult } from './import-stage.ts';
import { timeProcess } from './measure.ts';
import type { Row } from './row.ts';
import { CLIP_BYTES, linkSpeechCommands, writeSpeechCommands } from './speech-commands.ts';

/** Speech Commands v2 has this many clips. */
const ALL = 105_829;
/** What a second import may take at most, milliseconds. */
const AGAIN_MS = 10_000;
/** Of one clip in the cache and the store, with room to spare: 101 frames of 40 values. */
const FEATURE_BYTES = 18_000;
/** A file takes whole blocks of the disk. */
const BLOCK = 4096;

/** A row about one stage: there is no peer, but what is asked, or the same with fewer clips. */
interface StageRow extends Row {
  clips: number;
  clipsPerSecond: number;
  peakMB: number;
  /** Load average of the last minute when the stage began. */
  load: number;
  /** Clips a second and memory, in words. */
  note: string;
}

/**
 * A dataset of the size and layout of Speech Commands v2, from files to one epoch of training: each stage in a process of its own,
 * at a tenth, a half and all of the clips, so that what grows with their number shows. Made of the samples, in a temporary folder
 * that is removed afterwards.
 * Settings: BENCH_CLIPS (default 105,829), HARK_SHARED.
 */
export async function importBench(): Promise<Row[]> {
  const shared = path.resolve(process.env['HARK_SHARED'] ?? path.join(import.meta.dirname, '../../shared'));
  const samples = path.join(shared, 'data/speech-commands');
  if (!existsSync(samples)) throw new Error(`the samples are not at ${samples}; set HARK_SHARED`);
  const clips = Number(process.env['BENCH_CLIPS'] ?? ALL);
  if (!Number.isInteger(clips) || clips < 1000) throw new Error('BENCH_CLIPS must be a whole number from 1000');
  needSpace(tmpdir(), clips * (Math.ceil(CLIP_BYTES / BLOCK) * BLOCK + FEATURE_BYTES));
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  try {
    const all = path.join(work, 'all');
    const began = performance.now();
    const files = writeSpeechCommands(all, clips, samples);
    say(`${clips} clips written in ${seconds(performance.now() - began)}`);
    const rows: StageRow[] = [];
    for (const count of sizes(clips)) {
      let folder = all;
      if (count < clips) {
        folder = path.join(work, String(count));
        linkSpeechCommands(folder, all, files.slice(0, count), samples);
      }
      rows.push(...(await runStages(folder, path.join(work, 'lab'), count)));
      if (folder !== all) rmSync(folder, { recursive: true, force: true });
    }
    return withGrowth(rows);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** 10,000, 50,000 and all; of fewer, the like shares. */
const sizes = (clips: number): number[] =>
  [10_000 / ALL, 50_000 / ALL].map((share) => Math.round(share * clips)).concat(clips);

function needSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const gigabytes = (count: number) => (count / 1e9).toFixed(1);
  if (bavail * bsize < 1.1 * bytes)
    throw new Error(
      `${gigabytes(1.1 * bytes)} GB are needed in ${folder}, ${gigabytes(bavail * bsize)} are free: ` +
        'set TMPDIR to another disk, or BENCH_CLIPS to fewer clips',
    );
}

/** What the rows are called, and the stage each runs. */
const STAGES: { words: string; stage: string; again?: boolean }[] = [
  { words: 'open lab, nothing done', stage: 'idle' },
  { words: 'import', stage: 'import' },
  { words: 'import again, nothing new', stage: 'import', again: true },
  { words: 'slowest question of the library', stage: 'queries' },
  { words: 'decoding and features', stage: 'features' },
  { words: 'features again, all in the cache', stage: 'features' },
  { words: 'training epoch, GRU of 64 units', stage: 'train' },
];

async function runStages(folder: string, lab: string, count: number): Promise<StageRow[]> {
  rmSync(lab, { recursive: true, force: true });
  mkdirSync(lab);
  const rows: StageRow[] = [];
  for (const { words, stage, again } of STAGES) {
    const [load] = loadavg();
    const script = path.join(import.meta.dirname, 'import-stage.ts');
    const { stdout } = await timeProcess(process.execPath, [script, stage, lab, folder]);
    const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as StageResult;
    if (stage === 'import' && result.clips !== count)
      throw new Error(`${result.clips} clips are in the store, not ${count}`);
    const row = rowOf(`${count} clips: ${words}`, result, load);
    rows.push(
      again ? { ...row, peer: 'asked at most', peerMs: AGAIN_MS, ratio: AGAIN_MS / row.oursMs, target: 1 } : row,
    );
    if (result.mainPeakMB !== undefined)
      rows.push(rowOf(`${count} clips: the process beside it`, { ...result, peakMB: result.mainPeakMB }, load));
  }
  rmSync(lab, { recursive: true, force: true });
  return rows;
}

function rowOf(row: string, { ms, clips, peakMB }: StageResult, load: number): StageRow {
  const clipsPerSecond = (1000 * clips) / ms;
  const note = `${Math.round(clipsPerSecond)} clips/s, peak ${peakMB.toFixed(0)} MB`;
  say(`${row}: ${seconds(ms)}, ${note} (load ${load.toFixed(1)})`);
  return {
    ...{ row, peer: null, oursMs: ms, peerMs: null, ratio: null, target: null },
    ...{ clips, clipsPerSecond, peakMB, load, note },
  };
}

/** Says beside the last row of each stage how much more memory it takes than the first, of the fewest clips. */
function withGrowth(rows: StageRow[]): StageRow[] {
  const stageOf = ({ row }: StageRow) => row.slice(row.indexOf(':'));
  return rows.map((row) => {
    const same = rows.filter((other) => stageOf(other) === stageOf(row));
    if (row !== same.at(-1)) return row;
    const growth = `${(row.peakMB - same[0].peakMB).toFixed(0)} MB more than in "${same[0].row}"`;
    say(`${row.row}: ${growth}`);
    return { ...row, note: `${row.note}, ${growth}` };
  });
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const say = (words: string): void => console.error(words);
