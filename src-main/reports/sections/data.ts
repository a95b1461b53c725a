import { LAYOUT_NAMES } from '#shared/domain/dataset.ts';
import { featureSize, frameGeometry, type FeatureSpec } from '#shared/domain/feature-spec.ts';
import type { SplitSpec } from '#shared/domain/split.ts';
import { drawClassCounts, drawDurations } from '../figures/bars.ts';
import type { Facts } from '../facts.ts';
import type { Block, Section } from '../model.ts';
import { count, duration, list, name, number, percent, plural, shorten, shortList } from '../words.ts';

const NBSP = '\u00a0';

/** The recordings, how they were divided, and how sound became numbers. */
export function data(facts: Facts): Section {
  const { comparison, statistics } = facts.source;
  const { split } = comparison;
  const all = split.train + split.validation + split.test;
  const part = (clips: number) => [count(clips), all > 0 ? percent(clips / all) : '–'];
  const blocks: Block[] = [
    { kind: 'paragraph', text: recordings(facts) },
    {
      kind: 'figure',
      id: 'data',
      caption: `Clips by class and by duration, n = ${plural(statistics.clips, 'clip')} (${statistics.classes.length > SHOWN_CLASSES ? `the ${SHOWN_CLASSES} largest of ${statistics.classes.length} classes` : plural(statistics.classes.length, 'class', 'classes')}).`,
      drawings: [
        drawClassCounts(largest(statistics.classes)),
        ...(statistics.durations.counts.length > 0 ? [drawDurations(statistics.durations)] : []),
      ],
    },
    { kind: 'heading', text: 'Split' },
    { kind: 'paragraph', text: splitWords(comparison.spec.split) },
    {
      kind: 'table',
      caption: `Clips in each part, ${facts.splitWords}`,
      columns: [
        { name: 'Part' },
        { name: 'Clips', numeric: true },
        { name: 'Share', numeric: true },
        { name: 'Used for' },
      ],
      rows: [
        ['Training', ...part(split.train), 'weights; mean and deviation of the features'],
        ['Validation', ...part(split.validation), split.validation > 0 ? 'choice of the best epoch' : 'none taken'],
        ['Test', ...part(split.test), 'the figures of this report, once'],
      ],
    },
    ...leakNote(facts).map((block) => ({ ...block, detail: true })),
    { kind: 'heading', text: 'Preprocessing' },
    { kind: 'paragraph', text: featureWords(comparison.spec.features) },
    ...editedClips(comparison.clipsEdited),
  ];
  if (comparison.skipped.length > 0)
    blocks.push({
      kind: 'table',
      detail: true,
      caption: `Left out because they could not be read: ${plural(comparison.skipped.length, 'clip')}${comparison.skipped.length > 50 ? '; the first 50 are listed' : ''}`,
      columns: [{ name: 'File' }, { name: 'Reason' }],
      rows: comparison.skipped.slice(0, 50).map(({ file, reason }) => [name(file), reason]),
    });
  return { id: 'data', title: 'Data and preprocessing', blocks };
}

/** That the networks heard some clips otherwise than they were recorded. */
function editedClips(edited: number): Block[] {
  if (edited === 0) return [];
  const text = `${plural(edited, 'clip')} ${edited === 1 ? 'was' : 'were'} edited before the comparison began (cut, filtered, turned up or down, and the like, without change to the files); the features are of the edited sound.`;
  return [{ kind: 'paragraph', text }];
}

const SHOWN_CLASSES = 40;
const largest = <Entry extends { clips: number }>(classes: readonly Entry[]) =>
  classes.length <= SHOWN_CLASSES ? classes : [...classes].sort((a, b) => b.clips - a.clips).slice(0, SHOWN_CLASSES);

function recordings({ source: { comparison, dataset, statistics } }: Facts): string {
  const rates = statistics.sampleRates.map(({ sampleRate }) => `${number(sampleRate / 1000)}${NBSP}kHz`);
  const sentences = [
    `“${name(dataset.name)}” (${LAYOUT_NAMES[dataset.layout]}) holds ${plural(statistics.clips, 'clip')} of ${plural(statistics.classes.length, 'class', 'classes')}, ${duration(statistics.seconds)} of sound in all${rates.length > 0 ? `, sampled at ${list(rates)}` : ''}.`,
    statistics.speakers.length > 0
      ? `${statistics.speakers.length === 1 ? 'One speaker is' : `${count(statistics.speakers.length)} speakers are`} named (${shortList(
          statistics.speakers.map((speaker) => shorten(name(speaker.name), 24)),
          8,
        )}).`
      : 'Speakers are not named.',
  ];
  if (statistics.clips > 0)
    sentences.push(
      `A clip lasts from ${duration(statistics.durations.min)} to ${duration(statistics.durations.max)}, median ${duration(statistics.durations.median)}.`,
    );
  const copies = statistics.duplicates.reduce((sum, group) => sum + group.clips.length - 1, 0);
  if (copies > 0)
    sentences.push(`${plural(copies, 'clip')} ${copies === 1 ? 'repeats' : 'repeat'} the content of another.`);
  if (comparison.skipped.length > 0)
    sentences.push(
      `${plural(comparison.skipped.length, 'clip')} could not be read and ${comparison.skipped.length === 1 ? 'was' : 'were'} left out.`,
    );
  return sentences.join(' ');
}

/** The warning about clips on both sides, as it stands beside the numbers. */
export function leakNote({ source: { comparison } }: Facts): Block[] {
  const { leaks, leakNote } = comparison.split;
  return leaks > 0
    ? [{ kind: 'note', text: leakNote ?? `${plural(leaks, 'group')} of clips stand on both sides of the split.` }]
    : [];
}

function splitWords(split: SplitSpec): string {
  const groups = split.allowLeaks
    ? 'Speakers were allowed on both sides.'
    : 'All clips of one speaker (or, where speakers are unknown, of one source file) stay in one part.';
  return {
    official: 'The division is the one the dataset came with.',
    speaker:
      split.speakers.length > 0
        ? `The test part holds all clips of ${shortList(split.speakers.map(name), 8)}, whom no network heard in training.`
        : `Whole speakers, drawn with seed ${split.seed}, were held out for testing; no network heard them in training.`,
    fold: split.ofDataset
      ? `The division is into the ${split.folds} folds the dataset came with; fold ${split.fold} was held out for testing.`
      : `The clips were divided into ${split.folds} folds (seed ${split.seed}) and fold ${split.fold} was held out for testing. ${groups}`,
    random: `The clips were divided at random within each class (seed ${split.seed}). ${groups}`,
  }[split.by];
}

const KINDS: Record<FeatureSpec['kind'], (spec: FeatureSpec) => string> = {
  spectrogram: (spec) => `a spectrogram (magnitude to the power of ${spec.power})`,
  mel: (spec) => `${spec.nMels} mel bands (${spec.melScale === 'htk' ? 'HTK' : 'Slaney'} scale)`,
  logmel: (spec) => `the logarithm of ${spec.nMels} mel bands (${spec.melScale === 'htk' ? 'HTK' : 'Slaney'} scale)`,
  mfcc: (spec) =>
    `${spec.nMfcc} MFCC of ${spec.nMels} mel bands (${spec.melScale === 'htk' ? 'HTK' : 'Slaney'} scale, ${spec.logMels ? 'natural logarithm' : 'dB'})`,
};

function featureWords(spec: FeatureSpec): string {
  const { nFft, winLength, hopLength } = frameGeometry(spec);
  const time = (samples: number) =>
    spec.sampleRate === null ? `${samples} samples` : `${number((1000 * samples) / spec.sampleRate)}${NBSP}ms`;
  const sentences = [
    spec.sampleRate === null
      ? 'Each clip keeps its own sampling rate.'
      : `Clips of another rate are resampled to ${number(spec.sampleRate / 1000)}${NBSP}kHz.`,
    `A network sees ${KINDS[spec.kind](spec)}, computed in Hann windows of ${time(winLength)} every ${time(hopLength)} (FFT of ${count(nFft)} points).`,
  ];
  if (spec.deltas > 0)
    sentences.push(`To these are added their deltas${spec.deltas === 2 ? ' and delta-deltas' : ''} over 5 frames.`);
  sentences.push(
    `That makes ${plural(featureSize(spec), 'value')} a frame, standardised with mean and deviation of the training part alone.`,
    spec.fixLength === null
      ? 'Clips keep their own lengths; padding within a batch is masked.'
      : `Every clip is cut or padded with zeros to ${plural(spec.fixLength, 'frame')}.`,
  );
  return sentences.join(' ');
}
