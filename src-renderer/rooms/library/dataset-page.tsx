import { ActionIcon, Anchor, Button, Group, Menu, Modal, Stack, Tabs, TextInput, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import {
  IconChartHistogram,
  IconChevronRight,
  IconDots,
  IconFolderOpen,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ComponentType } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import type { DatasetSummary } from '#shared/domain/dataset.ts';
import { paths } from '../../app/paths.ts';
import { chooseDataset } from '../../app/selection.ts';
import { tell, tellError } from '../../app/tell.tsx';
import { runAction, useAction } from '../../app/use-action.ts';
import { api, client } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { count } from '../../parts/format.ts';
import { ActionTip } from '../../parts/kbd.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ClipsTab } from './clips-tab.tsx';
import { DatasetFlags } from './datasets-page.tsx';
import { FilesTab } from './files-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import classes from './room.module.css';
import { SplitTab } from './split-tab.tsx';

interface Tab {
  title(dataset: DatasetSummary): string;
  component: ComponentType<{ dataset: DatasetSummary }>;
}

/** The pages of a dataset, by the last part of their address. */
const TABS: Record<string, Tab> = {
  clips: { title: ({ clips }) => `Clips (${count(clips)})`, component: ClipsTab },
  overview: { title: () => 'Overview', component: OverviewTab },
  split: { title: () => 'Split', component: SplitTab },
  files: { title: () => 'Files', component: FilesTab },
};

export function DatasetPage({ dataset: id, page }: { dataset: number; page: string }) {
  const [, navigate] = useLocation();
  const datasets = useQuery(api.library.datasets.queryOptions());
  const dataset = datasets.data?.find((one) => one.id === id);
  const known = dataset !== undefined;
  useEffect(() => {
    if (known) chooseDataset(id);
  }, [id, known]);
  useAction('library.compare', () => navigate(paths.newComparison(id)), known);

  if (datasets.error)
    return (
      <div className={classes.scroll}>
        <Failure error={datasets.error} onRetry={() => void datasets.refetch()} />
      </div>
    );
  if (!datasets.data) return <Loading />;
  if (!dataset || !(page in TABS)) return <Redirect to={paths.library} replace />;

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Group gap={4} wrap="nowrap" className={classes.title}>
          <Anchor component={Link} href={paths.library} c="dimmed" size="sm">
            Library
          </Anchor>
          <IconChevronRight size={14} aria-hidden style={{ flex: 'none' }} />
          <Title order={1} className="hark-ellipsis" title={dataset.name}>
            {dataset.name}
          </Title>
        </Group>
        <DatasetFlags dataset={dataset} />
        <Group ml="auto" gap="xs" wrap="nowrap">
          <ActionTip action="library.compare">
            <Button
              leftSection={<IconChartHistogram size={16} aria-hidden />}
              disabled={dataset.state === 'importing' || dataset.clips === 0}
              onClick={() => runAction('library.compare')}
            >
              Compare on this dataset
            </Button>
          </ActionTip>
          <DatasetMenu dataset={dataset} />
        </Group>
      </header>
      <Tabs value={page} onChange={(next) => next && navigate(paths.datasetPage(id, next))} className={classes.tabs}>
        <Tabs.List>
          {Object.entries(TABS).map(([name, { title }]) => (
            <Tabs.Tab key={name} value={name}>
              {title(dataset)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <div className={classes.body}>
        {Object.entries(TABS).map(
          ([name, { component: Content }]) => name === page && <Content key={name} dataset={dataset} />,
        )}
      </div>
    </div>
  );
}

function DatasetMenu({ dataset }: { dataset: DatasetSummary }) {
  const [renaming, setRenaming] = useState(false);
  const remove = useMutation({
    mutationFn: () => client.library.remove({ dataset: dataset.id }),
    onSuccess: () =>
      tell(`“${dataset.name}” was removed from the lab`, 'Your files are untouched. Ctrl+Z brings it back.'),
    onError: (error) => tellError(error, 'The dataset was not removed'),
  });
  const confirmRemoval = () =>
    modals.openConfirmModal({
      title: `Remove “${dataset.name}” from the lab?`,
      children: 'The recordings stay where they are. It can be brought back with undo until the history is cleared.',
      labels: { confirm: 'Remove', cancel: 'Cancel' },
      onConfirm: () => remove.mutate(),
    });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="More on this dataset" loading={remove.isPending}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setRenaming(true)}>
            Rename
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={() => void client.files.show({ path: dataset.root }).catch((error: unknown) => tellError(error))}
          >
            Show its folder
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={confirmRemoval}>
            Remove from the lab
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={renaming} onClose={() => setRenaming(false)} title="Rename the dataset">
        <RenameForm dataset={dataset} onDone={() => setRenaming(false)} />
      </Modal>
    </>
  );
}

function RenameForm({ dataset, onDone }: { dataset: DatasetSummary; onDone: () => void }) {
  const [name, setName] = useState(dataset.name);
  const rename = useMutation({
    mutationFn: () => client.library.rename({ dataset: dataset.id, name }),
    onSuccess: onDone,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          value={name}
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {rename.error && <Failure error={rename.error} />}
        <Group>
          <Button type="submit" loading={rename.isPending} disabled={!name.trim() || name === dataset.name}>
            Rename
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
