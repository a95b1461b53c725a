import { clusterOrder } from '#shared/math/cluster.ts';
import type { Heat } from '../../../parts/heat/heat-map.tsx';
import type { UnitOrder } from '../state.ts';

/**
 * Units from the top down: by their number, by the frame at which they are farthest from 0, or so that those which run alike lie
 * together.
 */
export function orderUnits(by: UnitOrder, heat: Heat): Int32Array {
  return ORDERS[by](heat);
}

const ORDERS: Record<UnitOrder, (heat: Heat) => Int32Array> = {
  unit: ({ units }) => Int32Array.from({ length: units }, (_, unit) => unit),
  peak(heat) {
    const peaks = Float64Array.from({ length: heat.units }, (_, unit) => peakOf(heat, unit));
    return ORDERS.unit(heat).sort((a, b) => peaks[a] - peaks[b] || a - b);
  },
  alike({ values, frames, units }) {
    const rows = new Float32Array(values.length);
    for (let t = 0; t < frames; t++)
      for (let unit = 0; unit < units; unit++) rows[unit * frames + t] = values[t * units + unit];
    return clusterOrder(rows, units);
  },
};

/** The frame at which a unit is farthest from 0, the first of equals. */
export function peakOf({ values, frames, units }: Heat, unit: number): number {
  let peak = 0;
  for (let t = 1; t < frames; t++)
    if (Math.abs(values[t * units + unit]) > Math.abs(values[peak * units + unit])) peak = t;
  return peak;
}
