import { readFileSync } from 'node:fs';

const MIB = 1024 * 1024;

/** Resident memory of this process now, MiB. */
export const residentMB = (): number => process.memoryUsage.rss() / MIB;

/**
 * Largest resident memory of this process so far, MiB. On Linux from its own memory map: what getrusage tells there begins with
 * the memory of the process that started this one.
 */
export function peakResidentMB(): number {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (peak) return Number(peak[1]) / 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS / 1024;
}
