import { labelClips } from '#main/lab/labels.ts';
import { labelSets, putLabelSet, removeLabelSet } from '#main/lab/label-sets.ts';
import { changeRegions } from '#main/lab/regions.ts';
import { setClipNote, setClipState } from '#main/lab/states.ts';
import { addTier, removeTier, updateTier } from '#main/lab/tiers.ts';
import { os } from '../implementer.ts';
import type { Services } from '../services.ts';

export function labelHandlers({ lab: { store }, changes }: Services) {
  const { studio } = os;
  const changed = <T>(answer: T): T => {
    changes.tell('studio', 'history');
    return answer;
  };
  const listChanged = () => {
    changes.tell('studio', 'clips', 'datasets', 'comparisons', 'history');
    return {};
  };
  return {
    label: studio.label.handler(({ input }) => {
      labelClips(store, input);
      return listChanged();
    }),
    setState: studio.setState.handler(({ input }) => {
      setClipState(store, input.clips, input.state);
      return listChanged();
    }),
    setNote: studio.setNote.handler(({ input }) => {
      setClipNote(store, input.clip, input.note);
      return changed({});
    }),
    labelSets: studio.labelSets.handler(({ input }) => labelSets(store, input.dataset)),
    putLabelSet: studio.putLabelSet.handler(({ input }) => changed(putLabelSet(store, input.dataset, input.set))),
    removeLabelSet: studio.removeLabelSet.handler(({ input }) => {
      removeLabelSet(store, input.set);
      return changed({});
    }),
    addTier: studio.addTier.handler(({ input: { dataset, name, kind } }) =>
      changed(addTier(store, dataset, name, kind)),
    ),
    updateTier: studio.updateTier.handler(({ input: { tier, ...change } }) => changed(updateTier(store, tier, change))),
    removeTier: studio.removeTier.handler(({ input }) => {
      removeTier(store, input.tier);
      return changed({});
    }),
    changeRegions: studio.changeRegions.handler(({ input: { clip, words, ...change } }) =>
      changed(changeRegions(store, clip, words, change)),
    ),
  };
}
