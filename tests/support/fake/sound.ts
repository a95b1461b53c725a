import { hzToMel, melToHz } from '#shared/math/mel.ts';
import { Random } from '#shared/math/random.ts';
import type { SpectrogramQuery } from '#shared/contract/bulk.ts';
import type { MadeClip } from './clips.ts';

/** A vowel-like sound that depends on the clip's label and id: a glottal buzz through two gliding resonances, mono, -1 to 1. */
export function soundOf({ id, label, duration, sampleRate }: MadeClip): Float32Array {
  const random = new Random(label, 'voice');
  const pitch = 100 + (id % 7) * 18;
  const tracks = [0, 1, 2].map((band) => ({
    from: (band + 1) * random.between(350, 900),
    to: (band + 1) * random.between(350, 900),
  }));
  const frames = Math.max(1, Math.round(Math.min(duration, 30) * sampleRate));
  const sound = new Float32Array(frames);
  const noise = new Random(id, 'noise');
  for (const { from, to } of tracks) {
    let y1 = 0;
    let y2 = 0;
    let phase = 0;
    for (let i = 0; i < frames; i++) {
      const t = i / frames;
      phase += (pitch * (1 + 0.1 * Math.sin(5 * t))) / sampleRate;
      const buzz = phase >= 1 ? 1 : 0.004 * noise.normal();
      phase %= 1;
      const width = Math.exp((-Math.PI * 90) / sampleRate);
      const angle = (2 * Math.PI * Math.min(from + (to - from) * t, sampleRate * 0.45)) / sampleRate;
      const y = buzz + 2 * width * Math.cos(angle) * y1 - width * width * y2;
      y2 = y1;
      y1 = y;
      sound[i] += y * Math.sin(Math.PI * t) ** 0.6;
    }
  }
  let peak = 1e-9;
  for (const value of sound) peak = Math.max(peak, Math.abs(value));
  return sound.map((value) => (0.7 * value) / peak);
}

/** Mono 16-bit PCM. */
export function wav(sound: Float32Array, sampleRate: number): Buffer {
  const file = Buffer.alloc(44 + 2 * sound.length);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * sound.length, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(2 * sampleRate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * sound.length, 40);
  sound.forEach((value, i) => file.writeInt16LE(Math.round(32_767 * value), 44 + 2 * i));
  return file;
}

export function peaksOf(sound: Float32Array, points: number): Float32Array {
  const pairs = new Float32Array(2 * points);
  for (let p = 0; p < points; p++) {
    const from = Math.floor((p * sound.length) / points);
    const to = Math.max(from + 1, Math.floor(((p + 1) * sound.length) / points));
    let min = Infinity;
    let max = -Infinity;
    for (let i = from; i < to; i++) {
      min = Math.min(min, sound[i] ?? 0);
      max = Math.max(max, sound[i] ?? 0);
    }
    pairs[2 * p] = min;
    pairs[2 * p + 1] = max;
  }
  return pairs;
}

/** The frequency at a height of the picture, `share` 0 at the bottom. */
function frequencyAt(share: number, { scale, fMin }: SpectrogramQuery, fMax: number): number {
  if (scale === 'linear') return fMin + share * (fMax - fMin);
  if (scale === 'mel')
    return melToHz(hzToMel(fMin, 'slaney') + share * (hzToMel(fMax, 'slaney') - hzToMel(fMin, 'slaney')), 'slaney');
  return fMin * (fMax / fMin) ** share;
}

/** A Hann spectrogram as bytes, rows from the top down. */
export function spectrogramOf(sound: Float32Array, sampleRate: number, query: SpectrogramQuery): Buffer {
  const { width, height, nFft, floorDb, ceilingDb } = query;
  const fMax = query.fMax ?? sampleRate / 2;
  const picture = Buffer.alloc(width * height);
  const real = new Float64Array(nFft);
  const imaginary = new Float64Array(nFft);
  for (let x = 0; x < width; x++) {
    const centre = Math.round(((x + 0.5) / width) * sound.length);
    for (let i = 0; i < nFft; i++) {
      real[i] = (sound[centre - nFft / 2 + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / nFft));
      imaginary[i] = 0;
    }
    transform(real, imaginary);
    for (let y = 0; y < height; y++) {
      const bin = Math.round((frequencyAt(1 - (y + 0.5) / height, query, fMax) / sampleRate) * nFft);
      const db = 20 * Math.log10((4 * Math.hypot(real[bin] ?? 0, imaginary[bin] ?? 0)) / nFft + 1e-9);
      picture[y * width + x] = Math.max(0, Math.min(255, Math.round((255 * (db - floorDb)) / (ceilingDb - floorDb))));
    }
  }
  return picture;
}

/** Radix-2 Fourier transform, in place. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [real[i], real[j]] = [real[j], real[i]];
      [imaginary[i], imaginary[j]] = [imaginary[j], imaginary[i]];
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const angle = (-2 * Math.PI * k) / size;
        const a = start + k;
        const b = a + half;
        const re = real[b] * Math.cos(angle) - imaginary[b] * Math.sin(angle);
        const im = real[b] * Math.sin(angle) + imaginary[b] * Math.cos(angle);
        real[b] = real[a] - re;
        imaginary[b] = imaginary[a] - im;
        real[a] += re;
        imaginary[a] += im;
      }
    }
  }
}
