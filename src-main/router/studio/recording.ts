import { takeBackRecording } from '#main/lab/recordings.ts';
import { os } from '../implementer.ts';
import type { Services } from '../services.ts';

export function recordingRoom({ lab, recordings, changes }: Services) {
  const { recording } = os;
  return {
    begin: recording.begin.handler(({ input }) => ({ take: recordings.begin(input) })),
    append: recording.append.handler(async ({ input }) => {
      recordings.append(input.take, input.at, new Uint8Array(await input.samples.arrayBuffer()));
      return {};
    }),
    keep: recording.keep.handler(async ({ input }) => {
      const kept = await recordings.keep(input);
      changes.tell('datasets', 'clips', 'history', 'studio');
      return kept;
    }),
    discard: recording.discard.handler(async ({ input }) => {
      await recordings.discard(input.take);
      return {};
    }),
    takeBack: recording.takeBack.handler(({ input }) => {
      takeBackRecording(lab.store, input.clip);
      changes.tell('datasets', 'clips', 'history', 'studio');
      return {};
    }),
    left: recording.left.handler(() => recordings.left()),
  };
}
