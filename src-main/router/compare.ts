import { os, told } from './implementer.ts';
import type { Services } from './services.ts';

export function compareRoom({ comparisons }: Services) {
  const { compare } = os;
  return {
    defaults: compare.defaults.handler(({ input }) => comparisons.defaults(input.dataset)),
    preview: compare.preview.handler(({ input }) => comparisons.preview(input)),
    start: compare.start.handler(({ input }) => comparisons.start(input)),
    list: compare.list.handler(() => comparisons.list()),
    get: compare.get.handler(({ input }) => comparisons.view(input.comparison)),
    watch: compare.watch.handler(({ input, signal }) => told(comparisons.watch(input.comparison, signal))),
    pause: compare.pause.handler(({ input }) => {
      comparisons.pause(input.comparison);
      return {};
    }),
    resume: compare.resume.handler(({ input }) => {
      comparisons.resume(input.comparison);
      return {};
    }),
    stop: compare.stop.handler(async ({ input }) => {
      await comparisons.stop(input.comparison);
      return {};
    }),
    update: compare.update.handler(({ input: { comparison, ...changes } }) => {
      comparisons.update(comparison, changes);
      return {};
    }),
    remove: compare.remove.handler(async ({ input }) => {
      await comparisons.remove(input.comparison);
      return {};
    }),
    matrices: compare.matrices.handler(({ input }) => comparisons.matrices(input.comparison, input.seed)),
    cellClips: compare.cellClips.handler(({ input: { comparison, ...query } }) =>
      comparisons.cellClips(comparison, query),
    ),
    predictions: compare.predictions.handler(({ input }) => comparisons.predictions(input.comparison, input.clip)),
    diff: compare.diff.handler(({ input }) => comparisons.diff(input.comparisons)),
  };
}
