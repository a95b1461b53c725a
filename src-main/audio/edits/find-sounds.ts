import type { Signal } from '../signal/signal.ts';
import type { EditContext } from './operation.ts';
import { blocksOf } from './span.ts';

export interface FindSoundsOptions {
  /** dB below full scale (RMS over 10 ms of the loudest channel) under which it is silent. */
  thresholdDb: number;
  /** Seconds; shorter silences belong to the sound around them. */
  leastSilence: number;
  /** Seconds; shorter sounds are left out. */
  leastSound: number;
  /** Seconds kept on both sides; between two sounds no more than half of the silence each. */
  padding: number;
}

const BLOCKS_PER_SECOND = 100;

/** Stretches of sound between silences, seconds, in order; none where all is silent. */
export function findSounds(
  signal: Signal,
  { thresholdDb, leastSilence, leastSound, padding }: FindSoundsOptions,
  progress?: EditContext['progress'],
): { start: number; end: number }[] {
  const duration = signal.frames / signal.sampleRate;
  const found: { start: number; end: number }[] = [];
  for (const run of loudRuns(signal, 10 ** (thresholdDb / 10), progress)) {
    const before = found.at(-1);
    if (before && run.start - before.end < leastSilence - 1e-9) before.end = run.end;
    else found.push(run);
  }
  const sounds = found.filter(({ start, end }) => end - start >= leastSound - 1e-9);
  return sounds.map(({ start, end }, i) => ({
    start: Math.max(start - padding, i === 0 ? 0 : (sounds[i - 1].end + start) / 2),
    end: Math.min(end + padding, i === sounds.length - 1 ? duration : (end + sounds[i + 1].start) / 2),
  }));
}

/** Runs of blocks whose power in some channel reaches the threshold, seconds. */
function loudRuns(signal: Signal, threshold: number, progress?: EditContext['progress']) {
  const { frames, sampleRate } = signal;
  const startOf = (block: number) => Math.min(frames, Math.round((block * sampleRate) / BLOCKS_PER_SECOND));
  const runs: { start: number; end: number }[] = [];
  let open = false;
  levels(signal, startOf, progress).forEach((power, block) => {
    const loud = power >= threshold;
    if (loud && !open) runs.push({ start: startOf(block) / sampleRate, end: 0 });
    if (loud) runs[runs.length - 1].end = startOf(block + 1) / sampleRate;
    open = loud;
  });
  return runs;
}

/** Mean square of every 10 ms, of the loudest channel. */
function levels(signal: Signal, startOf: (block: number) => number, progress?: EditContext['progress']): Float64Array {
  const { frames, sampleRate, channels } = signal;
  const count = Math.ceil((frames * BLOCKS_PER_SECOND) / sampleRate);
  const sums = channels.map(() => new Float64Array(count));
  for (const { block, at } of blocksOf(signal, { from: 0, end: frames }, { progress }))
    block.forEach((samples, channel) => {
      const first = Math.max(0, Math.floor((at * BLOCKS_PER_SECOND) / sampleRate) - 1);
      for (let k = first, n = 0; n < samples.length; k++) {
        const last = Math.min(samples.length, startOf(k + 1) - at);
        for (; n < last; n++) sums[channel][k] += samples[n] * samples[n];
      }
    });
  return new Float64Array(count).map((_, k) =>
    Math.max(...sums.map((sum) => sum[k] / Math.max(1, startOf(k + 1) - startOf(k)))),
  );
}
