import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { GradientCurve, ProbeGradients } from '#shared/domain/training-probe.ts';
import { percent, plural, significant } from '../../../parts/format.ts';
import type { PlotData, PlotLine } from '../../../parts/line-plot/layout.ts';
import type { Numbers } from './numbers.ts';
import type { StateKind } from './state.ts';

export interface Place {
  layer: number;
  reverse: boolean;
  state: StateKind;
}

/** What is left of a gradient below and above which one says that it vanishes, and explodes. */
const [VANISHES, EXPLODES] = [0.01, 10];
/** Distances one speaks of, in frames. */
const SPOKEN = [160, 80, 40, 20, 10, 5, 2];

type Run = ProbeGradients[number];

function curveOf({ places }: Run, { layer, reverse, state }: Place): GradientCurve | null {
  const found = places.find((one) => one.layer === layer && one.reverse === reverse);
  return found?.[state] ?? null;
}

/** Gradients by distance from the loss, a curve a network. @param before the same at the beginning of the training, standing back */
export function throughTimePlot(gradients: ProbeGradients, place: Place, before: ProbeGradients): PlotData {
  const linesOf = (runs: ProbeGradients, quiet: boolean): PlotLine[] =>
    runs.flatMap((run) => {
      const curve = curveOf(run, place);
      if (!curve) return [];
      const name = `${CELL_NAMES[run.cell]}, ${quiet ? 'before training' : `epoch ${run.epoch}`}`;
      const points = curve.mean.map((y, index) => ({
        ...{ x: index * run.head.step, y },
        ...(!quiet && { low: curve.low[index], high: curve.high[index] }),
      }));
      return [{ id: `${run.run} ${quiet}`, cell: run.cell, name, quiet, points }];
    });
  const step = gradients[0]?.head.step ?? 1;
  const frames = gradients[0]?.head.frames ?? 1;
  return {
    x: {
      title: 'frames back from the loss',
      domain: [0, Math.max(1, frames - 1)],
      words: (value) => distanceWords(value, step),
    },
    y: {
      title: `${symbolOf(place.state)}, geometric mean over clips and quartiles (log axis)`,
      scale: 'log',
      words: significant,
    },
    lines: [...linesOf(before, true), ...linesOf(gradients, false)],
  };
}

export const symbolOf = (state: StateKind): string => (state === 'hidden' ? '|∂L/∂h|' : '|∂L/∂c|');

const distanceWords = (frame: number, step: number): string =>
  step === 1 ? `${plural(frame, 'frame')} back` : `${frame} to ${frame + step - 1} frames back`;

export function throughTimeNumbers(gradients: ProbeGradients, place: Place): Numbers {
  return {
    head: ['Cell', 'Epoch', 'Frames back', 'Clips', 'Reached', 'Geometric mean', 'Lower quartile', 'Upper quartile', 'Left'], // prettier-ignore
    rows: gradients.flatMap((run) => {
      const curve = curveOf(run, place);
      if (!curve) return [];
      const { step, clips } = run.head;
      return curve.reached.map((reached, index) => [
        ...[CELL_NAMES[run.cell], run.epoch, index * step, clips, reached],
        ...[curve.mean[index], curve.low[index], curve.high[index], curve.left[index]],
      ]);
    }),
  };
}

/** How much is left of the gradient far back, and what one calls that: a sentence. */
export function throughTimeFindings(gradients: ProbeGradients, place: Place): string[] {
  const runs = gradients.flatMap((run) => {
    const curve = curveOf(run, place);
    return curve ? [{ ...run, curve }] : [];
  });
  if (runs.length === 0) return [];
  const { step, frames } = runs[0].head;
  const distance = SPOKEN.find((one) => one < frames);
  if (distance === undefined) return [];
  const index = Math.floor(distance / step);
  const parts = runs.map(({ cell, curve }) => `${CELL_NAMES[cell]} ${leftWords(curve.left[index])}`);
  return [`${plural(distance, 'frame')} back there is left of the gradient: ${parts.join('; ')}.`];
}

function leftWords(left: number | null): string {
  if (left === null) return 'nothing';
  const amount = left >= 2 ? `${significant(left)} times as much` : percent(left, 2);
  if (left < VANISHES) return `${amount} (it vanishes)`;
  return left > EXPLODES ? `${amount} (it explodes)` : amount;
}
