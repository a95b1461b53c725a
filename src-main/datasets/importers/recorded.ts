import { HarkError } from '#shared/domain/errors.ts';
import type { Importer } from './importer.ts';

/** What was recorded in the lab becomes clips as it is kept: there is nothing to import. */
export const recorded: Importer = {
  layout: 'recorded',
  looks: 'the folder a lab keeps its recordings in',
  match: () => null,
  open(look) {
    throw new HarkError('bad-input', 'These recordings were made in a lab, and are in it already.', {
      where: look.path,
      remedy: 'To have them elsewhere too, copy the files into a folder per class and import that.',
    });
  },
};
