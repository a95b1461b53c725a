import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Program } from '../turns.ts';

/** A peer's answer; see serve.py. */
interface Answer {
  settings?: string[];
  values?: number[];
  ms?: number[];
  cpuMs?: number;
  error?: string;
}

/** Each peer: the program in this folder that speaks for it. */
const PEERS = {
  torch: 'torch_steps.py',
  torchaudio: 'torchaudio_features.py',
  librosa: 'librosa_features.py',
  'tfjs-node': 'tfjs_steps.mjs',
} as const;
export type PeerName = keyof typeof PEERS;

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where a Python with a peer may be, first choice first: PEER_PYTHON, what install.mjs made, the system's. */
function pythons(): string[] {
  const venv = ['.peers/venv/bin/python', '.peers/venv/Scripts/python.exe'].map((file) => path.join(ROOT, file));
  const given = process.env['PEER_PYTHON'];
  return [...(given ? [given] : venv.filter((file) => existsSync(file))), '/usr/bin/python3', 'python3'];
}

/** Starts a peer; null, with a line on stderr, where it is not installed. */
export async function startPeer(name: PeerName): Promise<Peer | null> {
  const script = path.join(import.meta.dirname, PEERS[name]);
  const commands = script.endsWith('.py') ? pythons() : [process.execPath];
  for (const command of commands) {
    const peer = await Peer.start(command, script).catch(() => null);
    if (peer) return peer;
  }
  console.error(`${name} is not installed, its rows show ours alone (node bench/peers/install.mjs)`);
  return null;
}

/** Another program that stays alive and does cases when told to, so that its start is not measured. */
export class Peer implements Program, Disposable {
  readonly name: string;
  readonly version: string;
  /** Name and release, as rows call it. */
  get label(): string {
    return `${this.name} ${this.version.split(' ', 1)[0]}`;
  }

  /** Processor time it has used so far, milliseconds. */
  cpuMs = 0;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, about: { name: string; version: string }) {
    this.#child = child;
    this.#lines = lines;
    this.name = about.name;
    this.version = about.version;
  }

  /** @throws Error when the program does not run, or misses its library */
  static async start(command: string, script: string): Promise<Peer> {
    const child = spawn(command, [script], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    const lines = answers(child);
    const first = await lines.next();
    const about = JSON.parse(first.done ? '{}' : first.value) as { name?: string; version?: string; missing?: string };
    if (about.name === undefined || about.version === undefined) {
      child.kill();
      throw new Error(about.missing ?? `${script} said nothing`);
    }
    return new Peer(child, lines, { name: about.name, version: about.version });
  }

  async run(times: number): Promise<number[]> {
    return (await this.#ask({ run: times })).ms!;
  }

  /** What it computes in the case that is open. */
  async check(): Promise<number[]> {
    return (await this.#ask({ check: {} })).values!;
  }

  /** Takes up a case. @returns its settings in words */
  async open(description: object): Promise<string[]> {
    return (await this.#ask({ open: description })).settings!;
  }

  /**
   * Tries every setting of the open case, each until it has run `trials` times or for a second and a half, and stays with the
   * one that was fastest at its best. @returns its words
   */
  async useFastest(settings: readonly string[], trials = 5): Promise<string> {
    let fastest = { index: 0, ms: Infinity };
    for (let index = 0; settings.length > 1 && index < settings.length; index++) {
      await this.#ask({ use: index });
      await this.run(1);
      let total = 0;
      for (let run = 0; run < trials && total < 1500; run++) {
        const [ms] = await this.run(1);
        total += ms;
        if (ms < fastest.ms) fastest = { index, ms };
      }
    }
    await this.#ask({ use: fastest.index });
    return settings[fastest.index];
  }

  async #ask(question: object): Promise<Answer> {
    this.#child.stdin!.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.name} ended without an answer`);
    const answer = JSON.parse(value as string) as Answer;
    if (answer.error !== undefined) throw new Error(`${this.name}: ${answer.error}`);
    this.cpuMs = answer.cpuMs ?? this.cpuMs;
    return answer;
  }

  [Symbol.dispose](): void {
    this.#child.stdin!.end();
    this.#child.kill();
  }
}

/** Lines of JSON; libraries may write others. */
async function* answers(child: ChildProcess): AsyncGenerator<string> {
  for await (const line of createInterface({ input: child.stdout! })) if (line.startsWith('{')) yield line;
}

/** The release of torch that the targets are about. */
const TARGET_TORCH = '2.13';

/** What a row beside another release must say. */
export function targetNote({ name, version }: Peer): string | undefined {
  if (version.startsWith(TARGET_TORCH)) return undefined;
  return `Targets are for ${name} ${TARGET_TORCH}; this is ${version}.`;
}
