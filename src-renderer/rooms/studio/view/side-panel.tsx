import { Tabs } from '@mantine/core';
import { Suspense } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { Loading } from '../../../parts/loading.tsx';
import { PANELS } from '../panels.ts';
import { useHabits } from '../state.ts';
import classes from './view.module.css';

/** What is known of the clip, by tabs. */
export function SidePanel({ open }: { open: StudioClip }) {
  const wanted = useHabits((state) => state.panel);
  const panel = PANELS.find(({ id }) => id === wanted) ?? PANELS[0];
  return (
    <Tabs
      className={classes.side}
      value={panel.id}
      onChange={(id) => id && useHabits.setState({ panel: id })}
      keepMounted={false}
    >
      <Tabs.List>
        {PANELS.map(({ id, title, icon: Sign }) => (
          <Tabs.Tab key={id} value={id} leftSection={<Sign size={14} stroke={1.7} aria-hidden />}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {PANELS.map(({ id, component: Content }) => (
        <Tabs.Panel key={id} value={id} className={classes.sidePanel}>
          <Suspense fallback={<Loading />}>
            <Content open={open} />
          </Suspense>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
