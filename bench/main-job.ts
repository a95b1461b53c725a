import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ComparisonSpecInput } from '#shared/domain/comparison.ts';
import { inTurn, timeProcess, type Row } from './measure.ts';

/**
 * The main job as whole processes: from a folder of FSDD clips to three trained and tested networks. Ours imports, computes
 * features, trains, tests and measures inference; the peer is `peers/torch_compare.py` (torch + torchaudio) at its fastest
 * thread count. Same MFCC, units, batch, epochs and optimiser; neither stops early.
 * Settings: BENCH_ROUNDS (default 3), HARK_SHARED, PEER_PYTHON (default /usr/bin/python3).
 */
export async function mainJob(): Promise<Row[]> {
  const shared = path.resolve(process.env['HARK_SHARED'] ?? path.join(import.meta.dirname, '../../shared'));
  const clips = path.join(shared, 'data/fsdd/recordings');
  const peer = path.join(shared, 'peers/torch_compare.py');
  if (!existsSync(clips) || !existsSync(peer))
    throw new Error(`the recordings and the peer are not at ${shared}; set HARK_SHARED`);
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
  const epochs = 15;
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  const settings = path.join(work, 'settings.json');
  writeFileSync(settings, JSON.stringify(sameAsPeer(epochs)));

  const ours = async () => {
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
  };
  const theirs = async () => {
    const python = process.env['PEER_PYTHON'] ?? '/usr/bin/python3';
    const { ms } = await timeProcess(python, [peer, clips, '--epochs', String(epochs), '--threads', '1'], {
      OMP_NUM_THREADS: '1',
    });
    return ms;
  };
  const { oursMs, peerMs } = await inTurn(rounds, ours, theirs);
  rmSync(work, { recursive: true, force: true });
  return [
    {
      row: 'FSDD, RNN + LSTM + GRU, 15 epochs, features included',
      peer: 'torch_compare.py',
      oursMs,
      peerMs,
      ratio: peerMs / oursMs,
      target: 4,
    },
  ];
}

/** What the peer does, as settings of ours. */
const sameAsPeer = (epochs: number): Omit<ComparisonSpecInput, 'dataset'> => ({
  cells: ['rnn', 'lstm', 'gru'],
  split: { by: 'official' },
  features: { kind: 'mfcc', nFft: 256, winLength: 200, hopLength: 80, nMels: 64, nMfcc: 40 },
  model: { hiddenSize: 128, inputDropout: 0, dropout: 0 },
  training: { epochs, batchSize: 64, learningRate: 2e-3, schedule: 'constant', labelSmoothing: 0 },
});
