import { useMemo } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { shapeAfter } from '#shared/domain/edit-shape.ts';
import type { Edit, SoundShape } from '#shared/domain/edit.ts';
import { useStudio } from '../state.ts';
import type { OpenSound } from './layers.ts';

/**
 * The sound that lies open: as edited, or as its first `upTo` edits leave it, and as an edit that is tried would make it (one that
 * does not fit is left out).
 */
export function openSound(
  { clip, source, edits }: Pick<StudioClip, 'clip' | 'source' | 'edits'>,
  preview: Edit | null = null,
  upTo: number | null = null,
): OpenSound {
  const { id, version } = clip;
  const inForce = upTo === null ? edits : edits.slice(0, upTo);
  const before = shapeAfter(source, inForce);
  const tried = preview && fits(before, preview) ? preview : null;
  const shape = tried ? shapeAfter(before, [tried]) : before;
  const edit = tried ? JSON.stringify(tried) : undefined;
  const query = { v: version, edits: upTo ?? undefined, edit };
  return { clip: id, version, edit, query, duration: shape.frames / shape.sampleRate, ...shape };
}

function fits(shape: SoundShape, edit: Edit): boolean {
  try {
    return shapeAfter(shape, [edit]).frames > 0;
  } catch {
    return false;
  }
}

/** The same for components; the same object as long as the sound is the same. */
export function useOpenSound(open: StudioClip): OpenSound {
  const preview = useStudio((state) => state.preview);
  const upTo = useStudio((state) => state.upTo);
  const made = openSound(open, preview, upTo);
  const words = JSON.stringify(made);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the words say all of it
  return useMemo(() => made, [words]);
}
