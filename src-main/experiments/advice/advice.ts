import type { Advice } from '#shared/domain/sweep.ts';
import { bestCell, memoryWorth } from './cells.ts';
import { cost } from './cost.ts';
import type { Evidence } from './evidence.ts';
import { laboratory } from './laboratory.ts';
import { settingRule } from './settings.ts';
import { leaks, seeds, testClips } from './trust.ts';
import type { Rule } from './words.ts';

/** The questions in the order they are shown; a new one is one entry here. What is seldom asked is silent until it was tried. */
const RULES: readonly Rule[] = [
  bestCell,
  memoryWorth,
  settingRule('context', 'memory'),
  laboratory,
  cost,
  settingRule('hiddenSize', 'size'),
  settingRule('numLayers', 'size'),
  settingRule('bidirectional', 'cell'),
  settingRule('kind', 'features'),
  settingRule('fixLength', 'features'),
  settingRule('nMfcc', 'features', { asksWhenOpen: false }),
  settingRule('winLength', 'features', { asksWhenOpen: false }),
  settingRule('hopLength', 'features', { asksWhenOpen: false }),
  settingRule('truncation', 'training'),
  settingRule('clipping', 'training'),
  seeds,
  testClips,
  leaks,
];

/** What a lab's own results say of a dataset, and what they leave open. */
export const adviceOf = (evidence: Evidence): Advice[] => RULES.flatMap((rule) => rule(evidence) ?? []);
