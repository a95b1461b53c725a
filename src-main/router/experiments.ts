import { os } from './implementer.ts';
import type { Services } from './services.ts';

export function experimentsRoom({ sweeps, tradeOffs, advice }: Services) {
  const { experiments } = os;
  return {
    defaults: experiments.defaults.handler(({ input }) => sweeps.defaults(input.dataset, input.factor)),
    preview: experiments.preview.handler(({ input }) => sweeps.preview(input)),
    start: experiments.start.handler(({ input }) => sweeps.start(input)),
    list: experiments.list.handler(() => sweeps.list()),
    get: experiments.get.handler(({ input }) => sweeps.view(input.sweep)),
    pause: experiments.pause.handler(({ input }) => {
      sweeps.pause(input.sweep);
      return {};
    }),
    resume: experiments.resume.handler(({ input }) => {
      sweeps.resume(input.sweep);
      return {};
    }),
    stop: experiments.stop.handler(async ({ input }) => {
      await sweeps.stop(input.sweep);
      return {};
    }),
    rename: experiments.rename.handler(({ input }) => {
      sweeps.rename(input.sweep, input.name);
      return {};
    }),
    remove: experiments.remove.handler(async ({ input }) => {
      await sweeps.remove(input.sweep);
      return {};
    }),
    tradeOffs: experiments.tradeOffs.handler(({ input }) => tradeOffs(input.dataset)),
    advice: experiments.advice.handler(({ input }) => advice(input.dataset)),
  };
}
