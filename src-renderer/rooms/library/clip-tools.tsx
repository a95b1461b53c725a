import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFileExport, IconStack2, IconX } from '@tabler/icons-react';
import type { DatasetSummary } from '#shared/domain/dataset.ts';
import type { ClipFilter } from '../../parts/clip-pages.ts';
import { plural } from '../../parts/format.ts';
import { clearMarks, useMarked } from '../../parts/marks.ts';
import { openEditMany } from '../studio/edit/edit-many.tsx';
import { openExportSound } from '../studio/edit/export-dialog.tsx';
import type { Target } from '../studio/edit/target.ts';

/** What can be done to the clips that are marked, else to all in the list. */
export function ClipTools({ dataset, filter, total }: { dataset: DatasetSummary; filter: ClipFilter; total: number }) {
  const marked = useMarked(dataset.id);
  const some = marked.size > 0;
  const target: Target = {
    ...{ dataset: dataset.id, clips: some ? [...marked] : null, name: dataset.name },
    ...(!some && { filter }),
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant={some ? 'light' : 'default'}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          disabled={total === 0}
        >
          {some ? `${plural(marked.size, 'clip')} marked` : 'All in the list'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconStack2 size={16} aria-hidden />} onClick={() => openEditMany(target)}>
          Edit the sound of {plural(some ? marked.size : total, 'clip')}…
        </Menu.Item>
        <Menu.Item leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => openExportSound(target)}>
          Export the sound of {plural(some ? marked.size : total, 'clip')}…
        </Menu.Item>
        {some && (
          <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={clearMarks}>
            Take the marks away
          </Menu.Item>
        )}
        {!some && <Menu.Label>Ctrl and Shift with a click mark single clips.</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
