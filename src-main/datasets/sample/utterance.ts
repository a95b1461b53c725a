import { Random } from '#shared/math/random.ts';
import { addNoise, rms } from './noise.ts';
import { type PlacedPhone, speak } from './synthesiser.ts';
import { VOICES, type Voice } from './voices.ts';
import { WORDS } from './words.ts';

/** Times each voice says each word. */
const TAKES = 8;
/** Speech over background, dB. */
const SNR = [9, 26] as const;

/** One clip that is to be rendered. */
export interface Utterance {
  file: string;
  word: string;
  voice: Voice;
  take: number;
}

export function utterances(): Utterance[] {
  return Object.keys(WORDS).flatMap((word) =>
    VOICES.flatMap((voice) =>
      Array.from({ length: TAKES }, (_, take) => ({ file: `${word}/${voice.name}_${take}.wav`, word, voice, take })),
    ),
  );
}

/** An utterance's sound with its background, and its phones. The same seed always gives the same sound. */
export function renderUtterance(
  { word, voice, take }: Utterance,
  seed: number,
): { samples: Float32Array; phones: PlacedPhone[] } {
  const random = new Random(seed, word, voice.name, take);
  const { samples, placed: phones } = speak(WORDS[word], voice, random);
  addNoise(samples, phones[0][2], phones[phones.length - 1][1], random.between(...SNR), random);
  const gain = (0.08 * 10 ** (random.between(-4, 4) / 20)) / rms(samples);
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const scale = Math.min(gain, 0.95 / peak);
  for (let n = 0; n < samples.length; n++) samples[n] *= scale;
  return { samples, phones };
}
