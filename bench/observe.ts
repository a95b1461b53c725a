import { loadavg } from 'node:os';
import { othersShare, processorTimes } from './machine.ts';
import { takeTurns, type Program, type Turns } from './turns.ts';

/** What a row says of the machine while it was measured. */
export interface Circumstances {
  load: number;
  othersShare: number;
}

/** A program of another process, which says what processor time it has used. */
interface Other extends Program {
  readonly cpuMs: number;
}

/** Takes turns, and looks at how much of the machine went to programs that had none. */
export async function observedTurns(
  programs: readonly (Program | Other)[],
  turns: Turns,
): Promise<{ times: number[][]; circumstances: Circumstances }> {
  const others = programs.filter((program) => 'cpuMs' in program);
  const used = () => others.reduce((sum, { cpuMs }) => sum + cpuMs, ownMs());
  const [load] = loadavg();
  const began = processorTimes();
  const usedBefore = used();
  const times = await takeTurns(programs, turns);
  return { times, circumstances: { load, othersShare: othersShare(began, processorTimes(), used() - usedBefore) } };
}

function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
