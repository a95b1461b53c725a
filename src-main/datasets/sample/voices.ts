import type { Part } from '#shared/domain/split.ts';

/** A speaker of the sample. */
export interface Voice {
  name: string;
  part: Part;
  /** Fundamental frequency, Hz. */
  pitch: number;
  /** Formants against an average voice: more for a shorter vocal tract. */
  formantScale: number;
  /** 0 pressed to 1 breathy: longer open phase, weaker high harmonics, more aspiration. */
  breathiness: number;
  /** Phones a second against an average voice. */
  rate: number;
}

/** Deep and high voices in every part; who is tested is heard in no other part. */
export const VOICES: readonly Voice[] = [
  { name: 'ada', part: 'train', pitch: 208, formantScale: 1.15, breathiness: 0.5, rate: 1.05 },
  { name: 'ben', part: 'train', pitch: 104, formantScale: 0.96, breathiness: 0.2, rate: 0.95 },
  { name: 'cleo', part: 'train', pitch: 186, formantScale: 1.1, breathiness: 0.3, rate: 1.15 },
  { name: 'dan', part: 'train', pitch: 122, formantScale: 1.0, breathiness: 0.4, rate: 1.1 },
  { name: 'eve', part: 'train', pitch: 232, formantScale: 1.2, breathiness: 0.7, rate: 0.9 },
  { name: 'finn', part: 'train', pitch: 92, formantScale: 0.91, breathiness: 0.1, rate: 1.0 },
  { name: 'gita', part: 'train', pitch: 170, formantScale: 1.06, breathiness: 0.6, rate: 0.85 },
  { name: 'hugo', part: 'validation', pitch: 114, formantScale: 0.98, breathiness: 0.3, rate: 1.2 },
  { name: 'ines', part: 'validation', pitch: 196, formantScale: 1.12, breathiness: 0.5, rate: 0.95 },
  { name: 'jon', part: 'test', pitch: 108, formantScale: 0.94, breathiness: 0.3, rate: 1.08 },
  { name: 'kira', part: 'test', pitch: 216, formantScale: 1.17, breathiness: 0.4, rate: 0.98 },
];
