import { createHash } from 'node:crypto';
import { HarkError } from '#shared/domain/errors.ts';
import { BitWriter, crcTable } from './bits.ts';
import { planSubframe, type Subframe } from './flac-subframe.ts';
import { asInteger, wavSamples, type WavShape } from './wav.ts';

const FRAME = 4096;
const MOST_CHANNELS = 8;
const crc8 = crcTable(0x07, 8);
const crc16 = crcTable(0x8005, 16);

/** Codes of two channels together, and which of left, right, mid and side they are made of (RFC 9639, section 9.1.3). */
const PAIRS = [
  { code: 1, first: 'left', second: 'right' },
  { code: 8, first: 'left', second: 'side' },
  { code: 9, first: 'side', second: 'right' },
  { code: 10, first: 'mid', second: 'side' },
] as const;

/**
 * A FLAC file (RFC 9639) made block by block: fixed and linear prediction, Rice codes, channels of a pair told apart by their sum and
 * difference where that is shorter. Samples are rounded to `bits` and clipped at full scale, as in WAV; what is decoded is these.
 */
export class FlacEncoder {
  readonly #shape: WavShape;
  readonly #bits: 16 | 24;
  readonly #md5 = createHash('md5');
  readonly #out = new BitWriter();
  #waiting: Float32Array[];
  #frame = 0;
  #shortest = Infinity;
  #longest = 0;

  /** @throws HarkError bad-input for more than eight channels */
  constructor(shape: WavShape, bits: 16 | 24) {
    if (shape.channels > MOST_CHANNELS)
      throw new HarkError('bad-input', `FLAC holds up to ${MOST_CHANNELS} channels; the sound has ${shape.channels}.`, {
        where: 'coding',
        remedy: 'Export it as WAV, or mix it to mono first.',
      });
    this.#shape = shape;
    this.#bits = bits;
    this.#waiting = Array.from({ length: shape.channels }, () => new Float32Array(0));
  }

  /** The beginning of the file; call it again after `end` for the one to put in its place. */
  header(): Uint8Array {
    const out = new BitWriter();
    for (const letter of 'fLaC') out.write(letter.charCodeAt(0), 8);
    // The only block of metadata: STREAMINFO, 34 bytes.
    out.write(0x80, 8);
    out.write(34, 24);
    out.write(FRAME, 16);
    out.write(FRAME, 16);
    out.write(this.#frame === 0 ? 0 : this.#shortest, 24);
    out.write(this.#longest, 24);
    out.write(this.#shape.sampleRate, 20);
    out.write(this.#shape.channels - 1, 3);
    out.write(this.#bits - 1, 5);
    out.write(Math.floor(this.#shape.frames / 2 ** 32), 4);
    out.write(this.#shape.frames % 2 ** 32, 32);
    const sum = this.#frame === 0 ? new Uint8Array(16) : this.#md5.copy().digest();
    for (const byte of sum) out.write(byte, 8);
    return out.bytes().slice();
  }

  /** @param block one array a channel @returns the frames that are full */
  push(block: readonly Float32Array[]): Uint8Array[] {
    this.#md5.update(wavSamples(block, this.#bits === 16 ? 'pcm16' : 'pcm24'));
    this.#waiting = this.#waiting.map((before, channel) => {
      const joined = new Float32Array(before.length + block[channel].length);
      joined.set(before);
      joined.set(block[channel], before.length);
      return joined;
    });
    return this.#take(FRAME);
  }

  /** @returns the last frame, which may be shorter; none if the one before was the last */
  end(): Uint8Array[] {
    return this.#take(1);
  }

  #take(least: number): Uint8Array[] {
    const frames: Uint8Array[] = [];
    const there = this.#waiting[0].length;
    let at = 0;
    for (; there - at >= least; at += FRAME)
      frames.push(this.#encode(this.#waiting.map((samples) => samples.subarray(at, at + FRAME))));
    this.#waiting = this.#waiting.map((samples) => samples.slice(at));
    return frames;
  }

  #encode(block: readonly Float32Array[]): Uint8Array {
    const { code, subframes } = this.#plan(
      block.map((samples) => Int32Array.from(samples, (sample) => asInteger(sample, this.#bits))),
    );
    const out = this.#out;
    out.clear();
    this.#writeHeader(block[0].length, code);
    for (const subframe of subframes) subframe.write(out);
    out.align();
    out.write(crc16(out.bytes()), 16);
    const frame = out.bytes().slice();
    this.#frame++;
    this.#shortest = Math.min(this.#shortest, frame.length);
    this.#longest = Math.max(this.#longest, frame.length);
    return frame;
  }

  #plan(channels: Int32Array[]): { code: number; subframes: Subframe[] } {
    if (channels.length !== 2)
      return { code: channels.length - 1, subframes: channels.map((samples) => planSubframe(samples, this.#bits)) };
    const [left, right] = channels;
    const plans = {
      left: planSubframe(left, this.#bits),
      right: planSubframe(right, this.#bits),
      mid: planSubframe(
        left.map((value, n) => (value + right[n]) >> 1),
        this.#bits,
      ),
      side: planSubframe(
        left.map((value, n) => value - right[n]),
        this.#bits + 1,
      ),
    };
    const length = ({ first, second }: (typeof PAIRS)[number]) => plans[first].bits + plans[second].bits;
    const best = PAIRS.reduce((a, b) => (length(b) < length(a) ? b : a));
    return { code: best.code, subframes: [plans[best.first], plans[best.second]] };
  }

  /** Section 9.1: block size and rate stand at the end where no code is there for them. */
  #writeHeader(size: number, channelCode: number): void {
    const out = this.#out;
    const rate = rateCode(this.#shape.sampleRate);
    out.write(0xfff8, 16);
    out.write(size === FRAME ? 12 : 7, 4);
    out.write(rate.code, 4);
    out.write(channelCode, 4);
    out.write(this.#bits === 16 ? 4 : 6, 3);
    out.write(0, 1);
    for (const byte of codedNumber(this.#frame)) out.write(byte, 8);
    if (size !== FRAME) out.write(size - 1, 16);
    if (rate.code !== 0) out.write(rate.value, 16);
    out.write(crc8(out.bytes()), 8);
  }
}

/** In Hz, in tens of Hz, or (code 0) as the head of the file has it. */
function rateCode(sampleRate: number): { code: number; value: number } {
  if (sampleRate < 65_536) return { code: 13, value: sampleRate };
  if (sampleRate % 10 === 0 && sampleRate < 655_360) return { code: 14, value: sampleRate / 10 };
  return { code: 0, value: 0 };
}

/** A number as UTF-8 would code a character of it, up to 36 bits. */
function codedNumber(value: number): number[] {
  if (value < 0x80) return [value];
  const tail: number[] = [];
  let rest = value;
  let room = 64;
  do {
    tail.unshift(0x80 | (rest % 64));
    rest = Math.floor(rest / 64);
    room /= 2;
  } while (rest >= room);
  return [((0xff00 >> (tail.length + 1)) & 0xff) | rest, ...tail];
}
