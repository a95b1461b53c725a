import { studioClip } from '#main/lab/studio-clip.ts';
import { os } from '../implementer.ts';
import type { Services } from '../services.ts';

export function clipHandlers({ lab }: Services) {
  return {
    open: os.studio.open.handler(({ input }) => studioClip(lab.store, input.clip)),
  };
}
