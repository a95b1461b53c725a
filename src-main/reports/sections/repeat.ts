import type { Facts } from '../facts.ts';
import { seedWords } from '../facts.ts';
import type { Section } from '../model.ts';
import { count, name, plural } from '../words.ts';

/** Settings, versions and the command that make the same figures again. */
export function repeating(facts: Facts): Section {
  const { comparison, dataset, doctor } = facts.source;
  const { spec } = comparison;
  const rows: [string, string][] = [
    ['Comparison', `${name(comparison.name)} (number ${comparison.id}, made ${comparison.createdAt})`],
    ['Dataset', `${name(dataset.name)}, ${plural(dataset.clips, 'clip')}, from ${name(dataset.root)}`],
    [
      'Split',
      `${comparison.splitWords}: ${count(comparison.split.train)} training, ${count(comparison.split.validation)} validation, ${count(comparison.split.test)} test clips`,
    ],
    ['Seeds', seedWords(spec.seeds)],
    ['Trained on', comparison.backend],
    ['Hark', doctor.hark],
    [
      'Machine of this report',
      `${doctor.platform}, ${plural(doctor.cores, 'core')}, ${count(doctor.memoryMB)}\u00a0MiB; engine ${doctor.backend}${doctor.instructionSet ? ` (${doctor.instructionSet})` : ''}, ${plural(doctor.threads, 'thread')}`,
    ],
    [
      'Versions',
      Object.entries(doctor.versions)
        .map(([part, version]) => `${part} ${version}`)
        .join(', '),
    ],
  ];
  return {
    id: 'repeat',
    title: 'To repeat it',
    blocks: [
      {
        kind: 'paragraph',
        text: 'On the same machine and engine, the same settings and seeds give the same figures to the bit; on others they may differ in the last digits, and a clip near a boundary may change sides. Times and memory depend on the machine.',
      },
      {
        kind: 'table',
        caption: 'What the figures were made with',
        columns: [{ name: 'What' }, { name: 'Value' }],
        rows,
      },
      {
        kind: 'code',
        caption: 'The comparison from the command line, with the JSON below saved as settings.json',
        language: 'sh',
        text: repeatCommand(dataset.name),
      },
      {
        kind: 'code',
        caption: 'All settings (FeatureSpec, ModelSpec, TrainingSpec and split) as JSON',
        language: 'json',
        text: JSON.stringify(spec, null, 2),
      },
    ],
  };
}

/** A word for a POSIX shell, in quotes where it needs them. */
const shellWord = (word: string) => (/^[\w,.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);

/** The command that starts the same comparison from the settings below it. */
export const repeatCommand = (dataset: string): string =>
  `npm run -s hark -- compare ${shellWord(dataset)} --spec settings.json`;
