import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ActionId } from '../../../app/actions.ts';
import type { Values } from './fields.ts';
import type { KeptSound } from './place.ts';

interface Editing {
  /** The operation whose form is open. */
  form: ActionId | null;
  /** Whether the form's edit is heard and drawn, or the sound before it. */
  before: boolean;
  /** What is being done to the sound, and how to stop it. */
  running: { title: string; stop: () => void } | null;
}

export const useEditing = create<Editing>(() => ({ form: null, before: false, running: null }));

interface Kept {
  clipboard: KeptSound | null;
  profile: KeptSound | null;
  /** What was set last in the form of each operation. */
  values: Partial<Record<ActionId, Values>>;
}

/** What outlives a clip and a reload: the clipboard, the profile of noise, and what was set last. The sounds are the lab's. */
export const useKept = create<Kept>()(
  persist((): Kept => ({ clipboard: null, profile: null, values: {} }), { name: 'hark.studio.edit' }),
);

export const openForm = (action: ActionId) => useEditing.setState({ form: action, before: false });
export const closeForm = () => useEditing.setState({ form: null, before: false });
