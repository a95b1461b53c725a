import {
  IconBook2,
  IconBooks,
  IconChartHistogram,
  IconEyeSearch,
  IconFileText,
  IconFlask,
  IconSettings,
  IconWaveSawTool,
  type Icon,
} from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import type { ActionId, PageScope, RoomScope } from './actions.ts';
import { paths } from './paths.ts';

export interface Room {
  id: RoomScope;
  title: string;
  icon: Icon;
  path: string;
  go: ActionId;
  /** At the foot of the rail instead of among the rooms. */
  atFoot?: boolean;
  component: ComponentType;
}

/** The rooms of the window; a new one is one line here (and its `go` action). Each fetches its code when first entered. */
export const ROOMS: readonly Room[] = [
  {
    id: 'library',
    title: 'Library',
    icon: IconBooks,
    path: paths.library,
    go: 'go.library',
    component: lazy(() => import('../rooms/library/index.tsx')),
  },
  {
    id: 'studio',
    title: 'Studio',
    icon: IconWaveSawTool,
    path: paths.studio,
    go: 'go.studio',
    component: lazy(() => import('../rooms/studio/index.tsx')),
  },
  {
    id: 'compare',
    title: 'Compare',
    icon: IconChartHistogram,
    path: paths.compare,
    go: 'go.compare',
    component: lazy(() => import('../rooms/compare/index.tsx')),
  },
  {
    id: 'inspect',
    title: 'Inspect',
    icon: IconEyeSearch,
    path: paths.inspect(),
    go: 'go.inspect',
    component: lazy(() => import('../rooms/inspect/index.tsx')),
  },
  {
    id: 'experiments',
    title: 'Experiments',
    icon: IconFlask,
    path: paths.experiments,
    go: 'go.experiments',
    component: lazy(() => import('../rooms/experiments/index.tsx')),
  },
  {
    id: 'reports',
    title: 'Reports',
    icon: IconFileText,
    path: paths.reports,
    go: 'go.reports',
    component: lazy(() => import('../rooms/reports/index.tsx')),
  },
  {
    id: 'guide',
    title: 'Guide',
    icon: IconBook2,
    path: paths.guide,
    go: 'go.guide',
    component: lazy(() => import('../rooms/guide/index.tsx')),
  },
  {
    id: 'settings',
    title: 'Settings',
    icon: IconSettings,
    path: paths.settings,
    go: 'go.settings',
    atFoot: true,
    component: lazy(() => import('../rooms/settings/index.tsx')),
  },
];

const lies = (location: string, path: string) => location === path || location.startsWith(`${path}/`);

/** The room an address lies in; the first one for the bare address. */
export const roomAt = (location: string): Room => ROOMS.find(({ path }) => lies(location, path)) ?? ROOMS[0];

/** Pages whose keys are their own. */
const PAGES: readonly { scope: PageScope; path: string }[] = [
  { scope: 'queue', path: paths.studioQueue },
  { scope: 'suspects', path: paths.studioSuspects },
  { scope: 'steps', path: paths.inspectSteps },
];

/** Whose keys count at an address. */
export const placeAt = (location: string): RoomScope | PageScope =>
  PAGES.find(({ path }) => lies(location, path))?.scope ?? roomAt(location).id;
