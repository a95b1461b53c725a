import { ActionIcon, Chip, Tooltip } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerSkipBack } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { AudioQuery } from '#shared/contract/bulk.ts';
import { useSelection } from '../../app/selection.ts';
import { timecode } from '../format.ts';
import { ActionTip } from '../kbd.tsx';
import { player } from '../player.ts';
import classes from './sound.module.css';

interface Props {
  clip: number;
  duration: number;
  /** Whether each clip is played as soon as it is chosen. */
  autoplay: boolean;
  disabled?: boolean;
  /** How the clip is asked for, where it is not heard as it is. */
  which: AudioQuery | string;
}

/** Play, from the start, autoplay, and where the playhead stands. */
export function Transport({ clip, duration, autoplay, disabled, which }: Props) {
  // Another clip beside this one may have been played last.
  const take = () => {
    if (player.useStore.getState().clip !== clip) player.load(clip, duration, which);
  };
  const playing = player.useStore((state) => state.playing && state.clip === clip);
  return (
    <div className={classes.transport}>
      <ActionTip action="player.toggle" label={playing ? 'Pause' : 'Play'}>
        <ActionIcon
          variant="filled"
          color="iris"
          size="lg"
          disabled={disabled}
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={() => {
            take();
            player.toggle();
          }}
        >
          {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        </ActionIcon>
      </ActionTip>
      <ActionTip action="player.restart">
        <ActionIcon
          size="lg"
          disabled={disabled}
          aria-label="Play from the start"
          onClick={() => {
            take();
            void player.playFrom(0);
          }}
        >
          <IconPlayerSkipBack size={18} />
        </ActionIcon>
      </ActionTip>
      <Clock clip={clip} duration={duration} />
      <Tooltip label="Play each clip as soon as it is chosen">
        <Chip size="xs" checked={autoplay} onChange={(checked) => useSelection.setState({ autoplay: checked })}>
          Autoplay
        </Chip>
      </Tooltip>
    </div>
  );
}

function Clock({ clip, duration }: { clip: number; duration: number }) {
  const text = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      player.onTime((seconds) => {
        const shown = player.useStore.getState().clip === clip ? Math.min(seconds, duration) : 0;
        if (text.current) text.current.textContent = `${timecode(shown)} / ${timecode(duration)}`;
      }),
    [clip, duration],
  );
  return <span ref={text} className={classes.clock} />;
}
