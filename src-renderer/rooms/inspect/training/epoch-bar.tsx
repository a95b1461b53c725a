import { ActionIcon, Button, Slider, Switch, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTrainingView } from './state.ts';
import classes from './training.module.css';

/** From epoch to epoch while they are played, ms. */
const PACE = 450;

interface Props {
  /** That were looked at, the first first. */
  epochs: readonly number[];
  /** The one in sight. */
  epoch: number;
  /** How many there will be. */
  total: number;
  live: boolean;
}

/** Which epoch is in sight: chosen, played through, or the newest as it comes in. */
export function EpochBar({ epochs, epoch, total, live }: Props) {
  const { epoch: chosen, beginning } = useTrainingView();
  const [playing, setPlaying] = useState(false);
  const last = epochs.length - 1;
  const at = Math.max(0, epochs.indexOf(epoch));
  // The last one is followed while more come.
  const go = (index: number) => useTrainingView.setState({ epoch: index >= last ? null : epochs[index] });
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (at >= last) setPlaying(false);
      else go(at + 1);
    }, PACE);
    return () => clearTimeout(timer);
  });
  const play = () => {
    if (!playing && at >= last) go(0);
    setPlaying(!playing);
  };
  const words = epoch === 0 ? 'before training' : `epoch ${epoch} of ${total}`;
  return (
    <div className={classes.epochs}>
      <Tooltip label={playing ? 'Pause' : 'Play through the epochs'}>
        <ActionIcon
          variant="default"
          aria-label={playing ? 'Pause' : 'Play through the epochs'}
          disabled={last < 1}
          onClick={play}
        >
          {playing ? <IconPlayerPause size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Slider
        className={classes.slider}
        size="sm"
        min={0}
        max={Math.max(1, last)}
        step={1}
        disabled={last < 1}
        value={at}
        label={null}
        thumbLabel="Epoch"
        thumbValueText={words}
        onChange={(index) => {
          setPlaying(false);
          go(index);
        }}
      />
      <span className={classes.epoch}>{words.charAt(0).toUpperCase() + words.slice(1)}</span>
      {live && (
        <Button
          variant={chosen === null ? 'light' : 'default'}
          size="compact-xs"
          aria-pressed={chosen === null}
          leftSection={<IconPlayerSkipForward size={13} aria-hidden />}
          onClick={() => useTrainingView.setState({ epoch: null })}
        >
          Newest
        </Button>
      )}
      <Switch
        size="xs"
        label="Before training, faint"
        checked={beginning}
        onChange={(event) => useTrainingView.setState({ beginning: event.currentTarget.checked })}
      />
    </div>
  );
}
