import { percentile } from '#shared/math/statistics.ts';

/** One line of a benchmark: ours beside a peer, both medians of one run of the benchmark. */
export interface Row {
  row: string;
  /** Null where there is nothing to measure beside. */
  peer: string | null;
  oursMs: number;
  /** Null where there is no peer, or it is not installed. */
  peerMs: number | null;
  /** peer / ours: how many times as fast Hark is. */
  ratio: number | null;
  /** What `ratio` shall reach at least. */
  target: number | null;
  /** Measurements behind each median. */
  n?: number;
  /** Threads of ours. */
  threads?: number;
  /** Floating-point operations of one run. */
  flops?: number;
  /** Load average of the last minute when the row began. */
  load?: number;
  /** Share of the machine's processor time that went to programs other than those measured, 0..1. */
  othersShare?: number;
  /** First and third quartile. */
  oursQuartilesMs?: [number, number];
  peerQuartilesMs?: [number, number];
  oursP99Ms?: number;
  peerP99Ms?: number;
  /** Version of the peer, and the fastest of its settings that were tried. */
  peerVersion?: string;
  peerSetting?: string;
  /** What is to be known to read the row. */
  note?: string;
}

/** What was measured of one program for a row, in milliseconds. */
export type Times = readonly number[];

/** The figures of ours, in a row without a peer. */
export function oursAlone(row: string, ours: Times): Row {
  return {
    ...{ row, peer: null, oursMs: percentile(ours, 0.5), peerMs: null, ratio: null, target: null },
    n: ours.length,
    oursQuartilesMs: quartiles(ours),
  };
}

/** Ours beside a peer. @param peer null: it is not here, and `peer` in the row says so */
export function besidePeer(
  row: string,
  ours: Times,
  peer: { name: string; times: Times | null },
  target: number | null,
): Row {
  const alone = oursAlone(row, ours);
  if (peer.times === null) return { ...alone, peer: `${peer.name} (not installed)`, target };
  const peerMs = percentile(peer.times, 0.5);
  return {
    ...alone,
    ...{ peer: peer.name, peerMs, ratio: peerMs / alone.oursMs, target },
    n: Math.min(ours.length, peer.times.length),
    peerQuartilesMs: quartiles(peer.times),
  };
}

/** Both 99th percentiles as well, for rows of many measurements. */
export function withTail(row: Row, ours: Times, peer: Times | null): Row {
  return { ...row, oursP99Ms: percentile(ours, 0.99), ...(peer && { peerP99Ms: percentile(peer, 0.99) }) };
}

/** Whether the target is reached; null without one, or without a peer to tell by. */
export function isReached({ ratio, target }: Row): boolean | null {
  return ratio === null || target === null ? null : ratio >= target;
}

const quartiles = (times: Times): [number, number] => [percentile(times, 0.25), percentile(times, 0.75)];
