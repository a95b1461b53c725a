import { HarkError } from '#shared/domain/errors.ts';
import type { Os } from './os.ts';
import type { FakeState } from './state.ts';

/** A made tree of folders; a name with an ending is a file. */
const TREE: Record<string, string[]> = {
  '/': ['home', 'media'],
  '/home': ['ada'],
  '/home/ada': ['Desktop', 'Documents', 'recordings', 'empty folder', 'locked'],
  '/home/ada/Desktop': [],
  '/home/ada/Documents': ['thesis'],
  '/home/ada/Documents/thesis': [],
  '/home/ada/empty folder': [],
  '/home/ada/recordings': ['free-spoken-digit-dataset', 'my words', 'speech_commands_v0.02', 'manifest.csv'],
  '/home/ada/recordings/free-spoken-digit-dataset': ['recordings'],
  '/home/ada/recordings/free-spoken-digit-dataset/recordings': [],
  '/home/ada/recordings/my words': ['left', 'right', 'stop', 'go'],
  '/home/ada/recordings/my words/left': [],
  '/home/ada/recordings/my words/right': [],
  '/home/ada/recordings/my words/stop': [],
  '/home/ada/recordings/my words/go': [],
  '/home/ada/recordings/speech_commands_v0.02': [
    '_background_noise_',
    ...'backward bed bird cat dog down eight five'.split(' '),
  ],
  '/media': ['disk'],
  '/media/disk': [],
};
const join = (folder: string, name: string) => (folder === '/' ? `/${name}` : `${folder}/${name}`);
const parentOf = (path: string) => (path === '/' ? null : path.slice(0, path.lastIndexOf('/')) || '/');

export function filesCalls(os: Os, state: FakeState) {
  return {
    choose: os.files.choose.handler(() => (state.options.nativeDialogs ? '/home/ada/recordings/my words' : null)),
    list: os.files.list.handler(async ({ input }) => {
      await state.options.listing;
      const path = input.path?.replace(/(.)\/+$/, '$1') ?? '/home/ada';
      if (path === '/home/ada/locked')
        throw new HarkError('unavailable', 'This folder may not be read.', {
          where: path,
          remedy: 'Ask its owner for the right to read it.',
        });
      const names = TREE[path];
      if (!names)
        throw new HarkError('not-found', 'There is no such folder.', {
          where: path,
          remedy: 'Check the spelling of the path.',
        });
      return {
        path,
        parent: parentOf(path),
        entries: names.map((name) => ({ name, path: join(path, name), folder: !name.endsWith('.csv') })),
        places: [
          { name: 'Home', path: '/home/ada' },
          { name: 'Desktop', path: '/home/ada/Desktop' },
          { name: 'disk', path: '/media/disk' },
          { name: 'Computer', path: '/' },
        ],
      };
    }),
    guess: os.files.guess.handler(({ input }) => {
      // As real ones do, it answers where the folder really lies.
      const path = input.path.replace(/(.)\/+$/, '$1');
      const name = path.split('/').at(-1)!;
      const folder = {
        layout: 'folder' as const,
        reason: 'It holds 4 folders with sound files; each would be a class.',
      };
      const layouts = {
        '/home/ada/recordings/my words': [folder],
        '/home/ada/recordings/manifest.csv': [
          { layout: 'csv' as const, reason: 'Its header names the columns path and label.' },
        ],
        '/home/ada/recordings/speech_commands_v0.02': [
          {
            layout: 'speech-commands' as const,
            reason: 'It has testing_list.txt, validation_list.txt and _background_noise_.',
          },
          { ...folder, reason: 'It holds 35 folders with sound files; each would be a class.' },
        ],
        '/home/ada/recordings/free-spoken-digit-dataset/recordings': [
          { layout: 'fsdd' as const, reason: '3000 of 3000 files are named {digit}_{speaker}_{index}.wav.' },
        ],
      }[path];
      return {
        path,
        name,
        layouts: layouts ?? [],
        soundFiles: layouts ? 2400 : 0,
        dataset: state.datasets.find(({ summary, removed }) => summary.root === path && !removed)?.summary.id ?? null,
      };
    }),
    show: os.files.show.handler(() => ({})),
  };
}
