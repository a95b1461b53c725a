import { exampleOf } from '#main/experiments/memory/example.ts';
import { emptyRun } from '#main/experiments/memory/run.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { MEMORY_TASK_WORDS, type KeptMemoryRun, type MemoryPoint, type MemoryRun } from '#shared/domain/memory.ts';
import { wilsonInterval } from '#shared/math/statistics.ts';
import type { Os } from './os.ts';
import type { FakeState } from './state.ts';

/** Experiments whose points come one an `epochMs`, as the textbook has them. */
export function memoryCalls({ memory }: Os, state: FakeState) {
  return {
    view: memory.view.handler(({ input }) => ({
      running: state.memory.running,
      last: state.memory.kept.get(input.task) ?? null,
    })),
    example: memory.example.handler(({ input: { task, distance, number } }) => exampleOf(task, distance, number)),
    start: memory.start.handler(({ input }) => {
      if (state.memory.running) throw new HarkError('conflict', 'An experiment is under way.');
      const total = input.cells.length * input.distances.length;
      const id = `job-${state.newId()}`;
      const title = `Memory: ${MEMORY_TASK_WORDS[input.task].name}`;
      const tell = (how: 'running' | 'done', done: number) =>
        state.setJob({
          ...{ id, kind: 'memory', title, unit: 'frames', subject: null },
          ...{ state: how, done, total, message: how === 'done' ? `${total} points.` : '', secondsLeft: null },
        });
      let run: MemoryRun = { ...emptyRun(input), intervalMethod: 'Wilson, over 512 test sequences' };
      state.memory.running = run;
      tell('running', 0);
      state.every(state.options.epochMs, (stop) => {
        const stopped = state.jobs.get(id)?.state !== 'running';
        if (!stopped && run.points.length < state.options.mostPoints) {
          run = { ...run, points: [...run.points, madePoint(run, run.points.length)] };
          state.memory.running = run;
          tell('running', run.points.length);
        }
        const whole = run.points.length === total;
        if (whole) {
          state.memory.kept.set(input.task, keptOf(run));
          tell('done', total);
        }
        if (stopped || whole) {
          state.memory.running = null;
          stop();
        }
        state.changed('memory');
      });
      state.changed('memory');
      return { job: id };
    }),
  };
}

/** From the shortest distance up; a plain RNN that fails beyond 10 frames. */
function madePoint(
  { settings: { cells, distances, seeds }, testSequences, classes }: MemoryRun,
  at: number,
): MemoryPoint {
  const cell = cells[at % cells.length];
  const distance = distances[Math.floor(at / cells.length)];
  const right = Math.round(testSequences * (cell !== 'rnn' || distance <= 10 ? 0.995 : 1 / classes));
  const accuracy = right / testSequences;
  return {
    ...{ cell, distance, accuracy, interval: wilsonInterval(accuracy, testSequences) },
    seeds: seeds.map((seed) => ({ seed, accuracy, steps: 700, diverged: false })),
  };
}

const keptOf = (run: MemoryRun): KeptMemoryRun => ({
  ...run,
  ...{ at: '2026-03-02T09:30:00.000Z', seconds: 41.3, backend: 'native', threads: 2 },
});
