import { expect, test } from 'vitest';
import { LIMITS, exerciseOf, taskOf, type Settings } from '#renderer/rooms/inspect/steps/exercise.ts';
import { numbersOf } from '#renderer/rooms/inspect/steps/save-numbers.ts';
import { RECURRENT_CELLS } from '#shared/domain/model-spec.ts';
import { backward, forward } from '#shared/math/cells/network.ts';

test.each(RECURRENT_CELLS)('%s: every number once, as it was computed', (cell) => {
  const settings: Settings = { cell, inputSize: LIMITS.inputSize.min, hiddenSize: 2, steps: 3, seed: 5 };
  const exercise = exerciseOf(settings, {});
  const task = taskOf(cell, exercise);
  const run = forward(task);
  const back = backward(task, run);
  const [head, ...rows] = numbersOf({ settings, exercise, task, run, back })
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));
  expect(head).toEqual(['phase', 'step', 'name', 'row', 'column', 'value']);
  const keys = rows.map((row) => row.slice(0, 5).join());
  expect(new Set(keys).size).toBe(keys.length);
  const valueOf = (key: string) => Number(rows[keys.indexOf(key)][5]);
  expect(valueOf('loss,,loss,0,0')).toBe(run.loss);
  expect(valueOf('forward,3,h_t,1,0')).toBe(run.steps[2].after.h[1]);
  expect(valueOf('back,1,dh_(t-1),0,0')).toBe(back.steps[0].before.h[0]);
  const { columns, values } = back.gradients.weightHh;
  expect(valueOf(`gradients,,dweightHh,1,1`)).toBe(values[columns + 1]);
  const weights = Object.values(task.parameters).reduce((sum, one) => sum + one.values.length, 0);
  for (const phase of ['weights', 'gradients']) expect(rows.filter(([one]) => one === phase)).toHaveLength(weights);
});
