import type { Icon } from '@tabler/icons-react';
import { IconEdit, IconTableRow, IconTags } from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';

/** A panel at the right of the editor. */
export interface Panel {
  id: string;
  title: string;
  icon: Icon;
  /** Fetched when first shown; gets the clip that lies open. */
  component: ComponentType<{ open: StudioClip }>;
}

/** The panels in the order of their tabs; a new one is one line here. */
export const PANELS: readonly Panel[] = [
  {
    id: 'labels',
    title: 'Labels',
    icon: IconTags,
    component: lazy(() => import('./labels/label-panel.tsx')),
  },
  {
    id: 'regions',
    title: 'Regions',
    icon: IconTableRow,
    component: lazy(() => import('./regions/region-panel.tsx')),
  },
  {
    id: 'edits',
    title: 'Edits',
    icon: IconEdit,
    component: lazy(() => import('./edit/edits-panel.tsx')),
  },
];
