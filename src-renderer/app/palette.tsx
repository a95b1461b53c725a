import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconChartHistogram, IconDatabase, IconFlask, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api } from '../client/client.ts';
import { Keys } from '../parts/kbd.tsx';
import { ACTIONS, type Action } from './actions.ts';
import { useBindings } from './bindings.ts';
import { paths } from './paths.ts';
import { chooseDataset } from './selection.ts';
import { runAction, useOffered } from './use-action.ts';

/** Ctrl+K: every action that can be done now, and every dataset, comparison and ablation to go to. */
export function Palette() {
  const [, navigate] = useLocation();
  const offered = useOffered();
  const chordsOf = useBindings((state) => state.of);
  const datasets = useQuery(api.library.datasets.queryOptions());
  const comparisons = useQuery(api.compare.list.queryOptions());
  const ablations = useQuery(api.experiments.list.queryOptions());

  const groups: SpotlightActionGroupData[] = Object.entries(
    Object.groupBy(
      ACTIONS.filter(({ id }) => id !== 'view.palette' && offered.has(id)) as Action[],
      ({ group }) => group,
    ),
  ).map(([group, actions]) => ({
    group,
    actions: actions!.map(({ id, title, icon: Sign }) => ({
      id,
      label: title,
      leftSection: <Sign size={18} stroke={1.6} aria-hidden />,
      rightSection: chordsOf(id as (typeof ACTIONS)[number]['id'])
        .slice(0, 1)
        .map((chord) => <Keys key={chord} chord={chord} />),
      // After the palette has closed, so that focus is back where the action may look for it.
      onClick: () => setTimeout(() => runAction(id as (typeof ACTIONS)[number]['id'])),
    })),
  }));
  const places = [
    ...(datasets.data ?? []).map(({ id, name }) => ({
      id: `dataset.${id}`,
      label: name,
      description: 'Dataset',
      leftSection: <IconDatabase size={18} stroke={1.6} aria-hidden />,
      onClick: () => {
        chooseDataset(id);
        navigate(paths.dataset(id));
      },
    })),
    // Those of an ablation are found by way of it.
    ...(comparisons.data ?? [])
      .filter(({ sweep }) => sweep === null)
      .map(({ id, name, datasetName }) => ({
        id: `comparison.${id}`,
        label: name,
        description: `Comparison on ${datasetName}`,
        leftSection: <IconChartHistogram size={18} stroke={1.6} aria-hidden />,
        onClick: () => navigate(paths.comparison(id)),
      })),
    ...(ablations.data ?? []).map(({ id, name, datasetName }) => ({
      id: `ablation.${id}`,
      label: name,
      description: `Ablation on ${datasetName}`,
      leftSection: <IconFlask size={18} stroke={1.6} aria-hidden />,
      onClick: () => navigate(paths.ablation(id)),
    })),
  ];
  if (places.length > 0) groups.push({ group: 'In this lab', actions: places });

  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      overlayProps={{ blur: 0 }}
      highlightQuery
      scrollable
      maxHeight={460}
      nothingFound="Nothing of that name"
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'What do you want to do?',
        'aria-label': 'Find an action',
      }}
    />
  );
}
