import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FeatureCache } from '#main/features/cache.ts';
import { entryKey } from '#main/features/key.ts';
import { readTrained } from '#main/models/trained.ts';
import type { FromTrainer, TrainerTask } from '#main/training/protocol.ts';
import { trainerClient, TrainerDied } from '#main/training/trainer-client.ts';
import type { EpochRecord } from '#shared/domain/run.ts';
import { testHost } from '../support/host.ts';
import { temporaryFolder } from '../support/comparison-lab.ts';
import { madeFeatures, madeTask } from '../support/learning.ts';

let folder: ReturnType<typeof temporaryFolder>;
let host: ReturnType<typeof testHost>;
beforeEach(() => {
  folder = temporaryFolder();
  host = testHost();
});
afterEach(() => {
  for (const child of host.started) child.kill();
  folder.remove();
});

/** A task whose features lie in a real cache. */
function taskIn(name: string): TrainerTask {
  const task = madeTask({
    folder: path.join(folder.path, name),
    model: { cell: 'lstm', hiddenSize: 16, dropout: 0.2 },
    training: { epochs: 6, batchSize: 4, learningRate: 0.01 },
  });
  task.featureCache = path.join(folder.path, 'features');
  using cache = FeatureCache.open(task.featureCache);
  for (const clip of task.clips) {
    const number = Number(clip.features.slice('made:'.length));
    clip.features = entryKey('made', { contentHash: String(number), start: null, end: null });
    if (!cache.has(clip.features)) cache.put(clip.features, madeFeatures(number));
  }
  return task;
}

function startTrainer(onProgress: (progress: Extract<FromTrainer, { kind: 'progress' }>) => void = () => {}) {
  return trainerClient(host.startProcess('trainer'), onProgress);
}

/** What of an epoch must be the same again: all but its times. */
const values = (records: EpochRecord[]) => records.map((record) => ({ ...record, seconds: 0, clipsPerSecond: 0 }));

async function trainAll(task: TrainerTask): Promise<EpochRecord[]> {
  const trainer = startTrainer();
  const { epochs } = await trainer.start(task);
  const records = [...epochs];
  while (records.length < task.training.epochs) records.push((await trainer.epoch())!.record);
  await trainer.finish();
  trainer.kill();
  await trainer.exited;
  return records;
}

const weightsOf = (task: TrainerTask) => readTrained(path.join(task.folder, 'best.safetensors'));

test('trains, tests, and leaves weights that describe themselves', async () => {
  const task = taskIn('whole');
  const trainer = startTrainer();
  const ready = await trainer.start(task);
  expect(ready).toMatchObject({ epochs: [], finished: false });
  for (let epoch = 1; epoch <= 6; epoch++) {
    const answer = (await trainer.epoch())!;
    expect(answer.record.epoch).toBe(epoch);
    expect(answer.finished).toBe(epoch === 6);
  }
  const { result, predictions } = await trainer.finish();
  const tested = task.clips.filter(({ part }) => part === 'test');
  expect([...predictions.clips]).toEqual(tested.map(({ clip }) => clip));
  expect([...predictions.truth]).toEqual(tested.map(({ label }) => label));
  const right = [...predictions.predicted].filter((label, index) => label === tested[index].label).length;
  expect(result.testAccuracy).toBeCloseTo(right / tested.length, 12);
  expect(result).toMatchObject({ testClips: 20, epochs: 6, classes: ['rising', 'falling'], inferenceClips: 20 });
  expect(result.confusion.flat().reduce((sum, n) => sum + n, 0)).toBe(20);
  expect(result.peakMemoryMB).toBeGreaterThan(20);
  expect(result.peakMemoryMB).toBeLessThan(2000);
  const { description } = weightsOf(task);
  expect(description).toMatchObject({
    epoch: result.bestEpoch,
    classes: task.classes,
    inputSize: 4,
    model: task.model,
  });
  expect(description.normalisation.mean).toHaveLength(4);
});

test('asked while it learns, answers for both parts and learns on to the same bits', async () => {
  const whole = taskIn('whole');
  const curve = await trainAll(whole);
  const task = taskIn('asked');
  const trainer = startTrainer();
  await trainer.start(task);
  const records: EpochRecord[] = [];
  const right: number[] = [];
  for (let epoch = 1; epoch <= 6; epoch++) {
    records.push((await trainer.epoch())!.record);
    const judged = await trainer.judge();
    for (const part of ['train', 'test'] as const) {
      const clips = task.clips.filter((clip) => clip.part === part);
      const { clips: asked, truth, predicted, probabilities } = judged[part];
      expect([...asked]).toEqual(clips.map(({ clip }) => clip));
      expect([...truth]).toEqual(clips.map(({ label }) => label));
      expect(probabilities).toHaveLength(2 * clips.length);
      right.push([...predicted].filter((label, index) => label === truth[index]).length / clips.length);
    }
  }
  expect(values(records)).toEqual(values(curve));
  expect(right.at(-1)).toBeGreaterThan(0.9);
  await trainer.finish();
  expect(weightsOf(task).weights).toEqual(weightsOf(whole).weights);
});

test('killed in the midst of an epoch, it goes on to the same bits', async () => {
  const whole = taskIn('whole');
  const curve = await trainAll(whole);

  const killed = taskIn('killed');
  let shot = false;
  const first = startTrainer(({ epoch }) => {
    if (epoch === 4 && !shot) {
      shot = true;
      process.kill(first.pid!, 'SIGKILL');
    }
  });
  await first.start(killed);
  for (let epoch = 1; epoch <= 3; epoch++) await first.epoch();
  await expect(first.epoch()).rejects.toBeInstanceOf(TrainerDied);

  const second = startTrainer();
  expect(values((await second.start(killed)).epochs)).toEqual(values(curve.slice(0, 3)));
  second.kill();
  await second.exited;
  expect(values(await trainAll(killed))).toEqual(values(curve));
  expect(weightsOf(killed).weights).toEqual(weightsOf(whole).weights);
});

test('a checkpoint damaged on disk gives way to the one before, and the curve is the same', async () => {
  const whole = taskIn('whole');
  const curve = await trainAll(whole);

  const damaged = taskIn('damaged');
  const first = startTrainer();
  await first.start(damaged);
  for (let epoch = 1; epoch <= 3; epoch++) await first.epoch();
  first.kill();
  await first.exited;
  const file = path.join(damaged.folder, 'checkpoint.safetensors');
  writeFileSync(file, readFileSync(file).subarray(0, 1000));
  const second = startTrainer();
  expect((await second.start(damaged)).epochs).toHaveLength(2);
  second.kill();
  await second.exited;
  expect(values(await trainAll(damaged))).toEqual(values(curve));
  expect(weightsOf(damaged).weights).toEqual(weightsOf(whole).weights);
});

describe('pause and stop', () => {
  test('holds between two batches, and goes on to the same bits', async () => {
    const whole = taskIn('whole');
    const curve = await trainAll(whole);

    const task = taskIn('paused');
    let holds: () => void = () => {};
    const held = new Promise<void>((resolve) => (holds = resolve));
    const child = host.startProcess('trainer');
    child.onMessage((message) => (message as FromTrainer).kind === 'paused' && holds());
    const trainer = trainerClient(child, () => {});
    await trainer.start(task);
    const epoch = trainer.epoch();
    trainer.pause();
    await held;
    const raced = await Promise.race([epoch, new Promise((resolve) => setTimeout(resolve, 300, 'still held'))]);
    expect(raced).toBe('still held');
    trainer.resume();
    expect(values([(await epoch)!.record])).toEqual(values(curve.slice(0, 1)));
  });

  test('stop leaves the epoch; what was learnt before is tested', async () => {
    const task = taskIn('stopped');
    const trainer = startTrainer();
    await trainer.start(task);
    await trainer.epoch();
    const epoch = trainer.epoch();
    trainer.stop();
    expect(await epoch).toBeNull();
    expect((await trainer.finish()).result).toMatchObject({ epochs: 1, bestEpoch: 1 });
  });

  test('stop ends a pause', async () => {
    const trainer = startTrainer();
    await trainer.start(taskIn('both'));
    const epoch = trainer.epoch();
    trainer.pause();
    trainer.stop();
    expect(await epoch).toBeNull();
  });
});

describe('what cannot be mended is said, not tried again', () => {
  test('features that are missing', async () => {
    const task = taskIn('missing');
    task.clips[3].features = '0'.repeat(40);
    await expect(startTrainer().start(task)).rejects.toMatchObject({
      kind: 'unreadable-file',
      remedy: expect.any(String),
    });
  });

  test('a split without test clips', async () => {
    const task = taskIn('empty');
    task.clips = task.clips.filter(({ part }) => part !== 'test');
    await expect(startTrainer().start(task)).rejects.toMatchObject({ kind: 'bad-input', where: 'split' });
  });
});

test('it ends when the process that started it is killed', async () => {
  const script = `
    import { fork } from 'node:child_process';
    const child = fork(${JSON.stringify(host.entry('trainer'))}, [], { stdio: 'ignore', serialization: 'advanced' });
    child.on('spawn', () => process.stdout.write(String(child.pid)));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const trainer = await new Promise<number>((resolve) => parent.stdout.once('data', (pid) => resolve(Number(pid))));
  expect(existsSync(`/proc/${trainer}`) || process.platform !== 'linux').toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(trainer), { timeout: 20_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // An orphan that nobody has waited for is dead all the same.
    return !/^State:\s+Z/m.test(process.platform === 'linux' ? readFileSync(`/proc/${pid}/status`, 'utf8') : '');
  } catch {
    return false;
  }
}
