import type { ClipRow } from '#shared/domain/clip.ts';
import { CLIP_STATE_NAMES } from '#shared/domain/region.ts';
import classes from './clip-panel.module.css';

/** How far the labelling of a clip is, as colour and shape; a missing file before all. */
export function StateDot({ clip }: { clip: ClipRow }) {
  const state = clip.missing ? 'missing' : clip.state;
  const words = clip.missing ? 'The file is missing' : CLIP_STATE_NAMES[clip.state];
  return <span className={classes.dot} data-state={state} role="img" aria-label={words} title={words} />;
}
