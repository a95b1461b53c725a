import { Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './results.module.css';

/** Stands beside every number that a leaky split has made too good; nothing when nothing leaks. */
export function LeakMark({ note }: { note: string | null }) {
  if (note === null) return null;
  return (
    <Tooltip label={`${note} The number may be too good.`} multiline maw={320}>
      <span className={classes.leak} tabIndex={0} role="img" aria-label={`Leaky split: ${note}`}>
        <IconAlertTriangle size={13} aria-hidden />
        leaks
      </span>
    </Tooltip>
  );
}
