import { IconChecklist, IconMicrophone, IconWaveSawTool, IconZoomQuestion, type Icon } from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import { paths } from '../../app/paths.ts';

/** A page of the room, chosen by a tab at its top. */
export interface StudioPage {
  id: string;
  title: string;
  icon: Icon;
  path: string;
  component: ComponentType;
}

/** The pages in the order of their tabs; a new one is one line here. The first one answers all addresses that no other does. */
export const PAGES: readonly StudioPage[] = [
  {
    id: 'edit',
    title: 'Edit',
    icon: IconWaveSawTool,
    path: paths.studio,
    component: lazy(() => import('./view/editor-page.tsx')),
  },
  {
    id: 'queue',
    title: 'Label',
    icon: IconChecklist,
    path: paths.studioQueue,
    component: lazy(() => import('./queue/queue-page.tsx')),
  },
  {
    id: 'suspects',
    title: 'Suspects',
    icon: IconZoomQuestion,
    path: paths.studioSuspects,
    component: lazy(() => import('./suspects/suspects-page.tsx')),
  },
  {
    id: 'record',
    title: 'Record',
    icon: IconMicrophone,
    path: paths.studioRecord,
    component: lazy(() => import('./record/record-page.tsx')),
  },
];

/** The page an address lies in. */
export const pageAt = (location: string): StudioPage =>
  PAGES.slice(1).find(({ path }) => location === path || location.startsWith(`${path}/`)) ?? PAGES[0];
