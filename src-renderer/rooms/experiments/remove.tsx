import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { invalidate } from '../../app/changes.ts';
import { tell, tellError } from '../../app/tell.tsx';
import { client } from '../../client/client.ts';

/** Deletes an ablation after asking; there is no way back, so it is said what goes. */
export function askRemove({ id, name }: { id: number; name: string }, onRemoved?: () => void): void {
  modals.openConfirmModal({
    title: `Delete “${name}”?`,
    children: (
      <Text size="sm">
        The ablation is deleted with the comparisons of its levels: their results, the networks’ weights and the runs’
        files. This cannot be undone. Your recordings, labels and exported reports stay.
      </Text>
    ),
    labels: { confirm: 'Delete', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    onConfirm: () => {
      client.experiments
        .remove({ sweep: id })
        .then(() => {
          onRemoved?.();
          tell(`Deleted “${name}”`);
        })
        .catch((error: unknown) => tellError(error, `“${name}” could not be deleted`))
        .finally(() => invalidate(['experiments', 'comparisons']));
    },
  });
}
