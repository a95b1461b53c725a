import type { Random } from '#shared/math/random.ts';
import { GlottalSource } from './glottal-source.ts';
import { whiteNoise } from './noise.ts';
import { NASAL_POLE, type Phone, type PhoneName, PHONES } from './phones.ts';
import { Resonator } from './resonator.ts';
import type { Voice } from './voices.ts';

/** Hz. */
export const SAMPLE_RATE = 16_000;
/** Samples between two settings of the resonators: 5 ms. */
const STEP = 80;
/** Seconds a transition from phone to phone takes, half before the boundary and half after: the same both ways in time. */
const FORMANT_GLIDE = 0.06;
const LEVEL_GLIDE = 0.025;
/** Fifth formant of an average voice, Hz. */
const FIFTH = 4300;

/** A phone and where it lies: first sample, sample after the last. `sil` before and after the word. */
export type PlacedPhone = [phone: string, first: number, end: number];

/** How one utterance differs from the voice's and phones' averages; order and position have no part in it. */
interface Delivery {
  phone: Phone;
  start: number;
  end: number;
  level: number;
  formants: number[];
}

/**
 * Speaks phones in a voice: a glottal source through a cascade of formants and a nasal pole-zero pair, frication noise
 * beside it through a resonance of its own (Klatt 1980; the source is his KLGLOTT88). Length, level and formants of every
 * phone and the course of the pitch vary by chance, independent of position.
 * @returns samples (of no certain level) and where each phone lies
 */
export function speak(
  phones: readonly PhoneName[],
  voice: Voice,
  random: Random,
): { samples: Float32Array; placed: PlacedPhone[] } {
  const lead = random.between(0.04, 0.16);
  const tail = random.between(0.04, 0.16);
  const rate = voice.rate * random.between(0.88, 1.14);
  let time = lead;
  const deliveries = phones.map((name): Delivery => {
    const phone: Phone = PHONES[name];
    const start = time;
    time += (phone.duration * random.between(0.75, 1.35)) / rate;
    return {
      phone,
      start,
      end: time,
      level: 10 ** (random.between(-3, 3) / 20),
      formants: phone.formants.map((formant) => formant * voice.formantScale * (1 + 0.035 * random.normal())),
    };
  });
  const samples = new Float32Array(Math.round((time + tail) * SAMPLE_RATE));
  synthesise(samples, deliveries, voice, pitchCourse(voice, time + tail, random), random);
  const at = (seconds: number) => Math.round(seconds * SAMPLE_RATE);
  const placed = deliveries.map(({ start, end }, index): PlacedPhone => [phones[index], at(start), at(end)]);
  return { samples, placed: [['sil', 0, at(lead)], ...placed, ['sil', at(time), samples.length]] };
}

/** Pitch over time, Hz: rises or falls or bends by chance, so that it tells nothing of the place in the word. */
function pitchCourse(voice: Voice, duration: number, random: Random): (time: number) => number {
  const base = voice.pitch * 2 ** (0.08 * random.normal());
  const slope = random.between(-0.22, 0.22);
  const bend = random.between(-0.15, 0.15);
  return (time) => {
    const x = (2 * time) / duration - 1;
    return base * 2 ** (slope * x + bend * (x * x - 1 / 3));
  };
}

function synthesise(
  out: Float32Array,
  phones: Delivery[],
  voice: Voice,
  pitch: (time: number) => number,
  random: Random,
): void {
  const source = new GlottalSource(voice.breathiness, SAMPLE_RATE, random);
  const formants = Array.from({ length: 5 }, () => new Resonator(SAMPLE_RATE));
  const [nasalPole, nasalZero, frication] = Array.from({ length: 3 }, () => new Resonator(SAMPLE_RATE));
  nasalPole.tune(NASAL_POLE, 100);
  formants[4].tune(Math.min(FIFTH * voice.formantScale, 5400), 300);
  let [voicing, noise, drawn] = [0, 0, 0];
  for (let first = 0; first < out.length; first += STEP) {
    const time = first / SAMPLE_RATE;
    const shape = shapeWeights(phones, time);
    for (let formant = 0; formant < 4; formant++)
      formants[formant].tune(
        mix(phones, shape, (delivery) => delivery.formants[formant]),
        mix(phones, shape, ({ phone }) => phone.bandwidths[formant]),
      );
    nasalZero.tune(
      mix(phones, shape, ({ phone }) => phone.nasalZero),
      100,
    );
    const level = phones.map((delivery) => delivery.level * presence(delivery, time, LEVEL_GLIDE));
    const hiss = level.map((weight, index) => weight * phones[index].phone.frication.level);
    const hissing = phones[hiss.indexOf(Math.max(...hiss))].phone.frication;
    frication.tune(hissing.frequency * Math.sqrt(voice.formantScale), hissing.bandwidth);
    const nextVoicing = mix(phones, level, ({ phone }) => phone.voicing);
    const nextNoise = hiss.reduce((sum, value) => sum + value, 0);
    const f0 = pitch(time);
    for (let n = first; n < Math.min(first + STEP, out.length); n++) {
      const share = (n - first) / STEP;
      let x = source.next(f0) * (voicing + (nextVoicing - voicing) * share);
      x = nasalPole.pass(nasalZero.stop(x));
      for (const formant of formants) x = formant.pass(x);
      // Radiation from the lips lets no constant flow out: the noise is differenced.
      const draw = whiteNoise(random);
      out[n] = x + frication.pass(draw - drawn) * (noise + (nextNoise - noise) * share);
      drawn = draw;
    }
    voicing = nextVoicing;
    noise = nextNoise;
  }
}

/** How far a phone is there at a time, 0 to 1: half at its boundaries, with raised cosines alike on both sides. */
function presence({ start, end }: Delivery, time: number, glide: number): number {
  return edge((time - start) / glide) * edge((end - time) / glide);
}

function edge(x: number): number {
  if (x <= -0.5) return 0;
  return x >= 0.5 ? 1 : 0.5 + 0.5 * Math.sin(Math.PI * x);
}

/** Shares of the phones in the shape of the vocal tract, summing to 1; before and after the word it rests as at its ends. */
function shapeWeights(phones: Delivery[], time: number): number[] {
  const within = Math.min(Math.max(time, phones[0].start), phones[phones.length - 1].end);
  const weights = phones.map((delivery) => presence(delivery, within, FORMANT_GLIDE));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function mix(phones: Delivery[], weights: number[], value: (delivery: Delivery) => number): number {
  return weights.reduce((sum, weight, index) => (weight === 0 ? sum : sum + weight * value(phones[index])), 0);
}
