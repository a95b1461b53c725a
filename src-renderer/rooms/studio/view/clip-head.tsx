import { Badge } from '@mantine/core';
import type { StudioClip } from '#shared/contract/studio.ts';
import { duration, frequency, plural, splitPath } from '../../../parts/format.ts';
import { LabelEditor } from '../../../parts/label-editor.tsx';
import type { OpenSound } from './layers.ts';
import classes from './view.module.css';

/** Which clip lies open: its label, its file, and what its sound is like now. */
export function ClipHead({ open, sound }: { open: StudioClip; sound: OpenSound }) {
  const { clip, edits } = open;
  const { folder, name } = splitPath(clip.file);
  const facts = [
    duration(sound.duration),
    frequency(sound.sampleRate),
    sound.channels === 1 ? 'mono' : sound.channels === 2 ? 'stereo' : plural(sound.channels, 'channel'),
  ];
  return (
    <div className={classes.head}>
      <LabelEditor key={clip.id} clip={clip.id} dataset={clip.dataset} label={clip.label} />
      <span className={classes.file} title={clip.path}>
        <span>{folder}</span>
        {name}
      </span>
      {edits.length > 0 && (
        <Badge color="iris" flex="none">
          {plural(edits.length, 'edit')}
        </Badge>
      )}
      <span className={classes.facts}>{facts.join(' · ')}</span>
    </div>
  );
}
