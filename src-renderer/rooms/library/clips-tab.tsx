import type { DatasetSummary } from '#shared/domain/dataset.ts';
import { useSelection } from '../../app/selection.ts';
import { Panels } from '../../parts/panels.tsx';
import { ClipView } from '../../parts/sound/clip-view.tsx';
import { ClipList } from './clip-list.tsx';

/** The list of clips, and the chosen one beside it. */
export function ClipsTab({ dataset }: { dataset: DatasetSummary }) {
  const clip = useSelection((state) => (state.dataset === dataset.id ? state.clip : null));
  return (
    <Panels
      name="library.clip"
      sized="second"
      initial={520}
      min={360}
      rest={420}
      first={<ClipList dataset={dataset} />}
      second={<ClipView clip={clip} />}
    />
  );
}
