import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ComparisonSpecInput } from '#shared/domain/comparison.ts';
import type { Request } from './arguments.ts';
import { timeProcess } from './measure.ts';
import { SHARED } from './recordings.ts';
import { besidePeer, type Row } from './row.ts';
import { takeTurns, WHOLE_JOBS, type Program } from './turns.ts';

/**
 * The main job as whole processes: from a folder of FSDD clips to three trained and tested networks. Ours imports, computes
 * features, trains, tests and measures inference; the peer is `peers/torch_compare.py` (torch + torchaudio) at its fastest
 * thread count. Same MFCC, units, batch, epochs and optimiser; neither stops early.
 * Settings: HARK_SHARED, PEER_PYTHON (default /usr/bin/python3).
 */
export async function mainJob({ samples }: Request): Promise<Row[]> {
  const clips = path.join(SHARED, 'data/fsdd/recordings');
  const peer = path.join(SHARED, 'peers/torch_compare.py');
  if (!existsSync(clips) || !existsSync(peer))
    throw new Error(`the recordings and the peer are not at ${SHARED}; set HARK_SHARED`);
  const epochs = 15;
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  const settings = path.join(work, 'settings.json');
  writeFileSync(settings, JSON.stringify(sameAsPeer(epochs)));

  const ours = wholeProcess(async () => {
    const lab = mkdtempSync(path.join(work, 'lab-'));
    try {
      const { ms } = await timeProcess(process.execPath, [
        path.join(import.meta.dirname, '../scripts/launch.mjs'),
        ...['cli', 'compare', clips, '--lab', lab, '--json', '--no-report', '--spec', settings],
      ]);
      return ms;
    } finally {
      rmSync(lab, { recursive: true, force: true });
    }
  });
  const theirs = wholeProcess(async () => {
    const python = process.env['PEER_PYTHON'] ?? '/usr/bin/python3';
    const { ms } = await timeProcess(python, [peer, clips, '--epochs', String(epochs), '--threads', '1'], {
      OMP_NUM_THREADS: '1',
    });
    return ms;
  });
  try {
    const times = await takeTurns([ours, theirs], { ...WHOLE_JOBS, samples: samples ?? WHOLE_JOBS.samples });
    return [
      besidePeer(
        'FSDD, RNN + LSTM + GRU, 15 epochs, features included',
        times[0],
        { name: 'torch_compare.py', times: times[1] },
        4,
      ),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A process from its start to its end, as a program that has turns. */
function wholeProcess(run: () => Promise<number>): Program {
  return {
    async run(times) {
      const milliseconds: number[] = [];
      while (milliseconds.length < times) milliseconds.push(await run());
      return milliseconds;
    },
  };
}

/** What the peer does, as settings of ours. */
const sameAsPeer = (epochs: number): Omit<ComparisonSpecInput, 'dataset'> => ({
  cells: ['rnn', 'lstm', 'gru'],
  split: { by: 'official' },
  features: { kind: 'mfcc', nFft: 256, winLength: 200, hopLength: 80, nMels: 64, nMfcc: 40 },
  model: { hiddenSize: 128, inputDropout: 0, dropout: 0 },
  training: { epochs, batchSize: 64, learningRate: 2e-3, schedule: 'constant', labelSmoothing: 0 },
});
