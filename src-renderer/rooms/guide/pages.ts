/** A page of the guide: Markdown, fetched when it is opened. */
export interface GuidePage {
  id: string;
  title: string;
  /** What one can do after reading it. */
  summary: string;
  text: () => Promise<{ default: string }>;
}

/** In the order they are listed; a new one is a file in resources/guide and one entry here. */
export const GUIDE: readonly GuidePage[] = [
  {
    id: 'five-for-nine',
    title: 'Why does it hear five for nine?',
    summary: 'From a mistake in a table to its reason, in two minutes.',
    text: () => import('../../../resources/guide/five-for-nine.md?raw'),
  },
];
