import { spawn } from 'node:child_process';

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
