import { useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useLocation } from 'wouter';
import { player } from '../parts/player.ts';
import { useLayout } from './layout.ts';
import { useOverlays } from './overlays.ts';
import { paths } from './paths.ts';
import { step } from './undo.ts';
import { useAction } from './use-action.ts';

/** What can be done in every room. */
export function useGlobalActions(): void {
  const [, navigate] = useLocation();
  const { toggleColorScheme } = useMantineColorScheme();
  useAction('go.library', () => navigate(paths.library));
  useAction('go.studio', () => navigate(paths.studio));
  useAction('go.compare', () => navigate(paths.compare));
  useAction('go.inspect', () => navigate(paths.inspect()));
  useAction('go.experiments', () => navigate(paths.experiments));
  useAction('go.reports', () => navigate(paths.reports));
  useAction('go.guide', () => navigate(paths.guide));
  useAction('go.settings', () => navigate(paths.settings));

  useAction('edit.undo', () => void step('undo'));
  useAction('edit.redo', () => void step('redo'));
  useAction('edit.history', () => useOverlays.setState((now) => ({ history: !now.history })));

  const loaded = player.useStore((state) => state.clip !== null);
  useAction('player.toggle', () => player.toggle(), loaded);
  useAction('player.restart', () => void player.playFrom(0), loaded);
  useAction('player.back', () => player.step(-1), loaded);
  useAction('player.forward', () => player.step(1), loaded);

  useAction('view.palette', () => spotlight.toggle());
  useAction('view.scheme', () => toggleColorScheme());
  useAction('view.rail', () => useLayout.setState((now) => ({ narrowRail: !now.narrowRail })));
  useAction('help.keys', () => useOverlays.setState((now) => ({ keys: !now.keys })));
}
