import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editedShape, framesOf, movedSpan, movedTime } from '#shared/domain/edit-shape.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import { Edit, type EditInput } from '#shared/domain/edit.ts';
import { anyEdit } from '../support/any-edit.ts';

const shape = { frames: 4000, sampleRate: 8000, channels: 2 };
const HASH = 'd'.repeat(40);
const parse = (edit: EditInput) => Edit.parse(edit);
const moved = (edit: EditInput, start: number, end: number) => movedSpan(shape, parse(edit), { start, end });

describe('an edit', () => {
  test.each<[EditInput, string]>([
    [{ op: 'delete', start: 2, end: 1 }, 'end'],
    [{ op: 'gain', start: 2, end: 1, db: 0 }, 'end'],
    [{ op: 'attenuateBox', start: 0, end: 1, fMin: 500, fMax: 500, db: -6 }, 'fMax'],
    [{ op: 'filter', filter: 'notch', frequency: 50 }, 'width'],
  ])('%j is refused at the field', (edit, field) => {
    const parsed = Edit.safeParse(edit);
    expect(parsed.success).toBe(false);
    expect(parsed.error!.issues[0].path).toEqual([field]);
  });

  test.each<[EditInput, string]>([
    [{ op: 'gain', start: 0.5, end: 0.7, db: 0 }, 'start'],
    [{ op: 'delete', start: 0, end: 1 }, 'end'],
    [{ op: 'insertSilence', at: 0.1, duration: 1e-6 }, 'duration'],
    [{ op: 'filter', filter: 'lowPass', frequency: 4000 }, 'frequency'],
    [{ op: 'filter', filter: 'bandPass', frequency: 100, width: 5000 }, 'width'],
    [{ op: 'attenuateBox', start: 0, end: 0.1, fMin: 100, fMax: 4001, db: -6 }, 'fMax'],
  ])('%j does not fit, and what is wrong is named', (edit, where) => {
    expect(() => editedShape(shape, parse(edit))).toThrow(
      expect.objectContaining({ kind: 'bad-input', where, remedy: expect.stringMatching(/\.$/) as string }),
    );
  });

  test('of a box up to half the rate fits', () => {
    const edit = parse({ op: 'attenuateBox', start: 0, end: 0.1, fMin: 100, fMax: 4000, db: -6 });
    expect(editedShape(shape, edit)).toEqual(shape);
  });

  test('works on the samples its times are nearest to, and no further than the sound', () => {
    expect(framesOf({ start: 0.1, end: 0.20001 }, shape)).toEqual({ from: 800, end: 1600 });
    expect(framesOf({ start: 0.1, end: 99 }, shape)).toEqual({ from: 800, end: 4000 });
    expect(framesOf({ start: null, end: null }, shape)).toEqual({ from: 0, end: 4000 });
  });
});

describe('what lies in the sound moves', () => {
  test.each<[EditInput, [number, number], { start: number; end: number } | null]>([
    [{ op: 'delete', start: 0.1, end: 0.2 }, [0.3, 0.4], { start: 0.2, end: 0.3 }],
    [{ op: 'delete', start: 0.1, end: 0.2 }, [0.05, 0.15], { start: 0.05, end: 0.1 }],
    [{ op: 'delete', start: 0.1, end: 0.2 }, [0.15, 0.25], { start: 0.1, end: 0.15 }],
    [{ op: 'delete', start: 0.1, end: 0.2 }, [0.1, 0.2], null],
    [{ op: 'delete', start: 0.1, end: 0.2 }, [0, 0.5], { start: 0, end: 0.4 }],
    [{ op: 'keep', start: 0.1, end: 0.2 }, [0.15, 0.3], { start: 0.05, end: 0.1 }],
    [{ op: 'keep', start: 0.1, end: 0.2 }, [0.2, 0.3], null],
    [{ op: 'insertSilence', at: 0.1, duration: 0.05 }, [0.05, 0.2], { start: 0.05, end: 0.25 }],
    [{ op: 'insertSilence', at: 0.1, duration: 0.05 }, [0.1, 0.2], { start: 0.15, end: 0.25 }],
    [{ op: 'insertSilence', at: 0.1, duration: 0.05 }, [0.05, 0.1], { start: 0.05, end: 0.1 }],
    [{ op: 'paste', start: 0.1, end: 0.2, sound: HASH, duration: 0.3 }, [0.12, 0.18], null],
    [{ op: 'stretch', start: 0.1, end: 0.2, factor: 2 }, [0.15, 0.3], { start: 0.2, end: 0.4 }],
    [{ op: 'reverse', start: 0.1, end: 0.2 }, [0.12, 0.14], { start: 0.16, end: 0.18 }],
    [{ op: 'reverse', start: 0.1, end: 0.2 }, [0.05, 0.12], { start: 0.05, end: 0.12 }],
    [{ op: 'resample', sampleRate: 11_025 }, [0.123456, 0.2], { start: 0.123456, end: 0.2 }],
    [{ op: 'silence', start: 0.1, end: 0.2 }, [0.12, 0.15], { start: 0.12, end: 0.15 }],
  ])('%j: %j', (edit, [start, end], expected) => {
    const found = moved(edit, start, end);
    if (expected === null) expect(found).toBe(null);
    else {
      expect(found!.start).toBeCloseTo(expected.start, 9);
      expect(found!.end).toBeCloseTo(expected.end, 9);
    }
  });

  test('a moment on the border of what is taken out stays, one inside is gone', () => {
    const edit = parse({ op: 'delete', start: 0.1, end: 0.2 });
    expect([0.1, 0.15, 0.2].map((at) => movedTime(shape, edit, at))).toEqual([0.1, null, 0.1]);
    expect(movedSpan(shape, edit, { start: 0.1, end: 0.1 })).toEqual({ start: 0.1, end: 0.1 });
  });

  test('never outside the sound, never the wrong way round', () => {
    const moment = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(anyEdit, moment, moment, (edit, a, b) => {
        let after;
        try {
          after = editedShape(shape, edit);
        } catch {
          return;
        }
        const span = movedSpan(shape, edit, { start: Math.min(a, b), end: Math.max(a, b) });
        if (!span) return;
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(after.frames / after.sampleRate + 1e-9);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('words', () => {
  test.each<[EditInput, string]>([
    [{ op: 'delete', start: 0.1, end: 0.25 }, 'Delete, 0.1 s to 0.25 s'],
    [{ op: 'fade', start: null, end: 0.25, direction: 'in' }, 'Fade in (linear), 0 s to 0.25 s'],
    [{ op: 'gain', db: 3 }, 'Gain +3 dB'],
    [{ op: 'gain', start: 1, db: -3.5 }, 'Gain −3.5 dB, 1 s to the end'],
    [{ op: 'normaliseLoudness' }, 'Normalise loudness to −23 LUFS'],
    [{ op: 'filter', filter: 'highPass', frequency: 80, width: 5 }, 'High-pass 80 Hz (order 2)'],
    [{ op: 'filter', filter: 'notch', frequency: 50, width: 4 }, 'Notch 50 Hz (4 Hz wide)'],
    [
      { op: 'attenuateBox', start: 0, end: 1, fMin: 100, fMax: 2000, db: -20 },
      'Turn 100 to 2000 Hz down by 20 dB, 0 s to 1 s',
    ],
    [{ op: 'paste', start: 1, end: 1, sound: HASH, duration: 0.5 }, 'Paste 0.5 s at 1 s'],
    [{ op: 'shiftPitch', semitones: -1 }, 'Shift pitch by −1 semitone'],
    [{ op: 'stretch', factor: 1.5 }, 'Stretch to 150 % of the length'],
  ])('%j', (edit, words) => expect(editWords(parse(edit))).toBe(words));

  test('for every edit', () => {
    fc.assert(
      fc.property(anyEdit, (edit) => {
        expect(editWords(edit)).toMatch(/^[A-Z][^\n]+$/);
      }),
    );
  });
});
