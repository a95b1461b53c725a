import type { ComparisonView } from '#shared/domain/comparison.ts';
import { PROBE_FRAMES, type ProbeHead } from '#shared/domain/training-probe.ts';
import { plural } from '../../../parts/format.ts';
import { FEWEST_CLIPS } from './through-time.ts';

/** What gradients through time rest on. */
export function probeBasis({ clips, there, step }: ProbeHead, { spec }: ComparisonView, seed: number): string {
  const { truncation } = spec.training;
  const longest = there.length * step;
  return (
    `n = ${plural(clips, 'training clip')}, chosen by seed ${seed}, the same for all networks and epochs` +
    `${longest >= PROBE_FRAMES ? ` (of longer clips the last ${PROBE_FRAMES} frames)` : ''}; ` +
    `${Math.min(...there) < FEWEST_CLIPS ? `curves end where fewer than ${FEWEST_CLIPS} clips are so long; ` : ''}` +
    'cross-entropy without label smoothing and dropout, of which what the last frame of each direction sends back is followed' +
    `${truncation === null ? '' : `; training is truncated every ${plural(truncation, 'frame')}, so nothing comes from beyond`}.`
  );
}

/** `fsdd-rnn-lstm-seed-0-gradients`, in letters that every file system takes. */
export function fileName({ name }: Pick<ComparisonView, 'name'>, seed: number, what: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${plain || 'comparison'}-seed-${seed}-${what}`;
}
