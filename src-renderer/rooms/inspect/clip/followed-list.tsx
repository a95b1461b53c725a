import { Button, CloseButton } from '@mantine/core';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import { toggleFollowed, useInspect } from '../state.ts';
import { CURVE_COLOURS } from './followed.tsx';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

/** Which curve over the spectrogram is which unit. */
export function FollowedList({ networks }: { networks: readonly InsideNetwork[] }) {
  const followed = useInspect((state) => state.followed);
  if (followed.length === 0) return null;
  return (
    <ul className={classes.followed} aria-label="Units followed over the spectrogram">
      {followed.map((one, index) => {
        const network = networks.find(({ run }) => run.id === one.run);
        if (!network) return null;
        const { cell } = network.run;
        const name = `${CELL_NAMES[cell]} ${SIGNALS[cell].find(({ id }) => id === one.signal)?.name.toLowerCase()}, unit ${one.unit}`;
        return (
          <li key={`${one.run} ${one.signal} ${one.unit}`}>
            <i style={{ background: CURVE_COLOURS[index % CURVE_COLOURS.length] }} aria-hidden />
            <span>{name}</span>
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={`What it likes: ${name}`}
              onClick={() => useInspect.setState({ likes: one })}
            >
              What it likes
            </Button>
            <CloseButton size="xs" aria-label={`Do not follow ${name}`} onClick={() => toggleFollowed(one)} />
          </li>
        );
      })}
    </ul>
  );
}
