import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { StudioClip } from '#shared/contract/studio.ts';
import { paths } from '../../../app/paths.ts';
import { TOOLBARS } from '../toolbars.ts';
import { ClipHead } from './clip-head.tsx';
import { Lanes } from './lanes.tsx';
import { useOpenSound } from './open-sound.ts';
import { SelectionBar } from './selection-bar.tsx';
import { Stage, StageContext } from './stage.ts';
import { TransportBar } from './transport-bar.tsx';
import { usePlayback } from './use-playback.ts';
import { useStudioActions } from './use-studio-actions.ts';
import { useViewOf } from './use-view-of.ts';
import { ViewBar } from './view-bar.tsx';
import classes from './view.module.css';

interface Props {
  open: StudioClip;
  /** Not true while another clip is on its way. */
  current: boolean;
}

/** One clip in the editor: bars over lanes on one axis of time. */
export function Editor({ open, current }: Props) {
  const { clip } = open;
  const sound = useOpenSound(open);
  const [stage] = useState(() => new Stage());
  const frame = useRef<HTMLDivElement>(null);
  useViewOf(sound, stage);
  usePlayback(sound, current && !clip.missing);
  useStudioActions(open, sound);
  // The first clip of a visit takes the focus, so that its keys work at once.
  useEffect(() => {
    if (document.activeElement === document.body)
      frame.current?.querySelector<HTMLElement>('[data-studio-focus]')?.focus({ preventScroll: true });
  }, []);
  return (
    <StageContext value={stage}>
      <div ref={frame} className={classes.editor} role="region" aria-label={`Clip ${clip.file}`} aria-busy={!current}>
        <ClipHead open={open} sound={sound} />
        {clip.missing ? (
          <Alert m="sm" color="yellow" icon={<IconAlertTriangle aria-hidden />} title="The file is not there any more">
            {clip.path} – if it has been moved, it can be{' '}
            <Link href={paths.datasetPage(clip.dataset, 'files')}>found again</Link>.
          </Alert>
        ) : (
          <>
            {TOOLBARS.map((Bar, index) => (
              <Bar key={index} open={open} />
            ))}
            <ViewBar sound={sound} />
            <Lanes open={open} sound={sound} />
            <div className={classes.foot}>
              <TransportBar sound={sound} />
              <SelectionBar sound={sound} />
            </div>
          </>
        )}
      </div>
    </StageContext>
  );
}
