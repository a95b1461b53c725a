import { Random } from '#shared/math/random.ts';
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
