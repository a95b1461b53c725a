import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import type { Request } from './arguments.ts';
import { writeLongSound } from './long-sounds.ts';
import { timeProcess } from './measure.ts';
import { besidePeer, oursAlone, withTail, type Row } from './row.ts';
import type { StudioStage } from './studio-stage.ts';

const LENGTHS = [
  { words: '1 min', minutes: 1 },
  { words: '10 min', minutes: 10 },
  { words: '1 h', minutes: 60 },
  { words: '2 h', minutes: 120 },
];
/** Programs that draw the same from the file, each time anew. */
const PEERS: Record<string, { name: string; command: string; args(file: string, picture: string): string[] }> = {
  'first peaks': {
    name: 'ffmpeg showwavespic',
    command: 'ffmpeg',
    args: (file, picture) => [
      '-v',
      'error',
      '-y',
      '-i',
      file,
      '-filter_complex',
      'showwavespic=s=1600x512',
      '-frames:v',
      '1',
      picture,
    ],
  },
  'overview picture': {
    name: 'sox spectrogram',
    command: 'sox',
    args: (file, picture) => [file, '-n', 'spectrogram', '-x', '1600', '-y', '257', '-o', picture],
  },
};

/**
 * A recording of a minute to two hours through the studio's own routes, in a process of its own for each length and sample:
 * pictures, zooms, a scroll, what a player asks for, and edits until they are seen. Growth and peak of memory stand in the notes.
 */
export async function studioHour({ words, samples }: Request): Promise<Row[]> {
  const lengths = LENGTHS.filter((length) => words.length === 0 || words.join(' ') === length.words);
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  try {
    const rows: Row[] = [];
    for (const { words: length, minutes } of lengths)
      rows.push(...(await measure(work, length, minutes, samples ?? 3)));
    return rows;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measure(work: string, length: string, minutes: number, samples: number): Promise<Row[]> {
  const folder = path.join(work, 'sounds', 'long');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'sound.wav');
  writeLongSound(file, minutes);
  const [load] = loadavg();
  const stages: StudioStage[] = [];
  const peers = new Map<string, number[] | null>();
  for (let sample = 0; sample < samples; sample++) {
    console.error(`${length}, ${sample + 1} of ${samples} ...`);
    const lab = path.join(work, 'lab');
    const script = path.join(import.meta.dirname, 'studio-stage.ts');
    const { stdout } = await timeProcess(process.execPath, [script, path.dirname(folder), lab]);
    stages.push(JSON.parse(stdout.trim().split('\n').at(-1)!) as StudioStage);
    rmSync(lab, { recursive: true, force: true });
    for (const [name, { command, args }] of Object.entries(PEERS)) {
      const times = peers.get(name);
      if (times === null) continue;
      const took = await timeProcess(command, args(file, path.join(work, 'picture.png'))).catch(() => null);
      peers.set(name, took && [...(times ?? []), took.ms]);
    }
  }
  rmSync(file);
  const most = (pick: (stage: StudioStage) => number) => Math.max(...stages.map(pick)).toFixed(0);
  const memory = `${length}: ${most(({ beforeMB }) => beforeMB)} MB before the recording was opened, at most ${most(({ peakMB }) => peakMB)} MB`;
  const hop = `${length}: overview of a frame every ${stages[0].hopLength.toFixed(0)} samples`;
  return Object.keys(stages[0].times).map((name): Row => {
    const ours = stages.flatMap(({ times }) => times[name]);
    const peer = PEERS[name];
    const row = peer
      ? besidePeer(`${length}: ${name}`, ours, { name: peer.name, times: peers.get(name) ?? null }, null)
      : oursAlone(`${length}: ${name}`, ours);
    const note = { 'first peaks': memory, 'overview picture': hop }[name];
    return { ...(ours.length > 30 ? withTail(row, ours, null) : row), load, ...(note && { note }) };
  });
}
