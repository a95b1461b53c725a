import { availableParallelism, cpus, loadavg, release, totalmem, type as systemType } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadAddon } from '#main/engine/native/addon.ts';

/** What figures depend on besides the code. */
export interface Machine {
  processor: string;
  cores: number;
  /** Of the kernels; null without them. */
  instructionSet: string | null;
  memoryGb: number;
  system: string;
  node: string;
  /** Load averages of 1, 5 and 15 minutes at the start. */
  load: [number, number, number];
  /** Share of processor time in use during the second before the start, 0..1. */
  busy: number;
  /** ISO, UTC. */
  date: string;
}

export async function describeMachine(): Promise<Machine> {
  const load = loadavg() as Machine['load'];
  const before = processorTimes();
  await sleep(1000);
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    instructionSet: instructionSet(),
    memoryGb: totalmem() / 2 ** 30,
    system: `${systemType()} ${release()}`,
    node: process.version,
    load,
    busy: busyShare(before, processorTimes()),
    date: new Date().toISOString(),
  };
}

/** More than this share in use before anything was started: figures are not to be trusted. */
const IDLE_SHARE = 0.05;

/** A sentence for who reads figures of a machine that was not idle; null if it was. */
export function warningOf({ busy, load, cores }: Machine): string | null {
  if (busy <= IDLE_SHARE) return null;
  return (
    `This machine was not idle: ${Math.round(busy * 100)} % of its ${cores} cores in use before the start, ` +
    `load average ${load[0].toFixed(2)}. The figures below are not to be quoted.`
  );
}

/** Threads worth measuring: one, two, and all there are. */
export function threadCounts(cores: number): number[] {
  return [...new Set([1, 2, cores])].filter((threads) => threads <= cores).sort((a, b) => a - b);
}

/** Processor time of all cores since the machine started, milliseconds. */
export interface ProcessorTimes {
  busy: number;
  total: number;
}

export function processorTimes(): ProcessorTimes {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, total: busy + idle };
}

export function busyShare(from: ProcessorTimes, to: ProcessorTimes): number {
  const total = to.total - from.total;
  return total > 0 ? (to.busy - from.busy) / total : 0;
}

/**
 * Share of the machine's processor time between two moments that went to others, 0..1.
 * @param measuredMs processor time of the programs that were measured, in between
 */
export function othersShare(from: ProcessorTimes, to: ProcessorTimes, measuredMs: number): number {
  const total = to.total - from.total;
  return total > 0 ? Math.min(1, Math.max(0, (to.busy - from.busy - measuredMs) / total)) : 0;
}

function instructionSet(): string | null {
  try {
    return loadAddon().instructionSet();
  } catch {
    return null;
  }
}
