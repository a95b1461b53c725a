import { caveatSentences, errorSentences, memorySentences, rankingSentences } from './findings.ts';
import { gatherFacts } from './facts.ts';
import type { ReportModel } from './model.ts';
import { comparing } from './sections/comparison.ts';
import { conclusion } from './sections/conclusion.ts';
import { data } from './sections/data.ts';
import { errorAnalysis, SOUND_BUDGET, type SoundBudget } from './sections/errors.ts';
import { introduction } from './sections/introduction.ts';
import { models } from './sections/models.ts';
import { repeating } from './sections/repeat.ts';
import { editNote, labelNote, training } from './sections/training.ts';
import type { ReportSource } from './source.ts';
import { duration, list, name, plural } from './words.ts';

export interface BuildOptions {
  /** When the report was made; ISO 8601. */
  now?: string;
  budget?: SoundBudget;
  signal?: AbortSignal;
  /** Sounds of misclassified clips read so far. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * The report of a comparison, at whatever stage it is.
 * @throws HarkError `cancelled`
 */
export async function buildReport(source: ReportSource, options: BuildOptions = {}): Promise<ReportModel> {
  const { comparison, dataset, doctor } = source;
  const facts = gatherFacts(source);
  const now = options.now ?? new Date().toISOString();
  const names = comparison.spec.cells.map((cell) => cell.toUpperCase());
  const warnings = [
    ...(comparison.split.leaks > 0
      ? [comparison.split.leakNote ?? 'The test part is not independent of training.']
      : []),
    ...(comparison.labelsChanged > 0 ? [labelNote(comparison.labelsChanged)] : []),
    ...(comparison.editsChanged > 0 ? [editNote(comparison.editsChanged)] : []),
    ...(['done', 'stopped'].includes(comparison.state)
      ? []
      : [`The comparison is not finished (state: ${comparison.state}); the figures are those known so far.`]),
  ];
  return {
    title: name(comparison.name),
    facts: [
      { name: 'Networks', value: list(names) },
      { name: 'Dataset', value: name(dataset.name) },
      { name: 'Test part', value: `${plural(facts.testClips, 'clip')}, ${facts.splitWords}` },
      { name: 'Seeds', value: comparison.spec.seeds.join(', ') },
      { name: 'Engine', value: comparison.backend },
      { name: 'Computing time', value: duration(comparison.secondsSpent) },
    ],
    abstract: [
      ...rankingSentences(facts),
      ...memorySentences(facts),
      ...errorSentences(facts).slice(-1),
      ...(facts.cells.length > 0 ? caveatSentences(facts).slice(0, 1) : []),
    ],
    warnings,
    sections: [
      introduction(facts),
      data(facts),
      models(facts),
      training(facts),
      comparing(facts),
      await errorAnalysis(facts, options.budget ?? SOUND_BUDGET, options),
      conclusion(facts),
      repeating(facts),
    ],
    imprint: `Made with Hark ${doctor.hark} on ${now.slice(0, 10)}. Nothing in this report was written by hand; every sentence follows from the figures.`,
  };
}
