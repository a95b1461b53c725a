import { features } from './features.ts';
import { importBench } from './import.ts';
import { infer } from './infer.ts';
import { inspectWindow } from './inspect-window.ts';
import { parseRequest, WrongUsage, type Request } from './arguments.ts';
import { describeMachine, warningOf } from './machine.ts';
import { mainJob } from './main-job.ts';
import { asMarkdown, asTable } from './print.ts';
import { profile } from './profile.ts';
import type { Row } from './row.ts';
import { studioHour } from './studio.ts';
import { studioWindow } from './studio-window.ts';
import { suspects } from './suspects.ts';
import { train } from './train.ts';

/** One file a benchmark; rows come as they are measured, words about them go to stderr. */
const benchmarks: Record<string, { words: string; run(request: Request): Promise<Row[]> }> = {
  train: { words: 'training steps, beside torch, tfjs-node and the FMA peak', run: train },
  infer: { words: 'one clip through a network, beside torch', run: infer },
  features: { words: 'MFCC and log-mel on one thread, beside torchaudio and librosa', run: features },
  import: { words: 'files, features and an epoch at the size of Speech Commands v2', run: importBench },
  epoch: { words: 'the main job, from a folder of clips to three tested networks, beside torch', run: mainJob },
  'studio-hour': { words: 'a recording of up to two hours in the studio, beside ffmpeg and sox', run: studioHour },
  'studio-window': {
    words: 'the same in a browser: first picture, frames while zooming and scrolling',
    run: studioWindow,
  },
  'inspect-window': {
    words: 'gates of a 2 x 128 bidirectional LSTM in a browser: click to picture, playhead from sound, frames',
    run: inspectWindow,
  },
  suspects: {
    words: 'a search for wrong labels over FSDD: its time, and the ranks of takes known to be bad',
    run: suspects,
  },
  profile: { words: 'where a training step of one case of train goes', run: profile },
};

const usage = () =>
  [
    'usage: npm run -s bench -- NAME [WORD...] [--json | --markdown] [--samples N]',
    ...Object.entries(benchmarks).map(([name, { words }]) => `  ${name.padEnd(14)} ${words}`),
    'WORDs choose rows by their names; see docs/benchmarks.md.',
  ].join('\n');

async function main(argv: string[]): Promise<void> {
  const { name, format, request } = parseRequest(argv);
  if (!Object.hasOwn(benchmarks, name)) throw new WrongUsage(`there is no benchmark "${name}"`);
  const machine = await describeMachine();
  const warning = warningOf(machine);
  if (warning) console.error(`WARNING  ${warning}`);
  const rows = await benchmarks[name].run(request);
  if (rows.length === 0) throw new WrongUsage(`no row of ${name} is called "${request.words.join(' ')}"`);
  if (format === 'json') console.log(JSON.stringify(rows));
  else console.log((format === 'markdown' ? asMarkdown : asTable)(rows, machine));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof WrongUsage)) throw error;
  console.error(`${error.message}\n${usage()}`);
  process.exitCode = 2;
}
