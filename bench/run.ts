import { mainJob } from './main-job.ts';
import type { Row } from './measure.ts';

const benchmarks: Record<string, () => Promise<Row[]>> = {
  epoch: mainJob,
};

const [name, ...options] = process.argv.slice(2);
const benchmark = name === undefined ? undefined : benchmarks[name];
if (!benchmark) {
  console.error(`usage: npm run -s bench -- NAME [--json], NAME one of: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
const rows = await benchmark();
if (options.includes('--json')) console.log(JSON.stringify(rows));
else
  for (const row of rows)
    console.log(
      `${row.row}: ${(row.oursMs / 1000).toFixed(1)} s, ${row.peer} ${(row.peerMs / 1000).toFixed(1)} s: ` +
        `${row.ratio.toFixed(2)} times as fast${row.target === null ? '' : ` (asked: ${row.target})`}`,
    );
