import { Random } from '#shared/math/random.ts';
import type { ClipRow, LabelEntry } from '#shared/domain/clip.ts';
import type { DatasetSummary, Layout, Skipped } from '#shared/domain/dataset.ts';

/** A made dataset: its clips and what goes with them. */
export interface MadeDataset {
  summary: DatasetSummary;
  clips: MadeClip[];
  skipped: Skipped[];
  backgrounds: { file: string; seconds: number }[];
  removed: boolean;
}
export interface MadeClip extends ClipRow {
  contentHash: string;
  history: LabelEntry[];
}

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const WORDS =
  'backward bed bird cat dog down eight five follow forward four go happy house learn left marvin nine no off on one right seven sheila six stop three tree two up visual wow yes zero'.split(
    ' ',
  );
const SPEAKERS = ['george', 'jackson', 'lucas', 'nicolas', 'theo', 'yweweler'];
const LONG_CLASSES = [
  'a very long class name that nobody would type but which a folder from a measurement system may well have',
  'Straßenbahnhaltestellenansage',
  'κίνδυνος',
  '危険な音',
  'x',
];

export const WHEN = '2026-11-20T09:30:00.000Z';

/** FSDD as it is: ten digits, six speakers, 50 of each. */
export const digits = (id: number, firstClip: number) =>
  make(id, firstClip, {
    name: 'Spoken digits',
    layout: 'fsdd',
    root: '/home/ada/recordings/free-spoken-digit-dataset/recordings',
    count: 3000,
    sampleRates: [8000],
    skipped: [],
    backgrounds: [],
    describe: (i) => {
      const label = DIGITS[i % 10];
      const speaker = SPEAKERS[Math.floor(i / 10) % 6];
      const index = Math.floor(i / 60);
      return { file: `${i % 10}_${speaker}_${index}.wav`, label, speaker, official: index < 5 ? 'test' : 'train' };
    },
    duration: (random) => 0.43 + 0.12 * random.normal(),
    missing: () => false,
  });

/** As many clips as the large Speech Commands set, to scroll through. */
export const commands = (id: number, firstClip: number) =>
  make(id, firstClip, {
    name: 'Speech Commands v2',
    layout: 'speech-commands',
    root: '/home/ada/recordings/speech_commands_v0.02',
    count: 100_000,
    sampleRates: [16_000],
    skipped: [
      { file: 'bird/3f2a90c1_nohash_0.wav', reason: 'The file is empty.' },
      { file: 'wow/truncated_nohash_1.wav', reason: 'The sound ends before its header says: 812 of 16 000 frames.' },
      { file: 'notes.docx', reason: 'Not a sound file.' },
    ],
    backgrounds: [
      { file: '_background_noise_/doing_the_dishes.wav', seconds: 95.2 },
      { file: '_background_noise_/dude_miaowing.wav', seconds: 61.8 },
      { file: '_background_noise_/exercise_bike.wav', seconds: 61.2 },
      { file: '_background_noise_/pink_noise.wav', seconds: 60 },
      { file: '_background_noise_/running_tap.wav', seconds: 61 },
      { file: '_background_noise_/white_noise.wav', seconds: 60 },
    ],
    describe: (i, random) => {
      const label = WORDS[i % WORDS.length];
      const speaker = (Math.floor(random.uniform() ** 1.7 * 2618) * 99_991 + 268_435_456).toString(16);
      const official = (
        ['train', 'train', 'train', 'train', 'train', 'train', 'train', 'train', 'validation', 'test'] as const
      )[random.below(10)];
      return { file: `${label}/${speaker}_nohash_${i % 5}.wav`, label, speaker, official };
    },
    duration: (random) => (random.uniform() < 0.9 ? 1 : 0.4 + 0.6 * random.uniform()),
    missing: (i) => i % 20_011 === 7,
  });

/** Long names, odd scripts, lengths from a blink to minutes, several rates. */
export const longNames = (id: number, firstClip: number) =>
  make(id, firstClip, {
    name: 'Field recordings of the summer school, second campaign, microphones A to F, as delivered on the third disk (copy 2)',
    layout: 'folder',
    root: '/home/ada/recordings/a folder whose name goes on for quite some time/and another one below it/field recordings 2026 second campaign',
    count: 640,
    sampleRates: [8000, 16_000, 22_050, 44_100, 48_000],
    skipped: Array.from({ length: 60 }, (_, i) => ({
      file: `broken/a recording with a rather long name that was cut off while it was copied, number ${i + 1}.flac`,
      reason: 'The FLAC stream ends in the middle of frame 217.',
    })),
    backgrounds: [],
    describe: (i) => {
      const label = LONG_CLASSES[i % LONG_CLASSES.length];
      return {
        file: `${label}/recording made with the second microphone on the roof of the building opposite, take ${i + 1}.flac`,
        label,
        speaker: null,
        official: null,
      };
    },
    duration: (random) => 0.05 * 10 ** (3.3 * random.uniform()),
    missing: (i) => i % 40 === 3,
  });

interface Recipe {
  name: string;
  layout: Layout;
  root: string;
  count: number;
  sampleRates: number[];
  skipped: Skipped[];
  backgrounds: { file: string; seconds: number }[];
  describe(i: number, random: Random): Pick<ClipRow, 'file' | 'label' | 'speaker' | 'official'>;
  duration(random: Random): number;
  missing(i: number): boolean;
}

function make(id: number, firstClip: number, recipe: Recipe): MadeDataset {
  const random = new Random(id, recipe.name);
  const clips = Array.from({ length: recipe.count }, (_, i): MadeClip => {
    const told = recipe.describe(i, random);
    const twin = i % 997 === 1 && i > 1;
    return {
      id: firstClip + i,
      ...told,
      duration: Math.max(0.05, Math.round(recipe.duration(random) * 1000) / 1000),
      sampleRate: recipe.sampleRates[i % recipe.sampleRates.length],
      missing: recipe.missing(i),
      relabelled: false,
      duplicate: twin || i === 1,
      edited: false,
      state: 'todo',
      contentHash: twin || i === 1 ? `twin${id}` : `hash${firstClip + i}`,
      history: [{ id: firstClip + i, label: told.label, set: null, setBy: 'import', setAt: WHEN, undone: false }],
    };
  });
  return {
    clips,
    skipped: recipe.skipped,
    backgrounds: recipe.backgrounds,
    removed: false,
    summary: {
      id,
      name: recipe.name,
      layout: recipe.layout,
      root: recipe.root,
      createdAt: WHEN,
      state: 'ready',
      clips: clips.length,
      classes: new Set(clips.map(({ label }) => label)).size,
      speakers: new Set(clips.map(({ speaker }) => speaker).filter(Boolean)).size,
      seconds: clips.reduce((sum, { duration }) => sum + duration, 0),
      sampleRates: recipe.sampleRates,
      skipped: recipe.skipped.length,
      missing: clips.filter(({ missing }) => missing).length,
      official: clips.some(({ official }) => official !== null),
      folds: [],
    },
  };
}
