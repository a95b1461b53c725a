import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeWav } from '#main/audio/encode-wav.ts';
import { Random } from '#shared/math/random.ts';

export const TONES = { low: 300, middle: 900, high: 2200 } as const;
const SAMPLE_RATE = 8000;
const SECONDS = 0.25;

/** A folder per class of short noisy tones, which any network learns in a few epochs. */
export function makeTones(folder: string, clips: number): void {
  for (const [label, hertz] of Object.entries(TONES)) {
    mkdirSync(path.join(folder, label), { recursive: true });
    for (let clip = 0; clip < clips; clip++) {
      const random = new Random('tone', label, clip);
      const pitch = hertz * random.between(0.95, 1.05);
      const samples = Float32Array.from(
        { length: SECONDS * SAMPLE_RATE },
        (_, n) => 0.4 * Math.sin((2 * Math.PI * pitch * n) / SAMPLE_RATE) + 0.02 * random.normal(),
      );
      writeFileSync(path.join(folder, label, `${clip}.wav`), encodeWav([samples], SAMPLE_RATE));
    }
  }
}
