import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBackend } from '#main/engine/backend.ts';
import { CELL_NAMES, RECURRENT_CELLS, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { asked, type Request } from './arguments.ts';
import { expectSame, writeTensors } from './exchange.ts';
import type { Network } from './flops.ts';
import { inference, randomBatch } from './networks.ts';
import { observedTurns } from './observe.ts';
import { startPeer, targetNote, type Peer } from './peers/peer.ts';
import { besidePeer, withTail, type Row } from './row.ts';
import { timed, warmUp, type Turns } from './turns.ts';

const TARGETS: Record<RecurrentCell, number> = { rnn: 4, lstm: 1.8, gru: 3.5 };
const FRAMES = 100;

interface InferCase {
  name: string;
  network: Network;
  target: number;
}

const CASES: readonly InferCase[] = RECURRENT_CELLS.map((cell) => ({
  name: `${CELL_NAMES[cell]}, one clip of ${FRAMES} frames, 128 units`,
  network: { cell, inputSize: 40, hiddenSize: 128, numLayers: 1, bidirectional: false, classes: 10 },
  target: TARGETS[cell],
}));

/** Many, for the 99th percentile. */
const TURNS: Turns = { samples: 250, perTurn: 25, refill: 5, pause: 50 };

/** One clip through a classifier of 128 units: how long a person waits for an answer, in the middle and at the 99th percentile. */
export async function infer(request: Request): Promise<Row[]> {
  const cases = asked(CASES, request);
  if (cases.length === 0) return [];
  const { threads } = await startBackend({ prefer: 'native' });
  using torch = await startPeer('torch');
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  const turns = { ...TURNS, samples: request.samples ?? TURNS.samples };
  const rows: Row[] = [];
  try {
    for (const one of cases) rows.push({ ...(await measure(one, torch, path.join(work, 'tensors'), turns)), threads });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return rows;
}

async function measure(
  { name, network, target }: InferCase,
  torch: Peer | null,
  file: string,
  turns: Turns,
): Promise<Row> {
  const data = randomBatch(network, 1, FRAMES);
  const ours = inference(network, data);
  let setting: string | undefined;
  if (torch) {
    const tensors = writeTensors(file, new Map([['x', data.x], ...ours.weights]));
    const settings = await torch.open({ kind: 'infer', network, file, tensors, lengths: null });
    expectSame(`${torch.name} (logits)`, ours.run(), await torch.check(), 1e-4);
    setting = await torch.useFastest(settings, INFER_TRIALS);
  }
  const programs = [timed(() => ours.run()), ...(torch ? [torch] : [])];
  for (const program of programs) await warmUp(program, 50);
  const { times, circumstances } = await observedTurns(programs, turns);
  ours.dispose();
  const theirs = torch ? times[1] : null;
  return {
    ...withTail(besidePeer(name, times[0], { name: torch?.label ?? 'torch', times: theirs }, target), times[0], theirs),
    ...circumstances,
    ...(torch && { peerVersion: torch.version, peerSetting: setting, note: targetNote(torch) }),
  };
}

/** Runs of each of torch's settings before one is chosen. */
const INFER_TRIALS = 50;
