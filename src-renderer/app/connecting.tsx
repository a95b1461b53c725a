import { Loader, Text } from '@mantine/core';
import { useConnection } from '../client/connection.ts';
import classes from './shell.module.css';

/** Said over the room while the lab cannot be reached; what is on the screen stays. */
export function Connecting() {
  const { state, tries } = useConnection();
  if (state === 'open' || (state === 'connecting' && tries < 2)) return null;
  return (
    <div className={classes.banner} data-tone="warning" role="alert">
      <Loader size="xs" />
      <Text size="sm">
        {state === 'lost' ? 'The connection to the lab was lost.' : 'The lab does not answer.'} Hark tries again by
        itself; training goes on meanwhile if the lab still runs. If it was closed, start it again with{' '}
        <code>npm start</code>.
      </Text>
    </div>
  );
}
