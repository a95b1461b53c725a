import type { Lab } from '#main/lab/lab.ts';
import { comparisonRow } from '#main/lab/comparisons.ts';
import { epochRecords, runRows, type RunRow } from '#main/lab/runs.ts';
import { readProbeLog, type ProbeLog } from '#main/training/probe-log.ts';
import type { ProbeGradients, ProbesView } from '#shared/domain/training-probe.ts';

/** Which probes there are of the runs of a seed, with the spectral radii. @throws HarkError `not-found` for the comparison */
export function probesOf(lab: Lab, comparison: number, seed: number): ProbesView {
  return runsOf(lab, comparison, seed).map((run) => {
    const log = logOf(lab, run);
    return {
      ...{ run: run.id, cell: run.cell, head: log?.head ?? null },
      epochs: (log?.records ?? []).map(({ epoch, places }) => ({
        epoch,
        places: places.map(({ layer, reverse, radii }) => ({ layer, reverse, radii })),
      })),
    };
  });
}

/** Gradients through time after an epoch, or the last one before it that was looked at. @throws HarkError `not-found` for the comparison */
export function probeGradientsOf(lab: Lab, comparison: number, seed: number, epoch: number): ProbeGradients {
  return runsOf(lab, comparison, seed).flatMap((run) => {
    const log = logOf(lab, run);
    const record = log?.records.findLast((one) => one.epoch <= epoch);
    if (!log || !record) return [];
    const places = record.places.map(({ layer, reverse, hidden, cell }) => ({ layer, reverse, hidden, cell }));
    return [{ run: run.id, cell: run.cell, epoch: record.epoch, head: log.head, places }];
  });
}

function runsOf(lab: Lab, comparison: number, seed: number): RunRow[] {
  comparisonRow(lab.store, comparison);
  return runRows(lab.store, comparison).filter((run) => run.seed === seed);
}

/** A trainer tells of an epoch when its probe has been written: what is further along is not yet part of the curves. */
function logOf(lab: Lab, run: RunRow): ProbeLog | null {
  const log = readProbeLog(lab.path('models', String(run.comparison), String(run.id)));
  if (!log) return null;
  const last = epochRecords(lab.store, run.id).at(-1)?.epoch ?? 0;
  return { ...log, records: log.records.filter(({ epoch }) => epoch <= last) };
}
