import type { TestedClip } from '#shared/contract/inspect.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { WalkProgress } from '#shared/domain/clip-map.ts';
import { labelsOf, predict, testClips, viewOf } from './comparisons.ts';
import { madeGradients, madeProbes } from './probes.ts';
import { madeLikes } from './likes.ts';
import { madeMap } from './maps.ts';
import type { Os } from './os.ts';
import type { FakeState } from './state.ts';

export function inspectCalls({ inspect }: Os, state: FakeState) {
  return {
    attention: inspect.attention.handler(() => ({ weights: [1], start: 0, hop: 0.01 })),
    gradients: inspect.gradients.handler(() => ({ loss: 0, layers: [], start: 0, hop: 0.01 })),
    occlude: inspect.occlude.handler(() => ({ probabilities: [] })),
    training: inspect.training.handler(({ input }) =>
      madeProbes(state.comparison(input.comparison), input.seed, state.probes),
    ),
    trainingGradients: inspect.trainingGradients.handler(({ input }) =>
      madeGradients(state.comparison(input.comparison), input.seed, input.epoch),
    ),
    map: inspect.map.handler(({ input }) =>
      walked(state, () => {
        const map = madeMap(state, input);
        state.maps.set(map.view.map, map.rows);
        return map.view;
      }),
    ),
    likes: inspect.likes.handler(({ input }) => walked(state, () => madeLikes(state, input))),
    wake: inspect.wake.handler(() => ({})),
    clips: inspect.clips.handler(({ input }) => {
      const made = state.comparison(input.comparison);
      const classes = labelsOf(made.dataset);
      const runs = viewOf(made).runs.filter(({ seed, result }) => result && seed === input.seed);
      return testClips(made).map((clip): TestedClip => {
        const { id, file, speaker, duration, missing, history } = clip;
        const said = runs.map(({ id: run, cell, seed }) => {
          const { label: predicted, probability } = predict(cell, seed, clip, classes, made.handicap)[0];
          return { run, cell, predicted, probability };
        });
        return { clip: id, file, speaker, duration, missing, truth: history[0].label, said };
      });
    }),
  };
}

/** Work through clips that takes as long as the lab is told. */
async function* walked<Result>(state: FakeState, result: () => Result) {
  const steps = 5;
  for (let done = 1; done <= steps; done++) {
    const progress: WalkProgress = { stage: 'network', done: 50 * done, total: 50 * steps };
    yield { kind: 'progress' as const, progress };
    await pause(state.options.walkMs / steps);
  }
  yield { kind: 'result' as const, result: result() };
}
