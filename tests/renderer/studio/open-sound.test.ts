import { expect, test } from 'vitest';
import { openSound } from '#renderer/rooms/studio/view/open-sound.ts';
import type { StudioClip } from '#shared/contract/studio.ts';
import type { Edit } from '#shared/domain/edit.ts';

const cut: Edit = { op: 'delete', start: 0, end: 0.25 };
/** A second at 8 kHz, the first quarter of which has been cut away. */
const open = {
  clip: { id: 3, frames: 6000, sampleRate: 8000, channels: 1, duration: 0.75, version: 'abc' },
  source: { frames: 8000, sampleRate: 8000, channels: 1 },
  edits: [cut],
} as StudioClip;

test('is as long as its edits have left it, each counted once', () => {
  expect(openSound(open)).toMatchObject({ clip: 3, frames: 6000, duration: 0.75 });
});

test('is as its first edits left it, where one looks back', () => {
  expect(openSound(open, null, 0)).toMatchObject({ frames: 8000, query: { edits: 0 } });
});

test('is as an edit that is tried would make it, if that fits', () => {
  expect(openSound(open, cut)).toMatchObject({ frames: 4000, edit: JSON.stringify(cut) });
  expect(openSound(open, { op: 'delete', start: 2, end: 3 })).toMatchObject({ frames: 6000, edit: undefined });
});
