import { IconChecklist, IconMicrophone, IconWaveSawTool, IconZoomQuestion } from '@tabler/icons-react';
import { lazy } from 'react';
import { paths } from '../../app/paths.ts';
import type { Page } from '../../parts/paged-room.tsx';

/** The pages in the order of their tabs; a new one is one line here. */
export const PAGES: readonly Page[] = [
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
