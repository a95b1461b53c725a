import { ActionIcon, Select, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { api } from '../client/client.ts';
import { splitPath } from '../parts/format.ts';
import { ActionTip, Keys } from '../parts/kbd.tsx';
import { actionOf, type ActionId } from './actions.ts';
import { useBindings } from './bindings.ts';
import { paths } from './paths.ts';
import { chooseDataset, useSelection } from './selection.ts';
import classes from './shell.module.css';
import { runAction } from './use-action.ts';

/** Which lab, which dataset, and the way to every action. */
export function TopBar() {
  const info = useQuery(api.lab.info.queryOptions());
  const paletteChord = useBindings((state) => state.of('view.palette'))[0];
  const path = info.data?.path ?? '';
  return (
    <header className={classes.top}>
      <div className={classes.lab} title={path}>
        <Text size="sm" fw={600} className="hark-ellipsis">
          {splitPath(path).name || 'Lab'}
        </Text>
        <div className={`${classes.labPath} hark-ellipsis`}>{splitPath(path).folder}</div>
      </div>
      <DatasetInUse />
      <div className={classes.topEnd}>
        <UnstyledButton className={classes.find} onClick={() => runAction('view.palette')}>
          <IconSearch size={15} aria-hidden />
          <span>Find an action</span>
          {paletteChord && <Keys chord={paletteChord} />}
        </UnstyledButton>
        {(['edit.undo', 'edit.redo', 'edit.history', 'view.scheme', 'help.keys'] as const).map((id) => (
          <ActionButton key={id} action={id} />
        ))}
      </div>
    </header>
  );
}

/** A button made of nothing but a row of the actions table. */
export function ActionButton({ action }: { action: ActionId }) {
  const { icon: ActionSign, title } = actionOf(action);
  return (
    <ActionTip action={action}>
      <ActionIcon aria-label={title} onClick={() => runAction(action)}>
        <ActionSign size={18} stroke={1.6} />
      </ActionIcon>
    </ActionTip>
  );
}

function DatasetInUse() {
  const datasets = useQuery(api.library.datasets.queryOptions());
  const dataset = useSelection((state) => state.dataset);
  const [location, navigate] = useLocation();
  // The one remembered may be gone; a lab with datasets always has one in use.
  useEffect(() => {
    const known = datasets.data;
    if (known && !known.some(({ id }) => id === dataset))
      useSelection.setState({ dataset: known[0]?.id ?? null, clip: null });
  }, [datasets.data, dataset]);
  const choose = (id: number) => {
    chooseDataset(id);
    // A page of one dataset becomes the same page of the other.
    const page = /^\/library\/\d+(?:\/(.+))?$/.exec(location);
    if (page) navigate(page[1] ? paths.datasetPage(id, page[1]) : paths.dataset(id));
  };
  return (
    <Select
      aria-label="Dataset in use"
      placeholder={datasets.data?.length === 0 ? 'No dataset yet' : 'Dataset'}
      disabled={!datasets.data?.length}
      data={datasets.data?.map(({ id, name }) => ({ value: String(id), label: name })) ?? []}
      value={dataset === null ? null : String(dataset)}
      onChange={(value) => value && choose(Number(value))}
      allowDeselect={false}
      searchable={(datasets.data?.length ?? 0) > 8}
      w="16rem"
    />
  );
}
