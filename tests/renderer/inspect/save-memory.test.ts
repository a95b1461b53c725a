import { expect, test } from 'vitest';
import { memoryCsv, memoryFigure } from '#renderer/rooms/inspect/memory/save-memory.ts';
import { MemorySettings, type MemoryRun } from '#shared/domain/memory.ts';

const run: MemoryRun = {
  settings: MemorySettings.parse({ cells: ['rnn', 'lstm'], distances: [5, 10], seeds: [0, 1] }),
  points: [
    {
      ...{ cell: 'rnn', distance: 5, accuracy: 0.75, interval: [0.7, 0.8] },
      seeds: [
        { seed: 0, accuracy: 0.5, steps: 700, diverged: true },
        { seed: 1, accuracy: 1, steps: 300, diverged: false },
      ],
    },
  ],
  ...{ classes: 8, testSequences: 512, batchSize: 64, intervalMethod: 'Wilson' },
};

test('numbers are a row a point and seed', () => {
  expect(memoryCsv(run).trim().split('\r\n')).toEqual([
    'task,distance,cell,seed,right,mean_right,low,high,test_sequences,steps,diverged',
    'delayed-recall,5,rnn,0,0.5,0.75,0.7,0.8,512,700,1',
    'delayed-recall,5,rnn,1,1,0.75,0.7,0.8,512,300,0',
  ]);
});

test('the picture names the task, the cells and what it rests on', () => {
  const { svg } = memoryFigure(run);
  for (const words of ['Delayed recall', 'RNN', 'LSTM', 'Wilson', '512']) expect(svg).toContain(words);
});
