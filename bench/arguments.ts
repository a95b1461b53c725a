import { parseArgs } from 'node:util';

export type Format = 'table' | 'json' | 'markdown';

/** What a benchmark is asked for. */
export interface Request {
  /** Only the rows, or cases, whose name contains all of these words (in any case). */
  words: string[];
  /** Measurements behind each median; null: the benchmark's own number. */
  samples: number | null;
}

/** A request that makes no sense; its message is one line for a terminal. */
export class WrongUsage extends Error {}

/**
 * `NAME [WORD...] [--json | --markdown] [--samples N]`
 * @throws WrongUsage
 */
export function parseRequest(argv: readonly string[]): { name: string; format: Format; request: Request } {
  const { values, positionals } = parse(argv);
  const [name, ...words] = positionals;
  if (name === undefined) throw new WrongUsage('the name of a benchmark is missing');
  if (values.json && values.markdown) throw new WrongUsage('--json and --markdown exclude each other');
  const samples = values.samples === undefined ? null : Number(values.samples);
  if (samples !== null && !(Number.isInteger(samples) && samples >= 1))
    throw new WrongUsage(`--samples takes a whole number from 1, not ${values.samples}`);
  const format = values.json ? 'json' : values.markdown ? 'markdown' : 'table';
  return { name, format, request: { words: words.map((word) => word.toLowerCase()), samples } };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, markdown: { type: 'boolean' }, samples: { type: 'string' } },
    });
  } catch (error) {
    throw new WrongUsage((error as Error).message);
  }
}

/**
 * The items whose names contain all words of a request, each from the beginning of a word ("rnn" is not in "grnn"); the one that
 * is called exactly so, commas aside, if there is one.
 */
export function asked<T extends { name: string }>(items: readonly T[], { words }: Request): T[] {
  const plain = (text: string) => ` ${text.toLowerCase().replaceAll(',', '')}`;
  const wanted = words.map(plain);
  const exact = items.filter(({ name }) => plain(name) === wanted.join(''));
  return exact.length > 0 ? exact : items.filter(({ name }) => wanted.every((word) => plain(name).includes(word)));
}
