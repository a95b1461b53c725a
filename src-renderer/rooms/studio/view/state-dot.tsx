import type { ClipRow } from '#shared/domain/clip.ts';
import { CLIP_STATES, type ClipState } from '#shared/domain/region.ts';
import classes from './view.module.css';

const WORDS: Record<ClipState, string> = { todo: 'to do', done: 'done', checked: 'checked', rejected: 'rejected' };

/** How far the labelling of a clip is, as colour and shape; nothing where a list does not know it. */
export function StateDot({ clip }: { clip: ClipRow }) {
  const state = 'state' in clip ? CLIP_STATES.find((one) => one === clip.state) : undefined;
  const words = clip.missing ? 'file is missing' : state && WORDS[state];
  if (!words) return <span className={classes.dot} />;
  return (
    <span
      className={classes.dot}
      data-state={clip.missing ? 'missing' : state}
      role="img"
      aria-label={words}
      title={words}
    />
  );
}
