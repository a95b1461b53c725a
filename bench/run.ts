import { importBench } from './import.ts';
import { mainJob } from './main-job.ts';
import type { Row } from './measure.ts';

const benchmarks: Record<string, () => Promise<Row[]>> = {
  epoch: mainJob,
  import: importBench,
};

const [name, ...options] = process.argv.slice(2);
const benchmark = name === undefined ? undefined : benchmarks[name];
if (!benchmark) {
  console.error(`usage: npm run -s bench -- NAME [--json], NAME one of: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
const rows = await benchmark();
if (options.includes('--json')) console.log(JSON.stringify(rows));
else for (const row of rows) console.log(`${row.row}: ${[timesOf(row), ratioOf(row)].filter(Boolean).join(': ')}`);

function timesOf({ oursMs, peer, peerMs }: Row): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return peerMs === null ? seconds(oursMs) : `${seconds(oursMs)}, ${peer} ${seconds(peerMs)}`;
}

function ratioOf({ ratio, target }: Row): string {
  if (ratio === null) return '';
  return `${ratio.toFixed(2)} times as fast${target === null ? '' : ` (asked: ${target})`}`;
}
