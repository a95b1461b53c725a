/**
 * Chords are written `Mod+Shift+Z`: modifiers in the order Mod, Alt, Shift, then the key. `Mod` is Ctrl, on a Mac Command.
 * Letters are upper case; `Shift` is left out where the key itself says it (`?`).
 */

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { code?: string };

/** The chord a key press means; null for a modifier alone. */
export function chordOf(event: KeyPress, onMac = mac): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'CapsLock'].includes(event.key)) return null;
  let key = event.key === ' ' ? 'Space' : event.key;
  // Option on a Mac types another character; the key meant is the one on the keyboard.
  const physical = /^(?:Key|Digit)(.)$/.exec(event.code ?? '')?.[1];
  if (event.altKey && physical) key = physical;
  const letter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  if (letter) key = key.toUpperCase();
  const symbol = key.length === 1 && !letter;
  const parts = [
    (onMac ? event.metaKey : event.ctrlKey) && 'Mod',
    event.altKey && 'Alt',
    event.shiftKey && !symbol && 'Shift',
    key,
  ];
  return parts.filter(Boolean).join('+');
}

const WORDS: Record<string, string> = {
  Mod: mac ? '⌘' : 'Ctrl',
  Alt: mac ? '⌥' : 'Alt',
  Shift: mac ? '⇧' : 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** The keys of a chord as they are called on the keyboard. */
export function keyWords(chord: string): string[] {
  return partsOf(chord).map((part) => WORDS[part] ?? part);
}

/** `Mod+K` -> Mod, K; the plus key itself is `Mod++`. */
function partsOf(chord: string): string[] {
  return chord.endsWith('++') || chord === '+'
    ? [...chord.slice(0, -1).split('+').filter(Boolean), '+']
    : chord.split('+');
}

/** Chords that a field of text needs for itself. */
const TYPING_KEYS = ['Mod+Z', 'Mod+Shift+Z', 'Mod+Y', 'Mod+X', 'Mod+C', 'Mod+V', 'Mod+A'];

/** Whether a key press belongs to the element that has the focus rather than to the app. */
export function belongsToFocus(chord: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const typing =
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox],[type=radio],[type=range])');
  if (typing) return !chord.startsWith('Mod+') || TYPING_KEYS.includes(chord);
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return !chord.startsWith('Mod+');
  // Words that were marked on the screen are what a person then copies.
  if (chord === 'Mod+C' && getSelection()?.isCollapsed === false) return true;
  const own = OWN_KEYS.find(([selector]) => target.closest(selector));
  return own !== undefined && own[1].includes(chord);
}

/** Keys that native and ARIA controls need for themselves. */
const OWN_KEYS: [selector: string, keys: string[]][] = [
  [
    'input[type=range], [role=slider], [role=separator]',
    ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Space', 'Enter'],
  ],
  [
    'input[type=radio], [role=radio], [role=tab]',
    ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Space', 'Enter'],
  ],
  ['input[type=checkbox], button, a[href], [role=button], summary', ['Space', 'Enter']],
];
