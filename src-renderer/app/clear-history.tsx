import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { HistoryView } from '#shared/contract/lab.ts';
import { client } from '../client/client.ts';
import { plural } from '../parts/format.ts';
import { invalidate } from './changes.ts';
import { tell, tellError } from './tell.tsx';

/** Forgets the history after asking; there is no way back, so it is said what goes. */
export function askClearHistory({ total, removed }: HistoryView): void {
  const gone = removedWords(removed);
  modals.openConfirmModal({
    title: 'Clear the history?',
    children: (
      <Text size="sm">
        {plural(total, 'step')} can no longer be undone or done again.
        {gone &&
          ` ${gone}, removed from the lab before, ${removed.datasets === 1 ? 'is' : 'are'} deleted for good.`}{' '}
        All that stands now stays as it is; your recordings and exported reports stay too.
      </Text>
    ),
    labels: { confirm: 'Clear history', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    onConfirm: () => {
      client.lab
        .clearHistory()
        .then(({ steps, ...freed }) => tell(`${plural(steps, 'step')} forgotten`, freedWords(freed)))
        .catch((error: unknown) => tellError(error, 'The history could not be cleared'))
        .finally(() => invalidate(['history']));
    },
  });
}

const freedWords = (freed: HistoryView['removed']): string => {
  const gone = removedWords(freed);
  return gone && `${gone} deleted.`;
};

/** "2 datasets with 3,000 clips and 1 comparison"; empty where nothing had been removed. */
function removedWords({ datasets, clips, comparisons }: HistoryView['removed']): string {
  if (datasets === 0) return '';
  const runs = comparisons > 0 ? ` and ${plural(comparisons, 'comparison')}` : '';
  return `${plural(datasets, 'dataset')} with ${plural(clips, 'clip')}${runs}`;
}
