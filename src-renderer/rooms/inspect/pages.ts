import { IconEyeSearch, IconHourglass } from '@tabler/icons-react';
import { lazy } from 'react';
import { paths } from '../../app/paths.ts';
import type { Page } from '../../parts/paged-room.tsx';

/** The pages in the order of their tabs; a new one is one line here. */
export const PAGES: readonly Page[] = [
  {
    id: 'clip',
    title: 'Gates and states',
    icon: IconEyeSearch,
    path: paths.inspect(),
    component: lazy(() => import('./clip/clip-page.tsx')),
  },
  {
    id: 'memory',
    title: 'Memory',
    icon: IconHourglass,
    path: paths.inspectMemory,
    component: lazy(() => import('./memory/memory-page.tsx')),
  },
];
