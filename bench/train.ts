import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { startBackend } from '#main/engine/backend.ts';
import { loadAddon } from '#main/engine/native/addon.ts';
import { asked, type Request } from './arguments.ts';
import { TRAIN_CASES, type TrainCase } from './cases.ts';
import { expectSame, writeTensors } from './exchange.ts';
import { stepFlops } from './flops.ts';
import { threadCounts } from './machine.ts';
import { LEARNING_RATE, randomBatch, training, type Batch, type Subject } from './networks.ts';
import { observedTurns } from './observe.ts';
import { startPeer, targetNote, type Peer } from './peers/peer.ts';
import { besidePeer, type Row } from './row.ts';
import { SHORT_TURNS, timed, warmUp, type Program } from './turns.ts';

/** How long the FMA peak is measured each time its turn comes, milliseconds. */
const PEAK_MS = 20;

/**
 * Whole training steps of recurrent classifiers, data in memory: ours on all cores beside torch at its fastest setting and
 * tfjs-node; and the time that the arithmetic alone would take at the machine's FMA peak, as a share of ours.
 */
export async function train(request: Request): Promise<Row[]> {
  const cases = asked(TRAIN_CASES, request);
  if (cases.length === 0) return [];
  await startBackend({ prefer: 'native' });
  using torch = await startPeer('torch');
  using tfjs = await startPeer('tfjs-node');
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  const rows: Row[] = [];
  try {
    for (const { make } of cases) {
      const one = await make();
      console.error(`${one.name} ...`);
      const samples = request.samples ?? SHORT_TURNS.samples;
      rows.push(...(await measure(one, { torch, tfjs }, path.join(work, 'tensors'), samples)));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return rows;
}

async function measure(
  one: TrainCase,
  peers: { torch: Peer | null; tfjs: Peer | null },
  file: string,
  samples: number,
): Promise<Row[]> {
  const { name, network, batch, time, lengths, targets } = one;
  const data = randomBatch(network, batch, time, lengths);
  const flops = stepFlops(network, lengths ?? new Int32Array(batch).fill(time)).total;
  const ours = training(network, data);
  const counts = threadCounts(availableParallelism());

  const { torch } = peers;
  const tfjs = targets.tfjs === null ? null : peers.tfjs;
  const setting = torch && (await openTorch(torch, one, data, ours, file));
  if (tfjs) await tfjs.open({ network, batch, time, labels: [...data.labels], learningRate: LEARNING_RATE });

  const steps = counts.map((threads) => onThreads(threads, () => ours.run()));
  const peaks = counts.map((threads) => arithmeticAlone(flops, threads));
  const beside = [torch, tfjs].filter((peer) => peer !== null);
  for (const program of [...steps, ...beside]) await warmUp(program);
  const { times, circumstances } = await observedTurns([...steps, ...peaks, ...beside], { ...SHORT_TURNS, samples });
  ours.dispose();

  const all = counts.length - 1;
  const timesOf = (peer: Peer | null) => (peer ? times[2 * counts.length + beside.indexOf(peer)] : null);
  const common = { threads: counts[all], ...circumstances };
  return [
    {
      ...besidePeer(name, times[all], { name: torch?.label ?? 'torch', times: timesOf(torch) }, targets.torch),
      ...common,
      ...(torch && setting && { peerVersion: torch.version, peerSetting: setting, note: targetNote(torch) }),
    },
    ...(targets.tfjs === null
      ? []
      : [
          {
            ...besidePeer(name, times[all], { name: tfjs?.label ?? 'tfjs-node', times: timesOf(tfjs) }, targets.tfjs),
            ...common,
            ...(tfjs && { peerVersion: tfjs.version }),
          },
        ]),
    ...counts.map((threads, i) => ({
      ...besidePeer(
        `${name}: share of the FMA peak`,
        times[i],
        { name: 'arithmetic alone', times: times[counts.length + i] },
        threads <= 2 ? targets.peak : null,
      ),
      ...circumstances,
      threads,
      flops,
    })),
  ];
}

/** Gives torch our weights and data, and holds its first losses to ours. @returns its fastest setting */
async function openTorch(torch: Peer, one: TrainCase, data: Batch, ours: Subject, file: string): Promise<string> {
  const tensors = writeTensors(file, new Map([['x', data.x], ...ours.weights]));
  const { network, lengths } = one;
  const settings = await torch.open({
    ...{ kind: 'train', network, file, tensors, learningRate: LEARNING_RATE },
    ...{ lengths: lengths && [...lengths], labels: [...data.labels] },
  });
  const losses = [1, 2, 3].map(() => ours.run()[0]);
  expectSame(`${torch.name} (losses of the first steps)`, losses, await torch.check(), 1e-4);
  return torch.useFastest(settings);
}

/** Ours on so many threads. */
function onThreads(threads: number, work: () => void): Program {
  const program = timed(work);
  return {
    async run(times) {
      await startBackend({ prefer: 'native', threads });
      return program.run(times);
    },
  };
}

/** What the arithmetic of a step would take at the FMA peak, measured each time. */
function arithmeticAlone(flops: number, threads: number): Program {
  const addon = loadAddon();
  return { run: (times) => Array.from({ length: times }, () => (1000 * flops) / addon.fmaPeak(threads, PEAK_MS)) };
}
