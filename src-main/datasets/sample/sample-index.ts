import { z } from 'zod';
import { PARTS } from '#shared/domain/split.ts';

/** File beside the rendered clips that says what they are. Written last: without it the sample is not complete. */
export const SAMPLE_INDEX = 'sample.json';

/** What was rendered: each clip's word, voice and part, and where each of its phones lies. */
export const SampleIndex = z.object({
  format: z.literal('hark-sample'),
  /** Changes whenever the same seed would sound otherwise. */
  version: z.number().int(),
  seed: z.number().int(),
  sampleRate: z.number().int(),
  clips: z.array(
    z.object({
      file: z.string(),
      word: z.string(),
      speaker: z.string(),
      part: z.enum(PARTS),
      /** Phones in order: symbol, first sample, sample after the last. */
      phones: z.array(z.tuple([z.string(), z.number().int(), z.number().int()])),
    }),
  ),
});
export type SampleIndex = z.infer<typeof SampleIndex>;
