import { IconBulb, IconChartBubble, IconChartDots3 } from '@tabler/icons-react';
import { lazy } from 'react';
import { paths } from '../../app/paths.ts';
import type { Page } from '../../parts/paged-room.tsx';

/** The pages in the order of their tabs; a new one is one line here. */
export const PAGES: readonly Page[] = [
  {
    id: 'ablations',
    title: 'Ablations',
    icon: IconChartDots3,
    path: paths.experiments,
    component: lazy(() => import('./ablations-page.tsx')),
  },
  {
    id: 'trade-offs',
    title: 'Trade-offs',
    icon: IconChartBubble,
    path: paths.tradeOffs,
    component: lazy(() => import('./trade-offs/trade-offs-page.tsx')),
  },
  {
    id: 'advice',
    title: 'Advice',
    icon: IconBulb,
    path: paths.advice,
    component: lazy(() => import('./advice/advice-page.tsx')),
  },
];
