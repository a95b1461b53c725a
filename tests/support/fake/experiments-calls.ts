import { FACTORS } from '#shared/domain/factors.ts';
import { featureSize } from '#shared/domain/feature-spec.ts';
import { countParameters } from '#shared/domain/model-spec.ts';
import type { Advice, TradeOff } from '#shared/domain/sweep.ts';
import { labelsOf, testClips, viewOf } from './comparisons.ts';
import type { Os } from './os.ts';
import type { FakeState } from './state.ts';
import { beginLevel, defaultSweep, epochsOf, nameOf, summaryOf, sweepView, type MadeSweep } from './sweeps.ts';

/** More units than the made machine has memory for. */
const TOO_MANY_UNITS = 2000;

/** Ablations whose networks are done one an `epochMs`, level after level. */
export function experimentsCalls({ experiments }: Os, state: FakeState) {
  const set = (id: number, changes: Partial<MadeSweep>) => {
    Object.assign(state.sweep(id), changes);
    state.changed('experiments', 'comparisons');
    return {};
  };
  return {
    defaults: experiments.defaults.handler(({ input }) => defaultSweep(state, input.dataset, input.factor)),
    preview: experiments.preview.handler(({ input: { factor, levels, base } }) => {
      const dataset = state.dataset(base.dataset);
      const { apply, words } = FACTORS[factor];
      return {
        levels: levels.map((value) => {
          const { model, features, cells } = apply(base, value);
          const sizes = cells.map((cell) => ({
            ...{ cell, hiddenSize: model.hiddenSize },
            parameters: countParameters({ ...model, cell }, featureSize(features), labelsOf(dataset).length),
          }));
          const error = model.hiddenSize > TOO_MANY_UNITS ? 'Its weights do not fit into memory.' : null;
          return { value, words: words(value), cells: sizes, error };
        }),
        runs: levels.length * base.cells.length * base.seeds.length,
        testClips: testClips({ dataset, spec: base }).length,
        warnings: base.seeds.length === 1 ? ['With one seed, what a level does cannot be told from luck.'] : [],
      };
    }),
    start: experiments.start.handler(({ input }) => {
      const sweep: MadeSweep = {
        ...{ id: Math.max(0, ...state.sweeps.map(({ id }) => id)) + 1, name: input.name ?? nameOf(input), spec: input },
        ...{
          createdAt: new Date().toISOString(),
          state: 'running',
          errors: {},
          comparisons: input.levels.map(() => null),
        },
      };
      state.sweeps.push(sweep);
      advance(state, sweep);
      return { sweep: sweep.id };
    }),
    list: experiments.list.handler(() => state.sweeps.map((sweep) => summaryOf(state, sweep)).reverse()),
    get: experiments.get.handler(({ input }) => sweepView(state, state.sweep(input.sweep))),
    pause: experiments.pause.handler(({ input }) => set(input.sweep, { state: 'paused' })),
    resume: experiments.resume.handler(({ input }) => {
      set(input.sweep, { state: 'running' });
      advance(state, state.sweep(input.sweep));
      return {};
    }),
    stop: experiments.stop.handler(({ input }) => set(input.sweep, { state: 'stopped' })),
    rename: experiments.rename.handler(({ input }) => set(input.sweep, { name: input.name })),
    remove: experiments.remove.handler(({ input }) => {
      const { comparisons } = state.sweep(input.sweep);
      state.sweeps = state.sweeps.filter(({ id }) => id !== input.sweep);
      state.comparisons = state.comparisons.filter(({ id }) => !comparisons.includes(id));
      state.changed('experiments', 'comparisons');
      return {};
    }),
    tradeOffs: experiments.tradeOffs.handler(({ input }) =>
      state.comparisons
        .filter(({ dataset }) => dataset === state.dataset(input.dataset))
        .flatMap((made): TradeOff[] => {
          const view = viewOf(made);
          return view.summary.map((row) => ({
            ...{ comparison: made.id, name: made.name, splitWords: view.splitWords, ...row },
            ...{ sweep: made.sweep?.id ?? null, level: made.sweep?.level ?? null },
            ...{ layers: made.spec.model.numLayers, bidirectional: made.spec.model.bidirectional },
          }));
        }),
    ),
    advice: experiments.advice.handler(({ input }) => madeAdvice(state, input.dataset)),
  };
}

/** One network an `epochMs`; the job tells of it. */
function advance(state: FakeState, sweep: MadeSweep): void {
  const id = `sweep-${sweep.id}`;
  const { levels, base } = sweep.spec;
  const total = epochsOf(sweep.spec) * levels.length;
  const each = base.seeds.length * base.training.epochs;
  const tell = () => {
    const { progress, secondsLeft } = sweepView(state, sweep);
    if (sweep.state === 'running')
      state.setJob({
        ...{ id, kind: 'sweep', title: sweep.name, state: 'running', done: progress.done, total, unit: 'epochs' },
        ...{ message: 'Training', secondsLeft, subject: sweep.id },
      });
    else state.dropJob(id);
    state.changed('experiments', 'comparisons');
  };
  const handAt = () => sweep.comparisons.findIndex((made) => made === null || state.comparison(made).state !== 'done');
  const points = () =>
    sweep.comparisons.flatMap((made) => (made === null ? [] : viewOf(state.comparison(made)).summary)).length;
  const first = handAt();
  const paused = sweep.comparisons[first];
  if (paused === null) beginLevel(state, sweep, first);
  else state.comparison(paused).state = 'training';
  tell();
  state.every(state.options.epochMs, (stop) => {
    const hand = handAt();
    if (!state.sweeps.includes(sweep) || sweep.state !== 'running' || hand < 0) {
      const made = state.comparisons.find((one) => one.id === sweep.comparisons[hand]);
      if (made && sweep.state === 'stopped') made.state = 'stopped';
      if (made && sweep.state === 'paused') made.state = 'paused';
      stop();
      return tell();
    }
    if (points() >= state.options.mostPoints) return;
    const made = state.comparison(sweep.comparisons[hand]!);
    made.epochsDone += each;
    if (made.epochsDone >= epochsOf(sweep.spec)) {
      made.state = 'done';
      if (hand + 1 < levels.length) beginLevel(state, sweep, hand + 1);
      else sweep.state = 'done';
    }
    tell();
  });
}

function madeAdvice(state: FakeState, id: number): Advice[] {
  const dataset = state.dataset(id);
  const done = state.comparisons.find((made) => made.dataset === dataset && made.state === 'done' && !made.sweep);
  const sweep = state.sweeps.find(({ spec, state: how }) => spec.base.dataset === id && how === 'done');
  const open: Advice = {
    ...{ id: 'layers', topic: 'size', asks: 'Is a second layer worth it?', strength: 'open', evidence: [] },
    says: 'Only networks of one layer have been tested here.',
    next: { factor: 'numLayers', words: 'Train one, two and three layers.' },
  };
  if (!done) return [open];
  return [
    {
      ...{ id: 'cell', topic: 'cell', asks: 'Which cell is best here?', strength: 'hint', next: null },
      says: 'LSTM has the highest accuracy, but GRU cannot be told from it.',
      evidence: [
        {
          kind: 'comparison',
          id: done.id,
          name: done.name,
          says: 'LSTM 98.1 %, GRU 97.8 % of 300 test clips, 2 seeds',
        },
        { kind: 'memory', id: null, name: 'Delayed recall', says: 'RNN holds to a distance of 10 frames, seed 0' },
      ],
    },
    ...(sweep
      ? [
          {
            ...{ id: 'size', topic: 'size', asks: 'How many units does it take?', strength: 'shown', next: null },
            says: '128 units do as well as 512.',
            evidence: [{ kind: 'sweep', id: sweep.id, name: sweep.name, says: 'p = 0.002 after Holm, 300 test clips' }],
          } satisfies Advice,
        ]
      : []),
    open,
  ];
}
