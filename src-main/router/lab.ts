import { jumpToStep, listHistory, redoStep, undoStep } from '#main/lab/history.ts';
import { os, told } from './implementer.ts';
import type { Services } from './services.ts';
import { stream } from './stream.ts';
import type { Topic } from './changes.ts';

export function labRoom(services: Services) {
  const { lab, changes } = services;
  const tellAll = () => changes.tell('history', 'datasets', 'clips', 'studio', 'comparisons');
  const turned = <T>(step: T): T => {
    if (step !== null) tellAll();
    return step;
  };
  return {
    info: os.lab.info.handler(() => services.info()),
    doctor: os.lab.doctor.handler(() => services.doctor()),
    engine: os.lab.engine.handler(({ input }) => services.engine.view(input)),
    chooseEngine: os.lab.chooseEngine.handler(({ input }) => services.engine.choose(input)),
    status: os.lab.status.handler(({ signal }) =>
      told(stream({ subscribe: (changed) => services.onStatus(changed), read: () => services.status(), signal })),
    ),
    changes: os.lab.changes.handler(({ signal }) => {
      const topics = new Set<Topic>();
      const subscribe = (changed: () => void) =>
        changes.listen((told) => {
          for (const topic of told) topics.add(topic);
          changed();
        });
      const read = () => {
        if (topics.size === 0) return undefined;
        const change = { topics: [...topics] };
        topics.clear();
        return change;
      };
      return told(stream({ subscribe, read, signal }));
    }),
    cancelJob: os.lab.cancelJob.handler(async ({ input }) => {
      await services.cancelJob(input.job);
      return {};
    }),
    dismissJob: os.lab.dismissJob.handler(({ input }) => {
      services.dismissJob(input.job);
      return {};
    }),
    history: os.lab.history.handler(({ input }) => listHistory(lab.store, input)),
    undo: os.lab.undo.handler(() => turned(undoStep(lab.store))),
    redo: os.lab.redo.handler(() => turned(redoStep(lab.store))),
    jump: os.lab.jump.handler(({ input }) => {
      const steps = jumpToStep(lab.store, input.step);
      if (steps > 0) tellAll();
      return { steps };
    }),
    clearHistory: os.lab.clearHistory.handler(async () => {
      const gone = await services.clearHistory();
      changes.tell('history', 'reports', 'comparisons');
      return gone;
    }),
  };
}
