import { useMemo } from 'react';
import { backward, forward, type Backward, type Forward, type Task } from '#shared/math/cells/network.ts';
import { exerciseOf, taskOf, type Exercise, type Settings } from './exercise.ts';
import { useSteps } from './state.ts';

export interface Worked {
  settings: Settings;
  exercise: Exercise;
  task: Task;
  run: Forward;
  back: Backward;
}

/** The network on the bench, gone through forward and back. */
export function useExercise(): Worked {
  const bench = useSteps((state) => state.bench);
  return useMemo(() => {
    const { settings, edits } = bench;
    const exercise = exerciseOf(settings, edits);
    const task = taskOf(settings.cell, exercise);
    const run = forward(task);
    return { settings, exercise, task, run, back: backward(task, run) };
  }, [bench]);
}
