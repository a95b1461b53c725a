import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ProbeHead, ProbeRecord } from '#shared/domain/training-probe.ts';
import { writeWhole } from './checkpoint.ts';

const FILE = 'probes.jsonl';

/** What was seen of a run while it was trained. */
export interface ProbeLog {
  head: ProbeHead;
  /** By epoch, the first first. */
  records: ProbeRecord[];
}

/**
 * Begins the log of a run in its folder, or takes up the one that is there.
 * @param epochs that the training goes on from: what is there of later ones is seen again
 * @returns the epochs it holds
 */
export function beginProbeLog(folder: string, head: ProbeHead, epochs: number): number[] {
  mkdirSync(folder, { recursive: true });
  const before = epochs > 0 ? readProbeLog(folder) : null;
  const records = (before?.records ?? []).filter(({ epoch }) => epoch <= epochs);
  writeWhole(path.join(folder, FILE), Buffer.from([head, ...records].map(lineOf).join('')));
  return records.map(({ epoch }) => epoch);
}

export function appendProbe(folder: string, record: ProbeRecord): void {
  appendFileSync(path.join(folder, FILE), lineOf(record));
}

/** Whole lines of the log, a head and a record each; null where there is none, or it is not ours. */
export function readProbeLog(folder: string): ProbeLog | null {
  let text: string;
  try {
    text = readFileSync(path.join(folder, FILE), 'utf8');
  } catch {
    return null;
  }
  const [first, ...rest] = text.split('\n');
  const head = ProbeHead.safeParse(parsed(first));
  if (!head.success) return null;
  const records = rest.flatMap((line) => {
    const record = ProbeRecord.safeParse(parsed(line));
    // The last one was being written when its process ended.
    return record.success ? [record.data] : [];
  });
  return { head: head.data, records };
}

const lineOf = (value: ProbeHead | ProbeRecord): string => `${JSON.stringify(value)}\n`;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
