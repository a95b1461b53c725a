import type { ClipDetail } from '#shared/domain/clip.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import { fetchSpectrogram } from '../../../client/bulk.ts';
import { csvOf } from '../../../parts/figure/csv.ts';
import { pngOf } from '../../../parts/figure/save.ts';
import { ACCENT, FAINT, type Figure } from '../../../parts/figure/svg.ts';
import { percent, significant, splitPath } from '../../../parts/format.ts';
import { heatImage, type Heat } from '../../../parts/heat/heat-map.tsx';
import { colourWords } from '../../../parts/sound/colours.ts';
import {
  analysisFor,
  analysisWords,
  rangeFor,
  useSpectrogramSettings,
} from '../../../parts/sound/spectrogram-settings.ts';
import { useHabits, useInspect } from '../state.ts';
import { worthACurve } from './decision.ts';
import { insideFigure, type Lane } from './figure.ts';
import { isFolded } from './folded.ts';
import { scaleOf } from './scale.ts';
import { sharesOf } from './shares.ts';
import type { InsideNetwork } from './use-networks.ts';

/** What is in sight of networks over a clip. */
export interface InSight {
  comparison: ComparisonView;
  clip: ClipDetail;
  truth: string;
  networks: readonly InsideNetwork[];
}

/** What a file of it is called. */
export const fileNameOf = ({ clip, networks }: InSight) => {
  const cells = networks.map(({ run }) => run.cell).join('-');
  return `${splitPath(clip.file).name.replace(/\.[^.]*$/, '')}-${cells}`;
};

/** What is in sight as a figure. */
export const figureOfSight = async (sight: InSight): Promise<Figure> => insideFigure(await gather(sight));

async function gather(sight: InSight) {
  const { comparison, clip, truth, networks } = sight;
  const { layer, reverse } = useInspect.getState();
  const seed = networks[0]?.run.seed;
  return {
    title: `${truth} · ${clip.file}`,
    parameters: `${comparison.name} · seed ${seed} · layer ${layer + 1}${reverse ? ', backwards' : ''} · units in the order of the screen`,
    duration: clip.duration,
    lanes: [await spectrogramLane(clip), ...networks.flatMap((network) => lanesOf(network, sight))],
  };
}

const PIXELS = { width: 1988, height: 300 };

async function spectrogramLane(clip: ClipDetail): Promise<Lane> {
  const settings = useSpectrogramSettings.getState();
  const analysis = analysisFor(settings, clip.sampleRate);
  const range = rangeFor(settings, clip.sampleRate);
  const picture = await fetchSpectrogram(clip.id, { v: clip.version, ...analysis, ...range, ...PIXELS });
  const table = colourWords(settings.colours);
  const image = new ImageData(picture.width, picture.height);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < words.length; i++) words[i] = table[picture.pixels[i]];
  return {
    name: 'Spectrogram',
    notes: analysisWords(analysis, range, picture.hopLength).split(' · '),
    height: 150,
    pixels: { href: pngOf(image), from: 0, to: 1, sharp: false },
  };
}

function lanesOf(network: InsideNetwork, { clip, comparison, truth, networks }: InSight): Lane[] {
  const { run, signals, order, course, decision, saliency, attention } = network;
  const cell = CELL_NAMES[run.cell];
  const names = comparison.classes;
  const lanes: Lane[] = [];
  const span = ({ frames, start, hop }: { frames: number; start: number; hop: number }) => ({
    from: (start - hop / 2) / clip.duration,
    to: (start + (frames - 0.5) * hop) / clip.duration,
  });
  if (course && decision) {
    const right = names.indexOf(truth);
    const shown = worthACurve(
      course,
      [right, decision.answer].filter((index) => index >= 0),
      4,
    );
    lanes.push({
      name: `${cell}: probabilities`,
      notes: [`${names[decision.answer]} from ${decision.seconds.toFixed(2)} s on`],
      height: 96,
      curves: shown.map((index, place) => ({
        name: `${names[index]} ${percent(course.probabilities[index].at(-1)!, 2)}`,
        ...PAPER[
          index === right ? 'truth' : index === decision.answer ? 'answer' : place % 2 === 0 ? 'other' : 'another'
        ],
        points: [...course.ends].map((end, row): [number, number] => [
          (course.start + (end - 1) * course.hop) / clip.duration,
          0.03 + 0.94 * course.probabilities[index][row],
        ]),
      })),
    });
  }
  if (attention) {
    const { weights, start, hop } = attention;
    const most = Math.max(...weights);
    lanes.push({
      name: `${cell}: attention`,
      notes: [`0 to ${percent(most, 2)}, sum 100 %`],
      height: 70,
      curves: [
        {
          ...{ name: 'weight of each frame', colour: ACCENT },
          points: weights.map((weight, t): [number, number] => [
            (start + t * hop) / clip.duration,
            0.03 + (0.94 * weight) / most,
          ]),
        },
      ],
    });
  }
  if (saliency) {
    const { frames, edges, values } = saliency;
    const heat = { values, frames, units: edges.length - 1 };
    const upwards = Int32Array.from({ length: heat.units }, (_, row) => heat.units - 1 - row);
    lanes.push({
      name: `${cell}: speaks for ${names[saliency.target]}`,
      notes: [rangeWords('unbounded', values), `${Math.round(edges[0])} to ${Math.round(edges.at(-1)!)} Hz, upwards`],
      height: 110,
      pixels: { href: heatPng(heat, 'unbounded', upwards), ...span(saliency), sharp: true },
    });
  }
  if (!signals || !order) return lanes;
  const { folded } = useHabits.getState();
  for (const { id, name, symbol, range } of SIGNALS[run.cell]) {
    if (isFolded(folded, networks.length > 1, run.cell, id)) continue;
    const values = signals.values.get(id)!;
    const shares = sharesOf(range, values);
    lanes.push({
      name: `${cell}: ${name.toLowerCase()} ${symbol}`,
      notes: [
        rangeWords(range, values),
        ...(shares
          ? [`${percent(shares.low, 2)} ${shares.words.low}, ${percent(shares.high, 2)} ${shares.words.high}`]
          : []),
      ],
      height: 100,
      pixels: { href: heatPng({ ...signals, values }, range, order), ...span(signals), sharp: true },
    });
  }
  return lanes;
}

/** What curves look like on paper; the colours of truth and prediction as in the light window. */
const PAPER = {
  truth: { colour: '#766800' },
  answer: { colour: '#a6477c', dash: '6 3' },
  other: { colour: FAINT, dash: '1 3' },
  another: { colour: FAINT, dash: '3 3' },
} as const;

const heatPng = (heat: Heat, range: Parameters<typeof scaleOf>[0], order: Int32Array) =>
  pngOf(heatImage(heat, scaleOf(range, heat.values, false), order));

function rangeWords(range: Parameters<typeof scaleOf>[0], values: Float32Array): string {
  const { low, high, colours } = scaleOf(range, values, false);
  return `${significant(low, 2)} to ${significant(high, 2)}, ${colours}`;
}

/** The numbers behind what is in sight, a row a frame; of several networks each column is named after its own. */
export function numbersOf({ comparison, networks }: InSight): string {
  const shown = networks.flatMap(({ signals, ...rest }) => (signals ? [{ ...rest, signals }] : []));
  const columns = shown.flatMap(({ run, signals, course, attention }) => {
    const of = shown.length > 1 ? `${run.cell} ` : '';
    const { frames, units, values } = signals;
    // Of a long clip the course has fewer ends than there are frames.
    const probabilities = comparison.classes.map((label, index) => ({
      name: `${of}p(${label})`,
      at: (frame: number) => course?.probabilities[index][course.ends.indexOf(frame + 1)] ?? null,
    }));
    const inside = [...values].flatMap(([name, all]) =>
      Array.from({ length: units }, (_, unit) => ({
        name: `${of}${name}_${unit}`,
        at: (frame: number) => (frame < frames ? all[frame * units + unit] : null),
      })),
    );
    const listened = { name: `${of}attention`, at: (frame: number) => attention?.weights[frame] ?? null };
    return [...(course ? probabilities : []), ...(attention ? [listened] : []), ...inside];
  });
  const { start, hop } = shown[0]?.signals ?? { start: 0, hop: 0 };
  const frames = Math.max(0, ...shown.map(({ signals }) => signals.frames));
  return csvOf(
    ['time_s', ...columns.map(({ name }) => name)],
    Array.from({ length: frames }, (_, frame) => [
      (start + frame * hop).toFixed(6),
      ...columns.map(({ at }) => at(frame)),
    ]),
  );
}
