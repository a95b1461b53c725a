import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe } from 'vitest';
import { decodeFile } from '#main/audio/decode.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { channelsOf, signalOf, type Signal } from '#main/audio/signal/signal.ts';
import { hasShared } from './shared.ts';

const there = (program: string, flag: string) => spawnSync(program, [flag]).status === 0;
const hasPrograms = there('sox', '--version') && there('ffmpeg', '-version');

if (!hasPrograms && process.env['CI']) throw new Error('sox and ffmpeg are missing (on CI they are required)');
if (!hasPrograms) console.warn('sox or ffmpeg is not installed: the tests that hold Hark to them are skipped.');

/** `describe` for tests that hold Hark to SoX or ffmpeg on real recordings. */
export const describePrograms = describe.skipIf(!hasPrograms || !hasShared);

/** Runs `use` with a folder that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hark-programs-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program prints, whichever way. @throws if it fails */
export function run(program: 'sox' | 'ffmpeg' | 'ffprobe', args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout + stderr;
}

export function writeFloat(file: string, signal: Signal): void {
  writeFileSync(file, encodeWav(channelsOf(signal), signal.sampleRate, 'float32'));
}

export async function readSound(file: string): Promise<Signal> {
  const { channels, sampleRate } = await decodeFile(file);
  return signalOf(channels, sampleRate);
}

/** A sound after SoX's effects, in 32-bit floats both ways. SoX itself counts in 32-bit integers: nothing may pass full scale. */
export const sox = (signal: Signal, ...effects: (string | number)[]): Promise<Signal> =>
  inFolder((folder) => {
    const [before, after] = ['in.wav', 'out.wav'].map((name) => path.join(folder, name));
    writeFloat(before, signal);
    execFileSync('sox', ['-D', before, '-e', 'floating-point', '-b', '32', after, ...effects.map(String)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return readSound(after);
  });

/** A sound after a chain of ffmpeg's audio filters, in 32-bit floats both ways. */
export const ffmpeg = (signal: Signal, filters: string): Promise<Signal> =>
  inFolder((folder) => {
    const [before, after] = ['in.wav', 'out.wav'].map((name) => path.join(folder, name));
    writeFloat(before, signal);
    run('ffmpeg', ['-v', 'error', '-y', '-i', before, '-filter_complex', filters, '-c:a', 'pcm_f32le', after]);
    return readSound(after);
  });

/** Largest difference of two sounds of one shape, full scale ±1; Infinity where the shapes differ. */
export function difference(a: Signal, b: Signal): number {
  if (a.frames !== b.frames || a.channels.length !== b.channels.length) return Infinity;
  const others = channelsOf(b);
  let worst = 0;
  channelsOf(a).forEach((samples, channel) => {
    for (let n = 0; n < samples.length; n++) {
      const gap = Math.abs(samples[n] - others[channel][n]);
      if (!(gap <= worst)) worst = gap;
    }
  });
  return worst;
}
