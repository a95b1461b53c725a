import { spawn } from 'node:child_process';

/** One line of a benchmark: ours beside a peer, both medians in one run of the benchmark; null where there is nothing to time. */
export interface Row {
  row: string;
  peer: string | null;
  oursMs: number;
  peerMs: number | null;
  /** peer / ours: how many times as fast Hark is. */
  ratio: number | null;
  target: number | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs a whole process to its end; answers its wall-clock milliseconds and standard output. */
export async function timeProcess(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ ms: number; stdout: string }> {
  const began = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0)
    throw new Error(`${command} ended with ${code}: ${Buffer.concat(complaints).toString().slice(-2000)}`);
  return { ms: performance.now() - began, stdout: Buffer.concat(chunks).toString() };
}

/** Runs ours and the peer in turn, `rounds` times, so that a drift of the machine's speed meets both alike. */
export async function inTurn(
  rounds: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<{ oursMs: number; peerMs: number }> {
  const a: number[] = [];
  const b: number[] = [];
  for (let round = 0; round < rounds; round++) {
    a.push(await ours());
    b.push(await peer());
  }
  return { oursMs: median(a), peerMs: median(b) };
}
