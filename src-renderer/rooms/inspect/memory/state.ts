import { create } from 'zustand';
import type { MemorySettings, MemoryTask } from '#shared/domain/memory.ts';

interface Laboratory {
  task: MemoryTask;
  /** Settings that were changed and not yet run, by task. */
  drafts: Partial<Record<MemoryTask, MemorySettings>>;
}

/** What is looked at, and what has been set, while the window is open. */
export const useLaboratory = create<Laboratory>(() => ({ task: 'delayed-recall', drafts: {} }));

export const setDraft = (draft: MemorySettings): void =>
  useLaboratory.setState(({ drafts }) => ({ drafts: { ...drafts, [draft.task]: draft } }));
