import { os } from '../implementer.ts';
import type { Services } from '../services.ts';

export function soundHandlers({ sounds, findSounds, exportSounds }: Services) {
  const { studio } = os;
  return {
    copy: studio.copy.handler(({ input: { clip, ...span } }) => sounds.keep(clip, span)),
    findSounds: studio.findSounds.handler(({ input: { clip, ...options }, signal }) =>
      findSounds(clip, options, signal),
    ),
    export: studio.export.handler(({ input, signal }) => exportSounds(input, signal)),
  };
}
