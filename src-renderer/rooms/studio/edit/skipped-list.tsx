import { Text } from '@mantine/core';
import type { Done } from '#shared/contract/studio.ts';
import { plural } from '../../../parts/format.ts';
import classes from './edit.module.css';

/** The clips something could not be done to, and why. */
export function SkippedClips({ skipped }: Pick<Done, 'skipped'>) {
  if (skipped.length === 0) return null;
  return (
    <div>
      <Text size="sm" mb={4}>
        {plural(skipped.length, 'clip')} left as they were:
      </Text>
      <ul className={`${classes.list} ${classes.results}`} tabIndex={0} aria-label="Clips left as they were">
        {skipped.map(({ clip, file, reason }) => (
          <li key={clip} className={classes.skipped}>
            <Text size="sm" className="hark-ellipsis" title={file}>
              {file}
            </Text>
            <Text size="xs" c="dimmed">
              {reason}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
