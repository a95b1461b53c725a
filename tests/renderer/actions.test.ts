import { describe, expect, it } from 'vitest';
import { ACTIONS, clashes, actionOf, type ActionId } from '../../src-renderer/app/actions.ts';
import { chordOf } from '../../src-renderer/app/keys.ts';
import { ROOMS } from '../../src-renderer/app/rooms.tsx';

describe('the actions table', () => {
  it('names every action once', () => {
    const ids = ACTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('gives no two actions of one place the same key', () => {
    expect(clashes((id) => actionOf(id).keys)).toEqual([]);
  });
  it('sees a clash where there is one, and none between different rooms', () => {
    const bound = (id: ActionId) => (['edit.undo', 'player.toggle'].includes(id) ? ['Space'] : []);
    expect(clashes(bound)).toEqual([{ chord: 'Space', ids: ['edit.undo', 'player.toggle'] }]);
  });
  it('writes every chord as the keyboard gives it', () => {
    for (const { keys } of ACTIONS)
      for (const chord of keys)
        expect(chord).toMatch(
          /^(Mod\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|F2|[-+=,./?[\]]|Space|Enter|Escape|Delete|Backspace|Home|End|Page(Up|Down)|Arrow(Up|Down|Left|Right))$/,
        );
  });
  it('has a way to every room', () => {
    for (const room of ROOMS) expect(actionOf(room.go).title).toBe(room.title);
  });
});

describe('chords', () => {
  const press = (
    key: string,
    held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
    code = '',
  ) => ({
    key,
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  });
  it.each([
    [press('k', { ctrlKey: true }), 'Mod+K'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z'],
    [press(' '), 'Space'],
    [press(' ', { shiftKey: true }), 'Shift+Space'],
    [press('?', { shiftKey: true }), '?'],
    [press('ArrowDown'), 'ArrowDown'],
    [press('1', { altKey: true }, 'Digit1'), 'Alt+1'],
    [press('Control', { ctrlKey: true }), null],
  ])('%o is %s', (event, chord) => expect(chordOf(event, false)).toBe(chord));

  it('takes Command for Mod on a Mac, and the key meant where Option types another character', () => {
    expect(chordOf(press('k', { metaKey: true }), true)).toBe('Mod+K');
    expect(chordOf(press('k', { ctrlKey: true }), true)).toBe('K');
    expect(chordOf(press('¡', { altKey: true }, 'Digit1'), true)).toBe('Alt+1');
  });
});
