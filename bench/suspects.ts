import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SoundPool } from '#main/audio/sound-pool.ts';
import { importDataset } from '#main/datasets/import.ts';
import { createContext } from '#main/experiments/context.ts';
import { createSuspects } from '#main/experiments/suspects/suspects.ts';
import { nodeHost } from '#main/hosts/node-host.ts';
import { openLab } from '#main/lab/lab.ts';
import { listSuspects } from '#main/lab/suspects.ts';
import { WrongUsage, type Request } from './arguments.ts';
import { SHARED } from './recordings.ts';
import { oursAlone, type Row } from './row.ts';

/** Takes of FSDD that are known to be bad or ambiguous. */
const KNOWN = ['6_yweweler_14.wav', '6_yweweler_35.wav', '6_yweweler_36.wav', '6_nicolas_8.wav'];
/** They shall be among this many. */
const FIRST = 25;

/**
 * One whole search for wrong labels over FSDD, with the seeds that the words name, else those of one click; the note tells the ranks
 * of the takes known to be bad.
 * @throws WrongUsage
 */
export async function suspects({ words }: Request): Promise<Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hark-bench-'));
  const host = nodeHost('cli');
  const lab = await openLab(path.join(folder, 'lab'), 'bench');
  const pool = new SoundPool({ entry: host.entry('feature-worker') });
  const context = createContext({ lab, host, pool });
  try {
    const { dataset } = await importDataset(lab, {
      ...{ path: path.join(SHARED, 'data/fsdd'), layout: null, name: null },
      inspect: (paths, options) => pool.inspect(paths, options),
    });
    const searches = createSuspects(context);
    const { folds, seeds: usual } = searches.view(dataset, 1).plan!;
    const seeds = words.length > 0 ? words.map(seedOf) : usual;
    const began = performance.now();
    const search = await searches.find(
      { dataset, folds, seeds },
      { signal: new AbortController().signal, report: progressTeller() },
    );
    const took = performance.now() - began;
    const files = listSuspects(lab.store, search.id, search.clips).map(({ file }) => path.posix.basename(file));
    const ranks = KNOWN.map((file) => files.indexOf(file) + 1);
    const within = ranks.filter((rank) => rank > 0 && rank <= FIRST).length;
    const note = [
      `Seeds ${seeds.join(' ')}: ${KNOWN.map((file, index) => `${file} is number ${ranks[index]}`).join(', ')}`,
      `of ${search.clips}; ${within} of ${KNOWN.length} are among the first ${FIRST}.`,
      `${search.method}; ${(100 * search.accuracy).toFixed(1)} % of the labels are the likeliest class.`,
    ].join(' ');
    return [{ ...oursAlone(`seeds ${seeds.join(' ')}`, [took]), note }];
  } finally {
    context.close();
    await pool.close();
    lab.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function seedOf(word: string): number {
  const seed = Number(word);
  if (!Number.isInteger(seed) || seed < 0) throw new WrongUsage(`a seed is a whole number from 0, not ${word}`);
  return seed;
}

/** Tells each network on stderr as it begins. */
function progressTeller(): (progress: { message: string }) => void {
  let last = '';
  return ({ message }) => {
    const network = message.replace(/\d+ of \d+ clips/, 'clips');
    if (network !== last) console.error(network);
    last = network;
  };
}
