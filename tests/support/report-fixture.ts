import type { MatrixView } from '#shared/contract/compare.ts';
import {
  ComparisonSpec,
  type CellSummary,
  type ComparisonSpecInput,
  type ComparisonView,
  type PairedTest,
} from '#shared/domain/comparison.ts';
import { defaultFeatureSpec } from '#shared/domain/feature-spec.ts';
import { CELL_NAMES, countParameters, type Cell } from '#shared/domain/model-spec.ts';
import type { EpochRecord, RunView, TestResult } from '#shared/domain/run.ts';
import { describeSplit } from '#shared/domain/split.ts';
import { Random } from '#shared/math/random.ts';
import type { MonoSound, PredictionRow, ReportSource } from '#main/reports/source.ts';
import { HarkError } from '#shared/domain/errors.ts';

export interface FixtureOptions {
  name?: string;
  dataset?: string;
  cells?: Cell[];
  seeds?: number[];
  classes?: string[];
  /** Test clips of each class. */
  perClass?: number;
  /** Chance of a wrong answer, by cell. */
  errorRate?: Partial<Record<Cell, number>>;
  speakers?: string[] | null;
  leaks?: string | null;
  labelsChanged?: number;
  clipsEdited?: number;
  editsChanged?: number;
  /** No run tested yet. */
  untested?: boolean;
  /** Clips every run gets wrong in the same way. */
  wrongLabels?: number;
  /** Clips whose file is gone. */
  missing?: number[];
  validation?: boolean;
  seconds?: number;
  epochs?: number;
  model?: Partial<ComparisonSpecInput['model']>;
}

export const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
export const THIRTY_FIVE = ['backward', 'bed', 'bird', 'cat', 'dog', 'down', 'eight', 'five', 'follow', 'forward', 'four', 'go', 'happy', 'house', 'learn', 'left', 'marvin', 'nine', 'no', 'off', 'on', 'one', 'right', 'seven', 'sheila', 'six', 'stop', 'three', 'tree', 'two', 'up', 'visual', 'wow', 'yes', 'zero']; // prettier-ignore

const Z = 1.959964;
function wilson(right: number, of: number): [number, number] {
  if (of === 0) return [0, 1];
  const share = right / of;
  const centre = (share + (Z * Z) / (2 * of)) / (1 + (Z * Z) / of);
  const half = (Z / (1 + (Z * Z) / of)) * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return [Math.max(0, centre - half), share === 1 ? 1 : Math.min(1, centre + half)];
}

/** Two-sided binomial test of `few` in `of` at one half. */
function mcnemar(a: number, b: number): number {
  const of = a + b;
  let term = 0.5 ** of;
  let sum = 0;
  for (let k = 0; k <= Math.min(a, b); k++) {
    sum += term;
    term *= (of - k) / (k + 1);
  }
  return Math.min(1, 2 * sum);
}

/** A made-up comparison with everything a report asks for; the same options give the same one. */
export function reportSource(options: FixtureOptions = {}): ReportSource {
  const {
    cells = ['rnn', 'lstm', 'gru'],
    seeds = [0],
    classes = DIGITS,
    perClass = 30,
    errorRate = {},
    speakers = ['george', 'jackson', 'lucas', 'nicolas', 'theo', 'yweweler'],
    leaks = null,
    untested = false,
    wrongLabels = 2,
    validation = true,
    seconds = 0.45,
    epochs = 15,
  } = options;
  const rates: Record<Cell, number> = { rnn: 0.06, lstm: 0.015, gru: 0.02, dnn: 0.2, ...errorRate };
  const datasetName = options.dataset ?? 'Free Spoken Digits';
  const spec = ComparisonSpec.parse({
    dataset: 1,
    cells,
    seeds,
    split: { by: 'official' },
    features: defaultFeatureSpec(8000),
    model: { hiddenSize: 128, dropout: 0.2, ...options.model },
    training: { epochs },
  });
  const clips = classes.flatMap((label, index) =>
    Array.from({ length: perClass }, (_, take) => ({
      clip: index * perClass + take + 1,
      file: `recordings/${label}_${speakers?.[take % speakers.length] ?? 'x'}_${take}.wav`,
      speaker: speakers?.[take % speakers.length] ?? null,
      truth: index,
    })),
  );
  const testClips = clips.length;

  const answer = (
    cell: Cell,
    seed: number,
    clip: (typeof clips)[number],
  ): { said: number; probabilities: number[] } => {
    const random = new Random(seed, cell, clip.clip);
    const marked = clip.clip <= wrongLabels * perClass && clip.clip % perClass === 1 && rates[cell] > 0;
    const wrong = marked || random.uniform() < rates[cell];
    const neighbour =
      (clip.truth + (random.uniform() < 0.6 || marked ? 1 : 1 + random.below(Math.max(1, classes.length - 1)))) %
      classes.length;
    const said = wrong ? neighbour : clip.truth;
    const sure = (wrong ? 0.5 : 0.9) + 0.1 * random.uniform();
    const probabilities = classes.map((_, index) =>
      index === said ? sure : (1 - sure) / Math.max(1, classes.length - 1),
    );
    return { said, probabilities };
  };

  const matrixOf = (cell: Cell, ofSeeds: number[]): MatrixView => {
    const counts = classes.map(() => classes.map(() => 0));
    for (const seed of ofSeeds) for (const clip of clips) counts[clip.truth][answer(cell, seed, clip).said]++;
    return { cell, seed: ofSeeds.length === 1 ? ofSeeds[0] : null, classes, counts, clips: testClips * ofSeeds.length };
  };
  const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

  const resultOf = (cell: Cell, seed: number): TestResult => {
    const { counts: confusion } = matrixOf(cell, [seed]);
    const columns = classes.map((_, p) => confusion.reduce((sum, row) => sum + row[p], 0));
    const precision = classes.map((_, c) => ratio(confusion[c][c], columns[c]));
    const recall = classes.map((_, c) => ratio(confusion[c][c], perClass));
    const f1 = classes.map((_, c) => ratio(2 * precision[c] * recall[c], precision[c] + recall[c]));
    const right = confusion.reduce((sum, row, c) => sum + row[c], 0);
    return {
      testClips,
      testLoss: 0.1,
      testAccuracy: ratio(right, testClips),
      interval: wilson(right, testClips),
      macroF1: f1.reduce((sum, value) => sum + value, 0) / classes.length,
      classes,
      confusion,
      precision,
      recall,
      f1,
      bestEpoch: Math.min(epochs, 12),
      epochs,
      epochSeconds: 1.3,
      trainSeconds: 1.3 * epochs,
      inferenceMs: { p50: 0.412, p95: 0.71 },
      inferenceClips: 200,
      peakMemoryMB: 412.4,
    };
  };

  const speed: Record<Cell, number> = { rnn: 0.25, lstm: 0.45, gru: 0.55, dnn: 0.7 };
  const epochsOf = (cell: Cell, seed: number): EpochRecord[] =>
    Array.from({ length: epochs }, (_, index) => {
      const random = new Random(seed, cell, 'epoch', index);
      const learnt = 1 - Math.exp(-speed[cell] * (index + 1));
      const ceiling = 1 - rates[cell];
      const noise = () => 0.01 * (random.uniform() - 0.5);
      return {
        epoch: index + 1,
        trainLoss: 2.3 * (1 - learnt) + 0.02,
        trainAccuracy: Math.min(1, 0.1 + 0.9 * learnt + noise()),
        validationLoss: validation ? 2.3 * (1 - learnt) + 0.1 + 0.3 * (1 - ceiling) + 2 * noise() : null,
        validationAccuracy: validation ? Math.min(1, 0.1 + (ceiling - 0.1) * learnt + noise()) : null,
        learningRate: 2e-3,
        gradientNorm: 0.8,
        clippedShare: 0.1,
        gradientNorms: { p10: 0.5, p90: 1.1, max: 1.4, after: 0.8 },
        seconds: { rnn: 0.8, lstm: 1.6, gru: 1.4, dnn: 0.3 }[cell],
        clipsPerSecond: 1500,
      };
    });

  const model = (cell: Cell) => ({ ...spec.model, cell });
  const parameters = (cell: Cell) => countParameters(model(cell), 40, classes.length);
  const runs: RunView[] = cells.flatMap((cell, c) =>
    seeds.map((seed, s) => ({
      id: c * seeds.length + s + 1,
      comparison: 7,
      cell,
      seed,
      state: untested ? 'waiting' : 'done',
      model: model(cell),
      training: { ...spec.training, seed },
      parameters: parameters(cell),
      epochs: untested ? [] : epochsOf(cell, seed),
      progress: null,
      resumes: 0,
      result: untested ? null : resultOf(cell, seed),
      error: null,
    })),
  );
  const tested = runs.filter((run) => run.result !== null);

  const summary = (untested ? [] : cells).map((cell): CellSummary => {
    const results = seeds.map((seed) => resultOf(cell, seed));
    const average = (pick: (result: TestResult) => number) =>
      results.reduce((sum, r) => sum + pick(r), 0) / results.length;
    const accuracy = average((r) => r.testAccuracy);
    return {
      cell,
      runs: seeds.length,
      hiddenSize: spec.model.hiddenSize,
      parameters: parameters(cell),
      testClips,
      accuracy,
      interval: wilson(accuracy * testClips, testClips),
      intervalMethod: seeds.length > 1 ? 'bootstrap over seeds and clips' : 'Wilson over clips',
      seedDeviation:
        seeds.length > 1
          ? Math.sqrt(average((r) => (r.testAccuracy - accuracy) ** 2) * (seeds.length / (seeds.length - 1)))
          : null,
      macroF1: average((r) => r.macroF1),
      epochSeconds: average((r) => r.epochSeconds),
      inferenceMs: { p50: 0.412, p95: 0.71 },
      peakMemoryMB: 412.4,
      bestEpoch: average((r) => r.bestEpoch),
    };
  });

  const pairs = (untested ? [] : cells).flatMap((a, index) => cells.slice(index + 1).map((b) => ({ a, b })));
  const tests = pairs.map(({ a, b }): PairedTest => {
    let [onlyA, onlyB] = [0, 0];
    for (const seed of seeds)
      for (const clip of clips) {
        const rightA = answer(a, seed, clip).said === clip.truth;
        const rightB = answer(b, seed, clip).said === clip.truth;
        if (rightA && !rightB) onlyA++;
        if (rightB && !rightA) onlyB++;
      }
    const p = mcnemar(onlyA, onlyB);
    const pHolm = Math.min(1, p * pairs.length);
    const words =
      pHolm < 0.05
        ? `${CELL_NAMES[onlyA > onlyB ? a : b]} did better; chance alone would rarely do this.`
        : `The difference between ${CELL_NAMES[a]} and ${CELL_NAMES[b]} could be chance: p = ${Number(p.toPrecision(2))}.`;
    return { a, b, p, pHolm, onlyA, onlyB, clips: testClips, words };
  });

  const comparison: ComparisonView = {
    id: 7,
    name: options.name ?? 'RNN, LSTM and GRU on spoken digits',
    tags: [],
    pinned: false,
    createdAt: '2025-03-04T10:11:12.000Z',
    state: untested ? 'preparing' : 'done',
    error: null,
    spec,
    dataset: { id: 1, name: datasetName },
    split: {
      train: 8 * testClips,
      validation: validation ? testClips : 0,
      test: testClips,
      leaks: leaks === null ? 0 : 6,
      leakNote: leaks,
    },
    splitWords: describeSplit(spec.split),
    classes,
    backend: 'native (avx2)',
    skipped: [],
    preparing: null,
    secondsLeft: null,
    secondsSpent: 83,
    runs,
    summary,
    tests,
    labelsChanged: options.labelsChanged ?? 0,
    clipsEdited: options.clipsEdited ?? 0,
    editsChanged: options.editsChanged ?? 0,
  };

  return {
    comparison,
    dataset: {
      id: 1,
      name: datasetName,
      layout: 'fsdd',
      root: '/home/student/recordings',
      createdAt: '2025-03-01T09:00:00.000Z',
      state: 'ready',
      clips: 10 * testClips,
      classes: classes.length,
      speakers: speakers?.length ?? 0,
      seconds: 4.4 * testClips,
      sampleRates: [8000],
      skipped: 0,
      missing: 0,
      official: true,
      folds: [],
    },
    statistics: {
      dataset: 1,
      clips: 10 * testClips,
      seconds: 4.4 * testClips,
      classes: classes.map((name, index) => ({ name, clips: 10 * perClass + (index % 3), seconds: 4.4 * perClass })),
      speakers: (speakers ?? []).map((name) => ({ name, clips: 50, seconds: 22 })),
      sampleRates: [{ sampleRate: 8000, clips: 10 * testClips }],
      durations: {
        edges: Array.from({ length: 21 }, (_, i) => Number((0.15 + i * 0.1).toFixed(2))),
        counts: Array.from({ length: 20 }, (_, i) => Math.round(10 * testClips * 0.25 * Math.exp(-((i - 4) ** 2) / 5))),
        min: 0.15,
        median: 0.43,
        max: 2.28,
      },
      duplicates: [],
      backgrounds: [],
    },
    doctor: {
      hark: '0.1.0',
      backend: 'native',
      instructionSet: 'avx2',
      threads: 2,
      unavailable: [],
      versions: { node: '24.21.0', '@tensorflow/tfjs-core': '4.22.0' },
      platform: 'linux x64',
      cores: 2,
      memoryMB: 7950,
      electron: 'not in use',
      lab: '/home/student/lab',
    },
    matrices: (seed) => (untested ? [] : cells.map((cell) => matrixOf(cell, seed === null ? seeds : [seed]))),
    mistakes: () =>
      clips
        .map(({ clip, file, speaker, truth }) => ({
          clip,
          file,
          speaker,
          truth: classes[truth],
          says: tested.map(({ id, cell, seed }) => {
            const { said, probabilities } = answer(cell, seed, clips[clip - 1]);
            return {
              run: id,
              cell,
              seed,
              label: classes[said],
              probabilities: classes.map((label, index) => ({ label, probability: probabilities[index] })),
            };
          }),
        }))
        .filter(({ truth, says }) => says.some((said) => said.label !== truth)),
    *predictionsCsvRows(): Iterable<PredictionRow> {
      for (const { id, cell, seed } of tested)
        for (const { clip, file, speaker, truth } of clips) {
          const { said, probabilities } = answer(cell, seed, clips[clip - 1]);
          yield {
            run: id,
            cell,
            seed,
            clip,
            file,
            speaker,
            truth: classes[truth],
            predicted: classes[said],
            probabilities,
          };
        }
    },
    audio: (clip): Promise<MonoSound> =>
      options.missing?.includes(clip)
        ? Promise.reject(new HarkError('not-found', 'The file is no longer there.', { where: `clip ${clip}` }))
        : Promise.resolve(chirp(clip, seconds)),
  };
}

/** A voice-like sound: a gliding pulse train through two moving resonances, 8 kHz. */
function chirp(clip: number, seconds: number): MonoSound {
  const sampleRate = 8000;
  const random = new Random(clip, 'sound');
  const [pitch, first, second] = [random.between(90, 200), random.between(300, 800), random.between(1000, 2500)];
  let phase = 0;
  const length = Math.round(seconds * sampleRate);
  const samples = Float32Array.from({ length }, (_, n) => {
    const t = n / length;
    phase += (2 * Math.PI * pitch * (1.2 - 0.4 * t)) / sampleRate;
    let value = 0;
    for (let k = 1; k * pitch < 3600; k++) {
      const hz = k * pitch;
      const gain =
        Math.exp(-(((hz - first * (1 + 0.5 * t)) / 180) ** 2)) +
        0.5 * Math.exp(-(((hz - second * (1 - 0.3 * t)) / 250) ** 2));
      value += gain * Math.sin(k * phase);
    }
    return Math.sin(Math.PI * t) * (0.2 * value + 0.01 * (random.uniform() - 0.5));
  });
  return { samples, sampleRate };
}
