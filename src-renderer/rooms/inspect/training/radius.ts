import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import type { ProbesView } from '#shared/domain/training-probe.ts';
import { significant } from '../../../parts/format.ts';
import type { PlotData, PlotPoint } from '../../../parts/line-plot/layout.ts';
import type { Numbers } from './numbers.ts';
import type { Place } from './through-time.ts';

interface Series {
  run: number;
  cell: Cell;
  block: string;
  points: PlotPoint[];
}

/** One a network and gate, in one direction of one layer. */
function seriesOf(probes: ProbesView, { layer, reverse }: Pick<Place, 'layer' | 'reverse'>): Series[] {
  return probes.flatMap(({ run, cell, epochs }) => {
    const byEpoch = epochs.flatMap(({ epoch, places }) => {
      const found = places.find((one) => one.layer === layer && one.reverse === reverse);
      return found ? [{ epoch, radii: found.radii }] : [];
    });
    return (byEpoch[0]?.radii ?? []).map(({ block }, index) => ({
      ...{ run, cell, block },
      points: byEpoch.map(({ epoch, radii }) => ({ x: epoch, y: radii[index].radius })),
    }));
  });
}

const signalOf = (cell: Cell, block: string) => SIGNALS[cell].find(({ id }) => id === block)!;

/** Spectral radii by epoch, a line a network and gate. @param epochs of the training */
export function radiusPlot(probes: ProbesView, place: Pick<Place, 'layer' | 'reverse'>, epochs: number): PlotData {
  return {
    x: { title: 'epoch (0: before training)', domain: [0, Math.max(1, epochs)], words: (epoch) => `Epoch ${epoch}` },
    y: { title: 'largest modulus of an eigenvalue', scale: 'linear', words: significant },
    lines: seriesOf(probes, place).map(({ run, cell, block, points }) => {
      const { name, symbol } = signalOf(cell, block);
      return {
        ...{ id: `${run} ${block}`, cell, points },
        name: `${CELL_NAMES[cell]}, ${name.toLowerCase()}`,
        label: symbol,
      };
    }),
    references: [{ y: 1, words: '1' }],
  };
}

export function radiusNumbers(probes: ProbesView, place: Pick<Place, 'layer' | 'reverse'>): Numbers {
  return {
    head: ['Cell', 'Gate', 'Epoch', 'Spectral radius'],
    rows: seriesOf(probes, place).flatMap(({ cell, block, points }) =>
      points.map(({ x, y }) => [CELL_NAMES[cell], signalOf(cell, block).name, x, y]),
    ),
  };
}

/** How the radii have moved, a clause a network: of gates the one that is largest now. */
export function radiusFindings(probes: ProbesView, place: Pick<Place, 'layer' | 'reverse'>): string[] {
  const clauses = [...Map.groupBy(seriesOf(probes, place), ({ run }) => run).values()].flatMap((own) => {
    const now = ({ points }: Series) => points.at(-1)?.y ?? 0;
    const { cell, block, points } = own.reduce((a, b) => (now(b) > now(a) ? b : a));
    const [first, last] = [points[0]?.y, points.at(-1)?.y];
    if (typeof first !== 'number' || typeof last !== 'number') return [];
    const gate = own.length > 1 ? ` (${signalOf(cell, block).name.toLowerCase()})` : '';
    const moved = points.length > 1 ? `from ${significant(first)} to ${significant(last)}` : significant(last);
    return [`${CELL_NAMES[cell]}${gate} ${moved}`];
  });
  return clauses.length > 0 ? [`Largest: ${clauses.join('; ')}.`] : [];
}
