import { os, told } from './implementer.ts';
import type { Services } from './services.ts';
import { working } from './working.ts';

export function inspectRoom({ comparisons, inspections, maps, likes }: Services) {
  const { inspect } = os;
  return {
    wake: inspect.wake.handler(() => {
      inspections.wake();
      return {};
    }),
    clips: inspect.clips.handler(({ input }) => comparisons.testedClips(input.comparison, input.seed)),
    attention: inspect.attention.handler(({ input: { run, clip }, signal }) =>
      inspections.attention(run, clip, signal),
    ),
    gradients: inspect.gradients.handler(({ input: { run, clip, ...options }, signal }) =>
      inspections.gradients(run, clip, options, signal),
    ),
    training: inspect.training.handler(({ input }) => comparisons.probes(input.comparison, input.seed)),
    trainingGradients: inspect.trainingGradients.handler(({ input }) =>
      comparisons.probeGradients(input.comparison, input.seed, input.epoch),
    ),
    occlude: inspect.occlude.handler(async ({ input: { run, clip, boxes }, signal }) => ({
      probabilities: await inspections.occlusion(run, clip, boxes, signal),
    })),
    map: inspect.map.handler(({ input, signal }) => told(working((options) => maps.make(input, options), signal))),
    likes: inspect.likes.handler(({ input, signal }) => told(working((options) => likes.of(input, options), signal))),
  };
}
