import { framesOf, type Frames } from '#shared/domain/edit-shape.ts';
import type { NOISE_COLOURS } from '#shared/domain/edit.ts';
import { Random } from '#shared/math/random.ts';
import { shapeOf, type Signal } from '../signal/signal.ts';
import { Cascade, type Biquad } from './biquad.ts';
import { BLOCK } from './block.ts';
import type { EditContext, Operation } from './operation.ts';
import { blocksOf, changed } from './span.ts';

/** Hz below which pink and brown noise are flat: else most of their power would be below hearing. */
const LOWEST = 10;

/** z = exp(-2 pi f / rate) for a pole or zero at f Hz (matched z-transform). */
const root = (hertz: number, sampleRate: number): number => Math.exp((-2 * Math.PI * hertz) / sampleRate);

/** What colours white noise. */
const COLOURS: Record<(typeof NOISE_COLOURS)[number], (sampleRate: number) => Biquad[]> = {
  white: () => [],
  /**
   * -3 dB an octave: poles two octaves apart with a zero in the middle between two, so that the fall of 6 dB and the level stretches
   * in turn make a straight line (J. O. Smith, "Closed form fractional integration and differentiation via real exponentially spaced
   * pole-zero pairs", 2016). They go on beyond half the rate, whose mirror they make up for. From 20 Hz to a quarter of the rate
   * within 0.5 dB of the line, up to 0.45 of it within 1.6 dB.
   */
  pink(sampleRate) {
    const sections: Biquad[] = [];
    for (let pole = LOWEST; pole < sampleRate; pole *= 4)
      sections.push({ b0: 1, b1: -root(2 * pole, sampleRate), b2: 0, a1: -root(pole, sampleRate), a2: 0 });
    return sections;
  },
  /** -6 dB an octave: a sum that forgets. */
  brown: (sampleRate) => [{ b0: 1, b1: 0, b2: 0, a1: -root(LOWEST, sampleRate), a2: 0 }],
};

/** Seconds that coloured noise runs before it is used: its filters begin at rest. */
const RUN_IN = 0.25;

/** Noise of one channel, block after block, always the same for a seed. */
class Noise {
  readonly #random: Random;
  readonly #cascade: Cascade;
  readonly #work = new Float64Array(BLOCK);

  constructor(colour: (typeof NOISE_COLOURS)[number], seed: number, channel: number, sampleRate: number) {
    this.#random = new Random(seed, 'noise', channel);
    this.#cascade = new Cascade(COLOURS[colour](sampleRate));
    if (colour === 'white') return;
    for (let left = Math.round(RUN_IN * sampleRate); left > 0; left -= BLOCK) this.next(Math.min(BLOCK, left));
  }

  /** @param count at most BLOCK @returns it is written anew by the next call */
  next(count: number): Float64Array {
    const noise = this.#work.subarray(0, count);
    for (let n = 0; n < count; n++) noise[n] = this.#random.normal();
    this.#cascade.run(noise);
    return noise;
  }
}

/** Gaussian noise, of its own in each channel; the ratio of powers is that over the span and all channels. Silence stays silent. */
export const addNoise: Operation<'addNoise'> = (signal, edit, context) => {
  const frames = framesOf(edit, shapeOf(signal));
  const start = () =>
    signal.channels.map((_, channel) => new Noise(edit.colour, edit.seed, channel, signal.sampleRate));
  const { sound, noise } = energies(signal, frames, start(), context);
  if (sound === 0) return signal;
  const factor = Math.sqrt(sound / noise / 10 ** (edit.snr / 10));
  const noises = start();
  return changed(signal, { ...edit, pass: 1, passes: 2 }, context, (samples, channel) => {
    const added = noises[channel].next(samples.length);
    for (let n = 0; n < samples.length; n++) samples[n] += factor * added[n];
  });
};

/** Sums of squares over all channels, of the sound and of the noise that is to be added to it. */
function energies(signal: Signal, frames: Frames, noises: readonly Noise[], context: EditContext) {
  let sound = 0;
  let noise = 0;
  for (const { block } of blocksOf(signal, { ...frames, passes: 2 }, context))
    block.forEach((samples, channel) => {
      const added = noises[channel].next(samples.length);
      for (let n = 0; n < samples.length; n++) {
        sound += samples[n] * samples[n];
        noise += added[n] * added[n];
      }
    });
  return { sound, noise };
}
