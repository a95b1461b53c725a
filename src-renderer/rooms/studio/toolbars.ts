import type { ComponentType } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { EditToolbar } from './edit/toolbar.tsx';

/** Bars over the view of the clip that lies open, from the top; a new one is one line here. */
export const TOOLBARS: readonly ComponentType<{ open: StudioClip }>[] = [EditToolbar];
