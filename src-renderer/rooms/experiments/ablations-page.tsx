import { useLocation } from 'wouter';
import { AblationPage } from './ablation/ablation-page.tsx';
import { ListPage } from './list/list-page.tsx';
import { readRoute } from './route.ts';
import { SettingsPage } from './settings/settings-page.tsx';

/** Ablations: all there are and could be, one of them, or the settings of a new one. */
export default function AblationsPage() {
  const [location] = useLocation();
  const { sweep, factor } = readRoute(location);
  if (sweep !== null) return <AblationPage key={sweep} sweep={sweep} />;
  if (factor !== null) return <SettingsPage key={factor} factor={factor} />;
  return <ListPage />;
}
