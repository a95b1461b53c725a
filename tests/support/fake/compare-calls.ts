import { countParameters, hiddenSizeForParameters } from '#shared/domain/model-spec.ts';
import { featureSize } from '#shared/domain/feature-spec.ts';
import { describeSplit } from '#shared/domain/split.ts';
import type { ComparisonSummary } from '#shared/domain/comparison.ts';
import type { CellClip } from '#shared/contract/compare.ts';
import { defaultSpec, labelsOf, predict, testClips, viewOf, type MadeComparison } from './comparisons.ts';
import type { Os } from './os.ts';
import type { FakeState } from './state.ts';

export function compareCalls(os: Os, state: FakeState) {
  const { compare, reports } = os;
  for (const made of state.comparisons) if (made.state === 'training') advance(state, made);
  return {
    compare: {
      defaults: compare.defaults.handler(({ input }) => defaultSpec(state.dataset(input.dataset))),
      preview: compare.preview.handler(({ input }) => {
        const dataset = state.dataset(input.dataset);
        const classes = labelsOf(dataset);
        const inputSize = featureSize(input.features);
        const target = countParameters({ ...input.model, cell: 'lstm' }, inputSize, classes.length);
        return {
          cells: input.cells.map((cell) => {
            const model = { ...input.model, cell };
            const hiddenSize =
              input.match === 'parameters'
                ? hiddenSizeForParameters(model, inputSize, classes.length, target)
                : model.hiddenSize;
            return {
              cell,
              hiddenSize,
              parameters: countParameters({ ...model, hiddenSize }, inputSize, classes.length),
            };
          }),
          split: { train: 2430, validation: 270, test: 300, leaks: 0, leakNote: null },
          classes,
          inputSize,
          warnings: input.training.learningRate > 0.1 ? ['This learning rate is very high; training may diverge.'] : [],
        };
      }),
      start: compare.start.handler(({ input }) => {
        const id = Math.max(0, ...state.comparisons.map((one) => one.id)) + 1;
        const dataset = state.dataset(input.dataset);
        const made: MadeComparison = {
          id,
          name: input.name ?? `Comparison ${id}`,
          tags: [],
          pinned: false,
          createdAt: new Date().toISOString(),
          state: 'preparing',
          error: null,
          spec: input,
          dataset,
          epochsDone: 0,
          preparing: { done: 0, total: dataset.clips.length },
        };
        state.comparisons = [made, ...state.comparisons];
        advance(state, made);
        state.changed('comparisons');
        return { comparison: id };
      }),
      list: compare.list.handler(() => state.comparisons.map(summaryOf)),
      get: compare.get.handler(({ input }) => viewOf(state.comparison(input.comparison))),
      watch: compare.watch.handler(async function* ({ input, signal }) {
        const changes = state.changes.subscribe(signal);
        for (;;) {
          const view = viewOf(state.comparison(input.comparison));
          yield view;
          if (['done', 'stopped', 'failed'].includes(view.state)) return;
          let next;
          do next = await changes.next();
          while (!next.done && !next.value.topics.includes('comparisons'));
          if (next.done) return;
        }
      }),
      pause: compare.pause.handler(({ input }) => set(state, input.comparison, { state: 'paused' })),
      resume: compare.resume.handler(({ input }) => {
        const made = state.comparison(input.comparison);
        set(state, made.id, { state: 'training', error: null });
        advance(state, made);
        return {};
      }),
      stop: compare.stop.handler(({ input }) => set(state, input.comparison, { state: 'stopped' })),
      update: compare.update.handler(({ input: { comparison, ...changes } }) => set(state, comparison, changes)),
      remove: compare.remove.handler(({ input }) => {
        state.comparisons = state.comparisons.filter(({ id }) => id !== input.comparison);
        state.changed('comparisons');
        return {};
      }),
      matrices: compare.matrices.handler(({ input }) => {
        const view = viewOf(state.comparison(input.comparison));
        return view.spec.cells.flatMap((cell) => {
          const results = view.runs
            .filter((run) => run.cell === cell && run.result && (input.seed === null || run.seed === input.seed))
            .map((run) => run.result!.confusion);
          if (results.length === 0) return [];
          const counts = results[0].map((row, i) =>
            row.map((_, j) => results.reduce((sum, one) => sum + one[i][j], 0)),
          );
          return [
            { cell, seed: input.seed, classes: view.classes, counts, clips: counts.flat().reduce((a, b) => a + b, 0) },
          ];
        });
      }),
      cellClips: compare.cellClips.handler(({ input }) => {
        const made = state.comparison(input.comparison);
        const classes = labelsOf(made.dataset);
        const seeds = input.seed === null ? made.spec.seeds : [input.seed];
        return testClips(made).flatMap((clip): CellClip[] => {
          const truth = clip.history[0].label;
          if (input.truth !== null && truth !== input.truth) return [];
          const said = seeds.map((seed) => ({ seed, ...predict(input.cell, seed, clip, classes, made.handicap)[0] }));
          const meant = said.filter(({ label }) =>
            input.predicted === null ? label !== truth : label === input.predicted,
          );
          if (meant.length === 0) return [];
          const { id, file, speaker, duration, label, missing } = clip;
          const probability = meant.reduce((sum, one) => sum + one.probability, 0) / meant.length;
          return [
            {
              clip: id,
              file,
              speaker,
              duration,
              truth,
              label,
              missing,
              predicted: meant[0].label,
              probability,
              seeds: meant.map(({ seed }) => seed),
            },
          ];
        });
      }),
      predictions: compare.predictions.handler(({ input }) => {
        const made = state.comparison(input.comparison);
        const { clip } = state.clip(input.clip);
        const classes = labelsOf(made.dataset);
        return viewOf(made)
          .runs.filter(({ result }) => result)
          .map(({ id, cell, seed }) => {
            const probabilities = predict(cell, seed, clip, classes, made.handicap);
            return { run: id, cell, seed, label: probabilities[0].label, probabilities };
          });
      }),
      diff: compare.diff.handler(({ input }) => {
        const all = input.comparisons.map((id) => flat(state.comparison(id).spec));
        const settings = [...new Set(all.flatMap((one) => Object.keys(one)))];
        return settings
          .map((setting) => ({ setting, values: all.map((one) => one[setting] ?? null) }))
          .filter(({ values }) => new Set(values).size > 1);
      }),
    },
    reports: {
      export: reports.export.handler(({ input }) => {
        const files = input.formats.map((format) => ({
          comparison: input.comparison,
          format,
          path: `${input.folder ?? '/home/ada/Hark lab/reports'}/comparison-${input.comparison}.${format}`,
          name: `comparison-${input.comparison}.${format}`,
          bytes: { html: 4_812_345, pdf: 312_044, md: 9_120, csv: 88_410 }[format],
          createdAt: new Date().toISOString(),
        }));
        state.reports.unshift(...files);
        state.changed('reports');
        return { files };
      }),
      list: reports.list.handler(() => state.reports),
    },
  };
}

function set(state: FakeState, id: number, changes: Partial<MadeComparison>): Record<string, never> {
  Object.assign(state.comparison(id), changes);
  state.changed('comparisons');
  return {};
}

/** Lets a comparison go on: features first, then one epoch after the other, until it is done or told to rest. */
function advance(state: FakeState, made: MadeComparison): void {
  const jobId = `compare-${made.id}`;
  const total = made.spec.cells.length * made.spec.seeds.length * made.spec.training.epochs;
  const job = { id: jobId, kind: 'compare' as const, title: made.name, total, unit: 'epochs', subject: made.id };
  const tell = () => {
    const going = made.state === 'training' || made.state === 'preparing';
    if (going)
      state.setJob({
        ...job,
        state: 'running',
        done: made.epochsDone,
        message: 'Training',
        secondsLeft: (total - made.epochsDone) * 2.2,
      });
    else state.dropJob(jobId);
    state.changed('comparisons');
  };
  tell();
  state.every(made.preparing ? Math.min(300, state.options.epochMs) : state.options.epochMs, (stop) => {
    if (!state.comparisons.includes(made) || !['training', 'preparing'].includes(made.state)) {
      stop();
      return tell();
    }
    if (made.preparing) {
      made.preparing.done = Math.min(made.preparing.total, made.preparing.done + made.preparing.total / 4);
      if (made.preparing.done === made.preparing.total) Object.assign(made, { preparing: null, state: 'training' });
    } else made.epochsDone++;
    if (made.epochsDone >= total) made.state = 'done';
    tell();
  });
}

function summaryOf(made: MadeComparison): ComparisonSummary {
  const { id, name, tags, pinned, createdAt, state, spec, dataset } = made;
  return {
    id,
    name,
    tags,
    pinned,
    dataset: dataset.summary.id,
    datasetName: dataset.summary.name,
    createdAt,
    state,
    cells: spec.cells,
    seeds: spec.seeds,
    splitWords: describeSplit(spec.split),
    sweep: made.sweep ?? null,
    accuracy: viewOf(made).summary.map(({ cell, accuracy, runs }) => ({ cell, mean: accuracy, runs })),
  };
}

/** `training.learningRate` -> "0.002" */
function flat(value: unknown, path = ''): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { [path]: String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => flat(inner, path ? `${path}.${key}` : key)),
  ) as Record<string, string>;
}
