import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { invalidate } from '../../../app/changes.ts';
import { tell, tellError } from '../../../app/tell.tsx';
import { client } from '../../../client/client.ts';
import { plural } from '../../../parts/format.ts';

/** Deletes comparisons after asking; there is no way back, so it is said what goes. */
export function askRemove(comparisons: readonly { id: number; name: string }[], onRemoved: () => void): void {
  const [first] = comparisons;
  const what = comparisons.length === 1 ? `“${first.name}”` : plural(comparisons.length, 'comparison');
  modals.openConfirmModal({
    title: `Delete ${what}?`,
    children: (
      <Text size="sm">
        The results, the networks’ weights and the runs’ files are deleted. This cannot be undone. Your recordings,
        labels and exported reports stay.
      </Text>
    ),
    labels: { confirm: 'Delete', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    onConfirm: () => {
      Promise.all(comparisons.map(({ id }) => client.compare.remove({ comparison: id })))
        .then(() => {
          onRemoved();
          tell(`Deleted ${what}`);
        })
        .catch((error: unknown) => tellError(error, `${what} could not be deleted`))
        .finally(() => invalidate(['comparisons']));
    },
  });
}
