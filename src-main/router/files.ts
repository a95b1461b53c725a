import { HarkError } from '#shared/domain/errors.ts';
import { guessFolder } from '#main/datasets/guess.ts';
import { listFolder } from '#main/lab/folders.ts';
import { os } from './implementer.ts';
import type { Services } from './services.ts';

export function filesRoom({ lab, host }: Services) {
  return {
    choose: os.files.choose.handler(({ input }) => {
      if (!host.choosePath) throw new HarkError('unavailable', 'There is no dialog of the system’s own here.');
      return host.choosePath(input.kind);
    }),
    list: os.files.list.handler(({ input }) => listFolder(input.path)),
    guess: os.files.guess.handler(({ input }) => guessFolder(lab.store, input.path)),
    show: os.files.show.handler(async ({ input }) => {
      if (!host.showInFolder)
        throw new HarkError('unavailable', 'Hark cannot open a folder from the browser.', {
          where: input.path,
          remedy: 'Open it yourself; its path can be copied.',
        });
      await host.showInFolder(input.path);
      return {};
    }),
  };
}
