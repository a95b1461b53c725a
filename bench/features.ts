import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFeatures } from '#main/features/extract.ts';
import { defaultFeatureSpec, FeatureSpec } from '#shared/domain/feature-spec.ts';
import { asked, type Request } from './arguments.ts';
import { expectSame, writeFloats } from './exchange.ts';
import { observedTurns } from './observe.ts';
import { startPeer, type Peer } from './peers/peer.ts';
import { fsdd, oneSecondClips, type Recordings } from './recordings.ts';
import { besidePeer, type Row } from './row.ts';
import { timed, warmUp, type Turns } from './turns.ts';

const TARGET = 5;

/** A pass over all clips is long against what the caches hold. */
const TURNS: Turns = { samples: 15, perTurn: 1, refill: 0, pause: 50 };

/** Read once, however many cases are about them. */
const SETS: readonly { words: string; read: () => Promise<Recordings> }[] = [
  { words: '2,500 FSDD clips at 8 kHz', read: once(fsdd) },
  { words: '1,000 one-second clips at 16 kHz', read: once(() => oneSecondClips(1000)) },
];
const CASES = SETS.flatMap(({ words, read }) => [
  { name: `MFCC, ${words}`, kind: 'mfcc' as const, read },
  { name: `log-mel, ${words}`, kind: 'logmel' as const, read },
]);

/**
 * Features of decoded clips in memory, on one thread: 40 MFCC or 64 log-mel bands, 25 ms windows every 10 ms. Every peer is
 * measured in a run of its own beside ours, so that the slow one does not make the others wait.
 */
export async function features(request: Request): Promise<Row[]> {
  const cases = asked(CASES, request);
  if (cases.length === 0) return [];
  using torchaudio = await startPeer('torchaudio');
  using librosa = await startPeer('librosa');
  const work = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  const turns = { ...TURNS, samples: request.samples ?? TURNS.samples };
  const rows: Row[] = [];
  try {
    for (const { name: row, kind, read } of cases) {
      const recordings = await read();
      const file = path.join(work, 'clips');
      writeFloats(file, recordings.clips);
      for (const [name, peer] of [['torchaudio', torchaudio] as const, ['librosa', librosa] as const]) {
        console.error(`${row}, beside ${name} ...`);
        rows.push(await measure(row, specOf(kind, recordings), recordings, { name, peer }, file, turns));
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return rows;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

const specOf = (kind: FeatureSpec['kind'], { sampleRate }: Recordings): FeatureSpec =>
  FeatureSpec.parse({ ...defaultFeatureSpec(sampleRate), kind });

async function measure(
  row: string,
  spec: FeatureSpec,
  { sampleRate, clips }: Recordings,
  { name, peer }: { name: string; peer: Peer | null },
  file: string,
  turns: Turns,
): Promise<Row> {
  const ours = timed(() => {
    for (const clip of clips) extractFeatures(clip, sampleRate, spec);
  });
  let setting: string | undefined;
  if (peer) {
    const samples = clips.map((clip) => clip.length);
    const settings = await peer.open({ file, samples, sampleRate, spec });
    const { values } = extractFeatures(clips[0], sampleRate, spec);
    expectSame(`${name} (features of the first clip)`, values, await peer.check(), 1e-3);
    setting = await peer.useFastest(settings);
  }
  const programs = [ours, ...(peer ? [peer] : [])];
  for (const program of programs) await warmUp(program, 2);
  const { times, circumstances } = await observedTurns(programs, turns);
  return {
    ...besidePeer(row, times[0], { name: peer?.label ?? name, times: times[1] ?? null }, TARGET),
    ...circumstances,
    threads: 1,
    ...(peer && { peerVersion: peer.version, peerSetting: setting }),
  };
}
