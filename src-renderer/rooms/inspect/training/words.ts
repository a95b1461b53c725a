import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { ProbeHead } from '#shared/domain/training-probe.ts';
import { plural } from '../../../parts/format.ts';

/** What gradients through time rest on. */
export function probeBasis({ clips, frames }: ProbeHead, { spec }: ComparisonView, seed: number): string {
  const { truncation } = spec.training;
  const { numLayers, bidirectional } = spec.model;
  return (
    `n = ${plural(clips, 'training clip')} at each distance, chosen by seed ${seed}, the same for all networks and epochs; ` +
    `of each its last ${plural(frames, 'frame')}. Cross-entropy without label smoothing and dropout, of which what the last frame of each direction sends back is followed` +
    `${truncation === null ? '' : `; training is truncated every ${plural(truncation, 'frame')}, so nothing comes from beyond`}.` +
    `${bidirectional && numLayers > 1 ? ' In layers under another both directions’ ends send something back, so that lines rise again towards the far end.' : ''}`
  );
}

/** `fsdd-rnn-lstm-seed-0-gradients`, in letters that every file system takes. */
export function fileName({ name }: Pick<ComparisonView, 'name'>, seed: number, what: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${plain || 'comparison'}-seed-${seed}-${what}`;
}
