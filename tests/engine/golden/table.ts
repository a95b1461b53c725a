import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '#main/engine/backend.ts';
import { BACKENDS, type BackendName } from '#main/engine/types.ts';
import { outcomeOf, type GoldenCase, type Outcome } from './case.ts';
import { layerCases } from './layers.ts';
import { lossCases } from './losses.ts';
import { optimiserCases } from './optimisers.ts';
import { recurrentCases } from './recurrent.ts';

/** The groups of reference values that run on a backend; features and metrics are computed without one. */
export const goldenCases: GoldenCase[] = [...recurrentCases, ...layerCases, ...lossCases, ...optimiserCases];

export type Outcomes = Partial<Record<BackendName, Map<GoldenCase, Outcome>>>;

/** Rows of operations, columns of backends: how many of the cases pass, and what is lacking where. */
export function goldenTable(outcomes: Outcomes): string {
  const backends = BACKENDS.filter((name) => outcomes[name]);
  const kinds = Map.groupBy(goldenCases, ({ group, kind }) => `${group} ${kind}`);
  const rows = [...kinds].map(([name, cases]) => [
    name,
    String(cases.length),
    ...backends.map((backend) => cell(cases.flatMap((item) => outcomes[backend]!.get(item) ?? []))),
  ]);
  return columns([['reference values', 'cases', ...backends], ...rows]);
}

function cell(outcomes: Outcome[]): string {
  const lacking = new Set(outcomes.flatMap((one) => (one.state === 'lacks' ? [one.operation] : [])));
  const failing = outcomes.filter(({ state }) => state === 'fails').length;
  return [
    `${outcomes.filter(({ state }) => state === 'passes').length} pass`,
    ...(failing > 0 ? [`${failing} FAIL`] : []),
    ...(lacking.size > 0 ? [`lacks ${[...lacking].join(', ')}`] : []),
  ].join(', ');
}

/** Operations some backend here has and another lacks. Hark's own (`Hark...`) are composed of ordinary ones where they lack. */
export function lackingOperations(backends: readonly BackendName[]): string {
  const names = (backend: BackendName) => new Set(tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName));
  // tfjs' own CPU backend stands for the whole set: tfjs-node also has kernels that no operation of tfjs-core calls.
  const all = [...new Set([...names('cpu'), ...names('native')])].sort();
  return columns(
    backends.map((backend) => {
      const own = names(backend);
      const [composed, lacking] = [true, false].map((ours) =>
        all.filter((name) => !own.has(name) && name.startsWith('Hark') === ours),
      );
      return [
        backend,
        `lacks ${lacking.length === 0 ? 'nothing' : `${lacking.length}: ${lacking.join(', ')}`}` +
          (composed.length === 0 ? '' : `; composes ${composed.join(', ')}`),
      ];
    }),
  );
}

function columns(rows: string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Runs every case on every backend this machine has. */
async function print(): Promise<number> {
  const outcomes: Outcomes = {};
  for (const name of BACKENDS) {
    const started = await startBackend({ prefer: name }).catch((error: Error) => console.log(error.message));
    if (!started) continue;
    outcomes[name] = new Map(goldenCases.map((item) => [item, outcomeOf(item)]));
  }
  console.log(`${goldenTable(outcomes)}\n\n${lackingOperations(BACKENDS.filter((name) => outcomes[name]))}`);
  const all = Object.values(outcomes).flatMap((of) => [...of.values()]);
  return all.some(({ state }) => state === 'fails') ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await print();
