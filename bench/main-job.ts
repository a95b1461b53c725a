import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  const epochs = '15';

  const ours = async () => {
    const lab = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
    try {
      const features = {
        kind: 'mfcc',
        nFft: 256,
        winLength: 200,
        hopLength: 80,
        nMels: 64,
        nMfcc: 40,
        fixLength: null,
      };
      const { ms } = await timeProcess(process.execPath, [
        path.join(import.meta.dirname, '../scripts/launch.mjs'),
        ...['cli', 'compare', clips, '--lab', lab, '--json', '--cells', 'rnn,lstm,gru', '--split', 'official'],
        ...[
          '--epochs',
          epochs,
          '--no-early-stopping',
          '--units',
          '128',
          '--batch',
          '64',
          '--features',
          JSON.stringify(features),
        ],
      ]);
      return ms;
    } finally {
      rmSync(lab, { recursive: true, force: true });
    }
  };
  const theirs = async () => {
    const python = process.env['PEER_PYTHON'] ?? '/usr/bin/python3';
    const { ms } = await timeProcess(python, [peer, clips, '--epochs', epochs, '--threads', '1'], {
      OMP_NUM_THREADS: '1',
    });
    return ms;
  };
  const { oursMs, peerMs } = await inTurn(rounds, ours, theirs);
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
