import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { applyEdit, applyEdits } from '#main/audio/edits/index.ts';
import { channelsOf, shapeOf, signalOf, type Signal } from '#main/audio/signal/signal.ts';
import { memorySink } from '#main/audio/signal/sink.ts';
import { editedShape, framesOf, movedTime, shapeAfter } from '#shared/domain/edit-shape.ts';
import { Edit } from '#shared/domain/edit.ts';
import { Random } from '#shared/math/random.ts';
import { anyEdit, HASH, localEdit } from '../../support/any-edit.ts';

const blocks = vi.hoisted(() => ({ size: 65_536 }));
vi.mock('#main/audio/edits/block.ts', () => ({
  get BLOCK() {
    return blocks.size;
  },
}));
afterEach(() => (blocks.size = 65_536));

const RATE = 8000;
const random = new Random(1, 'sound');
const noise = (frames: number) => Float32Array.from({ length: frames }, () => random.between(-0.5, 0.5));
const sound = signalOf([noise(4001), noise(4001)], RATE);
const kept = signalOf([noise(3000)], 11_025);
const context = { sink: memorySink, kept: () => kept };
const bits = (signal: Signal) => channelsOf(signal).map((samples) => Buffer.from(samples.buffer).toString('base64'));

describe('any edit', () => {
  test('gives the shape that was foretold, of numbers alone', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { minLength: 1, maxLength: 4 }), (edits) => {
        let expected;
        try {
          expected = shapeAfter(shapeOf(sound), edits);
        } catch {
          expect(() => applyEdits(sound, edits, context)).toThrow(expect.objectContaining({ kind: 'bad-input' }));
          return;
        }
        fc.pre(expected.frames < 200_000);
        const after = applyEdits(sound, edits, context);
        expect(shapeOf(after)).toEqual(expected);
        for (const samples of channelsOf(after)) {
          expect(samples.length).toBe(expected.frames);
          expect(samples.every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('leaves the sound as it was, to the bit: to drop it is to have the earlier signal', () => {
    const before = bits(sound);
    fc.assert(
      fc.property(anyEdit, (edit) => {
        try {
          applyEdit(sound, edit, context);
        } catch {
          // It does not fit.
        }
        expect(bits(sound)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test('in place changes nothing outside its span, to the bit', () => {
    fc.assert(
      fc.property(localEdit, (edit) => {
        const after = applyEdit(sound, edit, context);
        const { from, end } = framesOf(edit as { start: number; end: number }, shapeOf(sound));
        channelsOf(sound).forEach((samples, channel) => {
          const found = channelsOf(after)[channel];
          expect(found.subarray(0, from)).toEqual(samples.subarray(0, from));
          const rest = samples.length - end;
          expect(found.subarray(found.length - rest)).toEqual(samples.subarray(end));
        });
      }),
      { numRuns: 80 },
    );
  });

  test('gives the same in blocks of any size', () => {
    const close = (a: Signal, b: Signal) =>
      channelsOf(a).every((samples, channel) => {
        const other = channelsOf(b)[channel];
        return samples.every((value, n) => Math.abs(value - other[n]) <= 1e-6);
      });
    fc.assert(
      fc.property(localEdit, fc.constantFrom(1, 127, 700, 1024), (edit, size) => {
        const whole = applyEdit(sound, edit, context);
        blocks.size = size;
        const parts = applyEdit(sound, edit, context);
        blocks.size = 65_536;
        // Sums over the sound (means, powers) are rounded in another order.
        expect(parts.frames).toBe(whole.frames);
        expect(close(parts, whole)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('is the same each time, and tells how far it is', () => {
    fc.assert(
      fc.property(localEdit, (edit) => {
        const shares: number[] = [];
        const first = applyEdit(sound, edit, { ...context, progress: (share) => shares.push(share) });
        expect(bits(applyEdit(sound, edit, context))).toEqual(bits(first));
        expect(shares.every((share, i) => share >= 0 && share <= 1 && (i === 0 || share >= shares[i - 1]))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

test('non-numbers in a file become silence, and poison nothing after them', () => {
  const samples = noise(4001);
  samples[1000] = NaN;
  samples[1001] = Infinity;
  for (const edit of [
    { op: 'filter', filter: 'lowPass', frequency: 500 },
    { op: 'normaliseLoudness' },
    { op: 'stretch', factor: 1.3 },
    { op: 'attenuateBox', start: 0.1, end: 0.3, fMin: 100, fMax: 900, db: -20 },
  ] as const) {
    const after = channelsOf(applyEdit(signalOf([samples], RATE), Edit.parse(edit), context))[0];
    const end = edit.op === 'attenuateBox' ? 1000 : after.length;
    expect(after.subarray(0, end).every(Number.isFinite)).toBe(true);
    expect(after.some((value) => value !== 0)).toBe(true);
  }
});

test('a moment moves to where an impulse there is found', () => {
  const frames = 1000;
  fc.assert(
    fc.property(
      fc.constantFrom('delete', 'keep', 'insertSilence', 'paste', 'reverse', 'gain'),
      fc.integer({ min: 0, max: frames - 1 }),
      fc.integer({ min: 0, max: frames }),
      fc.integer({ min: 0, max: frames }),
      (op, at, a, b) => {
        const samples = new Float32Array(frames);
        samples[at] = 1;
        const signal = signalOf([samples], RATE);
        const [start, end] = [Math.min(a, b) / RATE, Math.max(a, b) / RATE];
        const edit = Edit.parse(
          {
            delete: { op, start, end },
            keep: { op, start, end },
            insertSilence: { op, at: start, duration: 0.01 },
            paste: { op, start, end, sound: HASH, duration: 0.02 },
            reverse: { op, start, end },
            gain: { op, start, end, db: -6 },
          }[op],
        );
        const silent = { sink: memorySink, kept: () => signalOf([new Float32Array(160)], RATE) };
        try {
          editedShape(shapeOf(signal), edit);
        } catch {
          return;
        }
        const found = channelsOf(applyEdit(signal, edit, silent))[0].findIndex((value) => value !== 0);
        // The middle of the sample, which is on no border.
        const moved = movedTime(shapeOf(signal), edit, (at + 0.5) / RATE);
        if (found < 0) expect(moved).toBe(null);
        else expect(moved! * RATE).toBeCloseTo(found + 0.5, 6);
      },
    ),
    { numRuns: 400 },
  );
});
