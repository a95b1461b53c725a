import { closeSync, openSync, writeSync } from 'node:fs';
import { Random } from '#shared/math/random.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';

const RATE = 44_100;
const MINUTE = 60 * RATE;

/** What is heard like speech from afar: noise and a gliding tone that swell and die a few times a second, with pauses. */
function minute(seed: number): Float32Array {
  const random = new Random(seed, 'long sound');
  const samples = new Float32Array(MINUTE);
  let phase = 0;
  for (let at = 0; at < MINUTE;) {
    const count = Math.min(MINUTE - at, Math.round(RATE * random.between(0.1, 0.4)));
    const [level, voice, pitch] = [random.between(0, 0.5), random.between(0, 1), random.between(90, 260)];
    for (let n = 0; n < count; n++) {
      const swell = level * Math.sin((Math.PI * n) / count);
      phase += (2 * Math.PI * pitch * (1 + (0.2 * n) / count)) / RATE;
      samples[at + n] = swell * (voice * Math.sin(phase) + (1 - voice) * random.between(-1, 1));
    }
    at += count + Math.round(RATE * random.between(0, 0.1));
  }
  return samples;
}

/** Writes a WAV file (16 bit, 44.1 kHz, one channel) of so many minutes; the same for the same seed. */
export function writeLongSound(file: string, minutes: number, seed = 1): void {
  const kinds = [1, 2, 3].map((kind) => encodeWav([minute(seed + kind)], RATE).subarray(44));
  const header = encodeWav([new Float32Array(1)], RATE)
    .subarray(0, 44)
    .slice();
  const view = new DataView(header.buffer);
  const bytes = minutes * kinds[0].length;
  view.setUint32(4, 36 + bytes, true);
  view.setUint32(40, bytes, true);
  const handle = openSync(file, 'w');
  writeSync(handle, header);
  for (let n = 0; n < minutes; n++) writeSync(handle, kinds[n % kinds.length]);
  closeSync(handle);
}
