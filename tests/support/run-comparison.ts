/*
 * A whole Hark without a face, for tests that kill it: opens the lab given, resumes the comparison given (or starts one on the
 * dataset given), and says so line by line.
 *
 *   node run-comparison.ts LAB start|resume ID
 */
import { openTestLab, tonesSpec } from './comparison-lab.ts';

const [, , folder, what, id] = process.argv;
const opened = await openTestLab(folder);
const { comparisons } = opened;
let comparison = Number(id);
if (what === 'start') comparison = comparisons.start(tonesSpec(comparison, { training: { epochs: 60 } })).comparison;
else comparisons.resume(comparison);
for await (const view of comparisons.watch(comparison)) {
  const epochs = view.runs.reduce((sum, run) => sum + run.epochs.length, 0);
  const trainers = comparisons.trainers().map(({ pid }) => pid);
  process.stdout.write(`${JSON.stringify({ comparison, state: view.state, epochs, trainers })}\n`);
}
await opened.close();
