import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { notYet } from './not-yet.ts';

export function labelHandlers(services: Services) {
  return {
    label: os.studio.label.handler(() => notYet(services)),
    setState: os.studio.setState.handler(() => notYet(services)),
    setNote: os.studio.setNote.handler(() => notYet(services)),
    labelSets: os.studio.labelSets.handler(() => notYet(services)),
    putLabelSet: os.studio.putLabelSet.handler(() => notYet(services)),
    removeLabelSet: os.studio.removeLabelSet.handler(() => notYet(services)),
    addTier: os.studio.addTier.handler(() => notYet(services)),
    updateTier: os.studio.updateTier.handler(() => notYet(services)),
    removeTier: os.studio.removeTier.handler(() => notYet(services)),
    changeRegions: os.studio.changeRegions.handler(() => notYet(services)),
  };
}
