import { VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import { tellError } from '../../app/tell.tsx';
import { client } from '../../client/client.ts';
import ClipPage from './clip/clip-page.tsx';
import classes from './inspect.module.css';

/** The room where one looks inside of networks while a clip plays. */
export default function Inspect() {
  // What answers takes half a second to start: by the time a clip is chosen it is there.
  useEffect(() => void client.inspect.wake().catch(tellError), []);
  return (
    <div className={classes.room}>
      <VisuallyHidden component="h1">Inspect: gates and states</VisuallyHidden>
      <ClipPage />
    </div>
  );
}
