import type { EngineSettings, EngineView } from '#shared/domain/system.ts';
import { compareCalls } from './compare-calls.ts';
import { experimentsCalls } from './experiments-calls.ts';
import { filesCalls } from './files-calls.ts';
import { inspectCalls } from './inspect-calls.ts';
import { libraryCalls } from './library-calls.ts';
import { memoryCalls } from './memory-calls.ts';
import { implementer } from './os.ts';
import { studioCalls } from './studio-calls.ts';
import type { FakeState } from './state.ts';

/** The whole contract, answered from a made lab. */
export function fakeRouter(state: FakeState) {
  const os = implementer(state);
  return os.router({
    lab: {
      info: os.lab.info.handler(() => ({
        path: '/home/ada/Hark lab',
        host: 'web' as const,
        version: '0.1.0',
        nativeDialogs: state.options.nativeDialogs,
        datasets: state.datasets.filter(({ removed }) => !removed).length,
        comparisons: state.comparisons.length,
        interrupted: state.comparisons
          .filter((one) => one.state === 'interrupted')
          .map(({ id, name }) => ({ id, name })),
      })),
      doctor: os.lab.doctor.handler(() => ({
        hark: '0.1.0',
        backend: 'native',
        instructionSet: 'avx512',
        threads: 2,
        unavailable: [{ backend: 'tensorflow' as const, reason: '@tensorflow/tfjs-node is not installed.' }],
        versions: { node: '24.21.0', chromium: '153', tfjs: '4.22.0', sqlite: '3.51.0' },
        platform: 'linux x64',
        cores: 2,
        memoryMB: 7900,
        electron: 'not in use',
        lab: '/home/ada/Hark lab',
      })),
      engine: os.lab.engine.handler(() => madeEngine(state.engine)),
      chooseEngine: os.lab.chooseEngine.handler(({ input }) => madeEngine((state.engine = input))),
      status: os.lab.status.handler(async function* ({ signal }) {
        yield state.status();
        yield* state.statuses.subscribe(signal);
      }),
      changes: os.lab.changes.handler(async function* ({ signal }) {
        yield* state.changes.subscribe(signal);
      }),
      cancelJob: os.lab.cancelJob.handler(({ input }) => {
        const job = state.jobs.get(input.job);
        if (job)
          state.setJob({
            ...job,
            state: 'cancelled',
            message: `Stopped after ${job.done} ${job.unit}.`,
            secondsLeft: null,
          });
        return {};
      }),
      dismissJob: os.lab.dismissJob.handler(({ input }) => {
        state.dropJob(input.job);
        return {};
      }),
      history: os.lab.history.handler(() => state.history()),
      jump: os.lab.jump.handler(({ input }) => state.jump(input.step)),
      clearHistory: os.lab.clearHistory.handler(() => state.clearHistory()),
      undo: os.lab.undo.handler(() => state.undo()),
      redo: os.lab.redo.handler(() => state.redo()),
    },
    files: filesCalls(os, state),
    library: libraryCalls(os, state),
    inspect: inspectCalls(os, state),
    memory: memoryCalls(os, state),
    experiments: experimentsCalls(os, state),
    ...compareCalls(os, state),
    ...studioCalls(os),
  });
}

/** A machine without tfjs-node, whose environment sets the threads. */
function madeEngine(chosen: EngineSettings): EngineView {
  const name = chosen.backend ?? 'native';
  const instructionSet = name === 'native' ? 'avx512' : null;
  const reason =
    '@tensorflow/tfjs-node is not installed (it comes with npm install, where its library can be downloaded)';
  const ready = { available: true, instructionSet: null, threads: 1, reason: null };
  return {
    inUse: { name, instructionSet, threads: 2, unavailable: [] },
    chosen,
    overrides: [{ variable: 'HARK_THREADS', value: '2' }],
    backends: [
      { ...ready, backend: 'native', instructionSet: 'avx512', threads: 2 },
      { backend: 'tensorflow', available: false, instructionSet: null, threads: null, reason },
      { ...ready, backend: 'wasm' },
      { ...ready, backend: 'cpu' },
    ],
    cores: 8,
  };
}
