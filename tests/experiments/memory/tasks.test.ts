import { describe, expect, test } from 'vitest';
import { makeBatch } from '#main/experiments/memory/data.ts';
import { exampleOf } from '#main/experiments/memory/example.ts';
import { TASKS } from '#main/experiments/memory/tasks/table.ts';
import { MEMORY_TASKS, type MemoryTask } from '#shared/domain/memory.ts';

/** A sequence, frame by frame. */
type Frames = Float32Array[];

const largest = (values: Float32Array): number => values.indexOf(Math.max(...values));
const nearest = (values: Float32Array, among: Record<string, readonly number[]>): string =>
  Object.entries(among)
    .map(([name, bands]) => ({ name, sum: bands.reduce((sum, band) => sum + values[band], 0) }))
    .reduce((a, b) => (b.sum > a.sum ? b : a)).name;

/** What the answer is, found from the sequence alone, and from nothing of its distractors. */
const READ: Record<MemoryTask, (frames: Frames, distance: number) => string> = {
  'delayed-recall': ([cue]) => TASKS['delayed-recall'].classes[largest(cue.subarray(0, 8))],
  adding: (frames) => {
    const marked = frames.filter(([, marker]) => marker === 1);
    expect(marked).toHaveLength(2);
    return marked[0][0] + marked[1][0] > 1 ? 'above 1' : 'below 1';
  },
  'phone-order': (frames, distance) =>
    [frames[0], frames[2 + distance]].map((frame) => nearest(frame, { A: [1, 5], B: [3, 8] })).join(''),
};

function sequences(task: MemoryTask, distance: number, size: number, ...key: (number | string)[]) {
  const { frames, channels, x, labels } = makeBatch(task, distance, size, ...key);
  const at = (row: number, t: number) => x.subarray((row * frames + t) * channels, (row * frames + t + 1) * channels);
  return Array.from(labels, (label, row) => ({
    answer: TASKS[task].classes[label],
    frames: Array.from({ length: frames }, (_, t) => at(row, t)),
  }));
}

describe.each(MEMORY_TASKS)('sequences of %s', (task) => {
  test.each([1, 5, 40])('say their answer themselves, over a distance of %i', (distance) => {
    for (const { answer, frames } of sequences(task, distance, 64, 'test'))
      expect(READ[task](frames, distance)).toBe(answer);
  });

  test('have each answer equally often', () => {
    const { classes } = TASKS[task];
    const { labels } = makeBatch(task, 10, 64, 'train', 0, 3);
    for (const label of classes.keys()) expect(labels.filter((one) => one === label)).toHaveLength(64 / classes.length);
  });

  test('have as many distractors as the distance says, between cue and go', () => {
    for (const distance of [1, 2, 7, 160]) {
      const { spans, frames } = TASKS[task];
      const parts = spans(distance);
      expect(parts[0].from).toBe(0);
      expect(parts.at(-1)).toMatchObject({ kind: 'go', to: frames(distance), from: frames(distance) - 1 });
      parts.slice(1).forEach((part, index) => expect(part.from).toBe(parts[index].to));
      const [between] = parts.filter(({ kind }) => kind === 'distractors');
      expect(between.to - between.from).toBe(distance);
    }
  });

  test('signal go at the last frame alone', () => {
    for (const { frames } of sequences(task, 20, 32, 'test'))
      frames.forEach((values, t) => expect(values.at(-1)! > 0.5).toBe(t === frames.length - 1));
  });

  test('tell nothing of the answer between cue and go', () => {
    const distance = 30;
    const { classes, spans } = TASKS[task];
    const { from, to } = spans(distance).find(({ kind }) => kind === 'distractors')!;
    const sums = new Map(classes.map((name) => [name, new Float64Array(TASKS[task].channels.length)]));
    const made = sequences(task, distance, 1024, 'test');
    for (const { answer, frames } of made)
      for (const values of frames.slice(from, to))
        values.forEach((value, channel) => (sums.get(answer)![channel] += value));
    const frames = (made.length / classes.length) * distance;
    const [first, ...others] = [...sums.values()].map((sum) => sum.map((value) => value / frames));
    for (const other of others)
      other.forEach((value, channel) => expect(Math.abs(value - first[channel])).toBeLessThan(0.05));
  });

  test('are the same by the same key, others by another', () => {
    const made = (...key: (number | string)[]) => makeBatch(task, 10, 16, ...key).x;
    expect(made('train', 1, 5)).toEqual(made('train', 1, 5));
    for (const other of [made('train', 1, 6), made('train', 2, 5), made('test')])
      expect(other).not.toEqual(made('train', 1, 5));
  });

  test('are shown as they are made', () => {
    const example = exampleOf(task, 12, 3);
    expect(exampleOf(task, 12, 3)).toEqual(example);
    const { channels, frames, values, answer } = example;
    expect(values).toHaveLength(frames * channels.length);
    const rows = Array.from({ length: frames }, (_, t) =>
      Float32Array.from(values.slice(t * channels.length, (t + 1) * channels.length)),
    );
    expect(READ[task](rows, 12)).toBe(answer);
  });
});

test('sums near to 1 are left out', () => {
  for (const { frames } of sequences('adding', 5, 256, 'test')) {
    const sum = frames.filter(([, marker]) => marker === 1).reduce((total, [value]) => total + value, 0);
    expect(Math.abs(sum - 1)).toBeGreaterThan(0.0999);
  }
});
