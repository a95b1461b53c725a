import type { Signal } from '#shared/domain/signal.ts';
import type { Scale } from '../../../parts/heat/heat-map.tsx';

/** What values of a signal are drawn from and to: fixed where they have bounds, else symmetric about 0, or from 0 on. */
export function rangeOf(range: Signal['range'], values: Float32Array): { low: number; high: number } {
  if (range === 'gate') return { low: 0, high: 1 };
  if (range === 'squashed') return { low: -1, high: 1 };
  const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-6);
  return { low: range === 'positive' ? 0 : -most, high: most };
}

/** Gates and activations go from nothing to all, states to both sides of 0. */
export function scaleOf(range: Signal['range'], values: Float32Array, dark: boolean): Scale {
  const oneSided = range === 'gate' || range === 'positive';
  return { ...rangeOf(range, values), colours: oneSided ? 'viridis' : dark ? 'nightfall' : 'daylight' };
}
