import {
  IconChartScatter,
  IconEyeSearch,
  IconHourglass,
  IconMathFunction,
  IconStairs,
  IconTrendingDown,
} from '@tabler/icons-react';
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
    id: 'map',
    title: 'Map',
    icon: IconChartScatter,
    path: paths.inspectMap,
    component: lazy(() => import('./map/map-page.tsx')),
  },
  {
    id: 'training',
    title: 'Training',
    icon: IconTrendingDown,
    path: paths.inspectTraining(),
    component: lazy(() => import('./training/training-page.tsx')),
  },
  {
    id: 'steps',
    title: 'Step by step',
    icon: IconStairs,
    path: paths.inspectSteps,
    component: lazy(() => import('./steps/steps-page.tsx')),
  },
  {
    id: 'activations',
    title: 'Activations',
    icon: IconMathFunction,
    path: paths.inspectActivations,
    component: lazy(() => import('./activations/activations-page.tsx')),
  },
  {
    id: 'memory',
    title: 'Memory',
    icon: IconHourglass,
    path: paths.inspectMemory,
    component: lazy(() => import('./memory/memory-page.tsx')),
  },
];
