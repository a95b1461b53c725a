import { ActionIcon, Menu, Select, Tooltip } from '@mantine/core';
import {
  IconCheck,
  IconDots,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconRepeat,
  IconWaveSine,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useSelection } from '../../../app/selection.ts';
import { Failure } from '../../../parts/failure.tsx';
import { ActionTip } from '../../../parts/kbd.tsx';
import { player } from '../../../parts/player.ts';
import { useHabits, useStudio } from '../state.ts';
import type { OpenSound } from './layers.ts';
import { isSpan } from './select.ts';
import { clockWords } from './time-ticks.ts';
import classes from './view.module.css';

export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

/** Hears the sound: what is selected or all of it, again and again, slower or faster, one band alone. */
export function TransportBar({ sound }: { sound: OpenSound }) {
  const { playing, rate, loop } = player.useStore();
  const error = player.useStore((state) => (state.clip === sound.clip ? state.error : null));
  const span = useStudio(({ selection }) => isSpan(selection));
  const box = useStudio(({ selection }) => isSpan(selection) && selection.fMin !== null);
  const bandOnly = useStudio((state) => state.bandOnly);
  const what = playing ? 'Pause' : span ? 'Play the selection' : 'Play';
  return (
    <>
      {error && <Failure error={error} />}
      <div className={classes.bar} role="group" aria-label="Playback">
        <ActionTip action="player.toggle" label={what}>
          <ActionIcon variant="filled" color="iris" size="lg" aria-label={what} onClick={() => player.toggle()}>
            {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
          </ActionIcon>
        </ActionTip>
        <ActionTip action="player.restart">
          <ActionIcon size="lg" aria-label="Play from the start" onClick={() => void player.playFrom(0)}>
            <IconPlayerSkipBack size={18} />
          </ActionIcon>
        </ActionTip>
        <ActionTip action="studio.loop">
          <ActionIcon
            size="lg"
            variant={loop ? 'light' : 'subtle'}
            color={loop ? 'iris' : 'gray'}
            aria-label="Repeat"
            aria-pressed={loop}
            onClick={() => player.setLoop(!loop)}
          >
            <IconRepeat size={18} />
          </ActionIcon>
        </ActionTip>
        <ActionTip action="studio.bandOnly">
          <ActionIcon
            size="lg"
            variant={bandOnly ? 'light' : 'subtle'}
            color={bandOnly ? 'iris' : 'gray'}
            aria-label="Hear the selected band alone"
            aria-pressed={bandOnly}
            disabled={!box && !bandOnly}
            onClick={() => useStudio.setState({ bandOnly: !bandOnly })}
          >
            <IconWaveSine size={18} />
          </ActionIcon>
        </ActionTip>
        <Clock sound={sound} />
        <Tooltip label="Speed; the pitch stays">
          <Select
            aria-label="Speed"
            className={classes.rate}
            data={[...new Set([...RATES, rate])]
              .sort((a, b) => a - b)
              .map((one) => ({ value: String(one), label: `${one} ×` }))}
            value={String(rate)}
            onChange={(value) => value && player.setRate(Number(value))}
            allowDeselect={false}
          />
        </Tooltip>
        <PlayHabits />
      </div>
    </>
  );
}

/** Habits of playback, switched in a menu that stays open. */
function PlayHabits() {
  const { follow, clickPlays } = useHabits();
  const autoplay = useSelection((state) => state.autoplay) ?? false;
  const habits: [words: string, on: boolean, toggle: () => void][] = [
    ['The view follows the playhead', follow, () => useHabits.setState({ follow: !follow })],
    ['A click in the picture plays from there', clickPlays, () => useHabits.setState({ clickPlays: !clickPlays })],
    ['Each clip is played as it is chosen', autoplay, () => useSelection.setState({ autoplay: !autoplay })],
  ];
  return (
    <Menu position="top-start" closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label="Habits of playback">
          <ActionIcon size="lg" aria-label="Habits of playback">
            <IconDots size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {habits.map(([words, on, toggle]) => (
          <Menu.Item
            key={words}
            role="menuitemcheckbox"
            aria-checked={on}
            leftSection={on ? <IconCheck size={14} /> : <span className={classes.noCheck} />}
            onClick={toggle}
          >
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Clock({ sound }: { sound: OpenSound }) {
  const text = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      player.onTime((seconds) => {
        const shown = Math.min(seconds, sound.duration);
        if (text.current) text.current.textContent = `${clockWords(shown, 1e-3)} / ${clockWords(sound.duration, 1e-3)}`;
      }),
    [sound],
  );
  return <span ref={text} className={classes.clock} />;
}
