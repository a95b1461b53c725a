import { keepEdits } from '#main/lab/edits.ts';
import { splitClip } from '#main/lab/splitting.ts';
import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { editClips } from './edit-clips.ts';

export function editHandlers(services: Services) {
  const { lab, changes } = services;
  const changed = () => changes.tell('studio', 'clips', 'datasets', 'comparisons', 'history');
  return {
    edit: os.studio.edit.handler(async ({ input, signal }) => {
      const done = await editClips(services, input.clips, input.edit, signal);
      if (done.done > 0) changed();
      return done;
    }),
    keepEdits: os.studio.keepEdits.handler(({ input }) => {
      keepEdits(lab.store, input.clip, input.count);
      changed();
      return {};
    }),
    split: os.studio.split.handler(({ input }) => {
      const clips = splitClip(lab.store, input.clip, input.parts);
      changed();
      return { clips };
    }),
  };
}
