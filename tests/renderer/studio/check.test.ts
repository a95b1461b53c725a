import { describe, expect, it } from 'vitest';
import { Edit } from '#shared/domain/edit.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import { actionOf } from '#renderer/app/actions.ts';
import { checkedEdit, selectionAfter } from '#renderer/rooms/studio/edit/check.ts';
import { initialValues } from '#renderer/rooms/studio/edit/fields.ts';
import { OPERATIONS, operationOf, whatIsMissing } from '#renderer/rooms/studio/edit/operations.ts';
import { type Place, placeOf } from '#renderer/rooms/studio/edit/place.ts';

const SHAPE = { frames: 32_000, sampleRate: 16_000, channels: 1 };
const KEPT = { sound: 'a'.repeat(40), duration: 0.25, sampleRate: 16_000, from: 'x.wav' };
const BOX = { start: 0.5, end: 1, fMin: 1000, fMax: 2000 };
const FULL = placeOf(SHAPE, BOX, 0, { clipboard: KEPT, profile: KEPT });
const BARE = placeOf(SHAPE, null, 0.75, { clipboard: null, profile: null });

describe('the table of operations', () => {
  it('has each operation once, under an action that the palette knows', () => {
    const actions = OPERATIONS.map(({ action }) => action);
    expect(new Set(actions).size).toBe(actions.length);
    for (const action of actions) expect(actionOf(action).scope).toBe('studio');
  });
  it('makes every kind of edit the contract knows', () => {
    const made = OPERATIONS.map((one) => checkedEdit(one, FULL, initialValues(one.fields, FULL)).edit?.op);
    expect(new Set(made)).toEqual(new Set(Edit.options.map(({ shape }) => shape.op.value)));
  });
  it.each(OPERATIONS.map((one) => [one.action, one] as const))('%s makes a valid edit as its form opens', (_, one) => {
    const { edit, problem, fields } = checkedEdit(one, FULL, initialValues(one.fields, FULL));
    expect({ problem, fields }).toEqual({ problem: null, fields: {} });
    expect(editWords(edit!)).not.toBe('');
  });
  it('says what is missing where an operation needs something first', () => {
    for (const one of OPERATIONS) {
      const { edit, problem } = checkedEdit(one, BARE, initialValues(one.fields, BARE));
      expect(edit === null).toBe(one.need !== undefined);
      expect(problem).toBe(whatIsMissing(one.need, BARE));
    }
  });
  it('can do to many clips only what needs no selection in them', () => {
    for (const { many, need } of OPERATIONS) if (many) expect(['profile', undefined]).toContain(need);
  });
});

describe('values of a form', () => {
  const gain = operationOf('studio.gain');
  it.each(['', '-', Number.NaN, 61, -121])('%s dB of gain is no edit, and the field says so', (db) => {
    const { edit, fields } = checkedEdit(gain, FULL, { db });
    expect(edit).toBeNull();
    expect(Object.keys(fields)).toEqual(['db']);
  });
  it('mean the selection, and without one the whole sound', () => {
    expect(checkedEdit(gain, FULL, { db: 3 }).edit).toEqual({ op: 'gain', start: 0.5, end: 1, db: 3 });
    expect(checkedEdit(gain, BARE, { db: 3 }).edit).toEqual({ op: 'gain', start: null, end: null, db: 3 });
  });
  it('a duration to stretch to is a factor of what is selected', () => {
    const values = { by: 'duration', duration: 1, percent: 125 };
    expect(checkedEdit(operationOf('studio.stretch'), FULL, values).edit).toMatchObject({ factor: 2 });
    const tooLong = checkedEdit(operationOf('studio.stretch'), FULL, { ...values, duration: 5 });
    expect(tooLong.edit).toBeNull();
    expect(tooLong.problem).not.toBeNull();
  });
  it('an edit that would leave nothing is refused in words', () => {
    const all = placeOf(SHAPE, { start: 0, end: 2, fMin: null, fMax: null }, 0, { clipboard: null, profile: null });
    expect(checkedEdit(operationOf('studio.delete'), all, {})).toMatchObject({
      edit: null,
      problem: 'Nothing would be left of the sound.',
    });
  });
  it('begin with what was set last, but not with the duration of another selection', () => {
    const { fields } = operationOf('studio.stretch');
    expect(initialValues(fields, FULL, { by: 'duration', duration: 9, percent: 50 })).toEqual({
      ...{ by: 'duration', duration: 0.5, percent: 50 },
    });
  });
});

describe('the selection after an edit', () => {
  const selection = { start: 0.5, end: 1, fMin: null, fMax: null };
  const at = (edit: unknown) => selectionAfter(SHAPE, Edit.parse(edit), selection);
  it('is what was put in', () => {
    expect(at({ op: 'paste', start: 0.5, end: 1, sound: KEPT.sound, duration: 0.25 })).toMatchObject({
      start: 0.5,
      end: 0.75,
    });
    expect(at({ op: 'insertSilence', at: 0.5, duration: 1 })).toMatchObject({ start: 0.5, end: 1.5 });
  });
  it('is the place of what was deleted', () => {
    expect(at({ op: 'delete', start: 0.5, end: 1 })).toEqual({ start: 0.5, end: 0.5, fMin: null, fMax: null });
  });
  it('moves with the sound', () => {
    expect(at({ op: 'delete', start: 0, end: 0.25 })).toMatchObject({ start: 0.25, end: 0.75 });
    expect(at({ op: 'keep', start: 0.5, end: 1 })).toMatchObject({ start: 0, end: 0.5 });
    expect(at({ op: 'stretch', start: 0.5, end: 1, factor: 2 })).toMatchObject({ start: 0.5, end: 1.5 });
    expect(at({ op: 'resample', sampleRate: 8000 })).toMatchObject({ start: 0.5, end: 1 });
  });
  it('stays where the sound stays', () => {
    for (const edit of [{ op: 'gain', db: 3 }, { op: 'reverse', start: 0.5, end: 1 }, { op: 'mono' }])
      expect(at(edit)).toEqual(selection);
  });
  it('is none where there was none', () => expect(selectionAfter(SHAPE, Edit.parse({ op: 'mono' }), null)).toBeNull());
});

describe('what a selection means', () => {
  it('is held to the sound; a moment is a cursor; a box has both frequencies', () => {
    const kept = { clipboard: null, profile: null };
    const place = (start: number, end: number, fMin: number | null, fMax: number | null): Place =>
      placeOf(SHAPE, { start, end, fMin, fMax }, 1.5, kept);
    expect(place(1, 9, null, null)).toMatchObject({ span: { start: 1, end: 2 }, box: null, cursor: 1 });
    expect(place(0.3, 0.3, null, null)).toMatchObject({ span: null, cursor: 0.3 });
    expect(place(0, 1, 100, 200).box).toEqual({ start: 0, end: 1, fMin: 100, fMax: 200 });
    expect(placeOf(SHAPE, null, 1.5, kept)).toMatchObject({ span: null, cursor: 1.5 });
  });
});
