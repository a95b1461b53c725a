import { AgainPage } from './list/again-page.tsx';
import { ComparisonPage } from './comparison-page.tsx';
import { useCompareRoute } from './route.ts';
import { StartPage } from './start/start-page.tsx';

/** The room of comparisons: what one click would do and what there is, one comparison, or several beside each other. */
export default function CompareRoom() {
  const [route] = useCompareRoute();
  if (route.view === 'comparison')
    return <ComparisonPage key={route.comparison} comparison={route.comparison} place={route.place} />;
  if (route.view === 'diff') return <AgainPage comparisons={route.comparisons} />;
  return <StartPage dataset={route.dataset} from={route.from} />;
}
