/** Builds everything, checks, runs every test and ends with the totals. With arguments: only vitest, with those. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildAddon } from './addon.mjs';
import { ensureBuilt } from './build.mjs';
import { check } from './check.mjs';
import { ROOT } from './node.mjs';
import { binOf, spawnTool } from './tools.mjs';

const results = path.join(ROOT, 'out/test-results.json');
const totals = path.join(ROOT, 'out/test-totals.txt');

/**
 * Totals of vitest's JSON report. A file that could not even be loaded has no tests: it counts as one that failed.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: unknown[] }[] }} report
 */
export function count(report) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

export function totalsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Runs vitest; answers its totals, with at least one failure when it ended badly for another reason than a test. */
async function vitest(args) {
  rmSync(results, { force: true });
  const code = await spawnTool(binOf('vitest'), [
    ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
    ...args,
  ]);
  let sum = { passed: 0, failed: 0, skipped: 0 };
  try {
    sum = count(JSON.parse(readFileSync(results, 'utf8')));
  } catch {
    console.error('The tests ended without results.');
  }
  return code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}

export async function run(args) {
  console.error(await buildAddon());
  const broken = (await ensureBuilt()) === 0 ? 0 : 1;
  if (broken) console.error('The build failed.');
  const checks = args.length > 0 ? 0 : await check();
  const sum = await vitest(args);
  sum.failed += broken + checks;
  const line = totalsLine(sum);
  mkdirSync(path.dirname(totals), { recursive: true });
  writeFileSync(totals, `${line}\n`);
  console.log(line);
  return sum.failed === 0 ? 0 : 1;
}
