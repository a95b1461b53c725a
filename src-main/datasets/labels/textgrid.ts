import { HarkError } from '#shared/domain/errors.ts';
import type { NewTier } from '#main/lab/importing-regions.ts';
import type { LabelFileFormat, Problem, ReadRegion, ReadTier, WrittenClip } from './format.ts';

const MOST_TIERS = 1000;

/**
 * Praat's TextGrid, both text forms. As its manual has it ("TextGrid file formats"): free-standing numbers, texts in quotes (a quote
 * inside is doubled) and flags in angle brackets are what counts, in their order; all else is comment. So the long form and the short
 * are read by the same few lines.
 */
export const textGrid: LabelFileFormat = {
  ...{ format: 'textgrid', extensions: ['textgrid'], filePer: 'clip' },
  holds: { frequencies: false, notes: false, overlaps: false, points: true, blanks: true, clipLabels: false },
  match: (text) =>
    /^\s*(File type = )?"?ooTextFile/.test(text.slice(0, 200)) && text.slice(0, 400).includes('TextGrid'),
  read(text) {
    const problems: Problem[] = [];
    const tiers = readTiers(new Tokens(text), problems);
    return { clips: [{ file: null, label: null, tiers }], problems };
  },
  write: ([clip]) => writeLong(clip),
};

interface Token {
  kind: 'text' | 'number' | 'flag';
  value: string;
  line: number;
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

class Tokens {
  readonly #found: Iterator<Token>;
  /** Of the token read last. */
  line = 1;

  constructor(text: string) {
    this.#found = tokens(text);
  }

  text(what: string): string {
    return this.#next('text', what);
  }

  number(what: string): number {
    return Number(this.#next('number', what));
  }

  count(what: string, most: number): number {
    const value = this.number(what);
    if (!Number.isInteger(value) || value < 0 || value > most) throw damaged(`${what} cannot be ${value}`, this.line);
    return value;
  }

  flag(what: string): string {
    return this.#next('flag', what);
  }

  #next(kind: Token['kind'], what: string): string {
    const { value, done } = this.#found.next();
    if (done) throw damaged(`it ends where ${what} should be`, this.line);
    this.line = value.line;
    if (value.kind !== kind) throw damaged(`"${value.value.slice(0, 40)}" stands where ${what} should be`, value.line);
    return value.value;
  }
}

function* tokens(text: string): Generator<Token, undefined> {
  const word = /\S+/y;
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\n') line++;
    else if (letter === '!') at = endOf(text, '\n', at) - 1;
    else if (letter === '"') {
      let end = text.indexOf('"', at + 1);
      while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
      if (end < 0) return;
      const value = text.slice(at + 1, end);
      yield { kind: 'text', value: value.replaceAll('""', '"'), line };
      line += value.split('\n').length - 1;
      at = end;
    } else {
      word.lastIndex = at;
      const [found] = word.exec(text) ?? [];
      if (found === undefined) continue;
      if (NUMBER.test(found)) yield { kind: 'number', value: found, line };
      else if (/^<\w+>$/.test(found)) yield { kind: 'flag', value: found, line };
      at += found.length - 1;
    }
  }
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

function readTiers(tokens: Tokens, problems: Problem[]): ReadTier[] {
  tokens.text('"ooTextFile"');
  if (tokens.text('"TextGrid"') !== 'TextGrid') throw damaged('it holds something else than a TextGrid', tokens.line);
  tokens.number('the start');
  tokens.number('the end');
  if (tokens.flag('<exists>') !== '<exists>') return [];
  const count = tokens.count('the number of tiers', MOST_TIERS);
  const tiers: ReadTier[] = [];
  try {
    for (let index = 0; index < count; index++) readTier(tokens, tiers);
  } catch (error) {
    if (!(error instanceof HarkError)) throw error;
    // What was read before the damage is good.
    problems.push({ line: tokens.line, reason: `${error.message} The rest was left out.` });
  }
  return tiers;
}

const KINDS: Record<string, NewTier['kind']> = { IntervalTier: 'intervals', TextTier: 'points' };

function readTier(tokens: Tokens, tiers: ReadTier[]): void {
  const kind = KINDS[tokens.text('the kind of a tier')];
  if (!kind) throw damaged('a tier is neither an IntervalTier nor a TextTier', tokens.line);
  const tier: ReadTier = { name: tokens.text('the name of a tier'), kind, regions: [] };
  tiers.push(tier);
  tokens.number('the start of a tier');
  tokens.number('the end of a tier');
  const size = tokens.count('the size of a tier', 10_000_000);
  for (let index = 0; index < size; index++) {
    const start = tokens.number('a time');
    const { line } = tokens;
    const end = kind === 'points' ? start : tokens.number('the end of an interval');
    const region: ReadRegion = { line, start, end, fMin: null, fMax: null, label: tokens.text('a label'), note: '' };
    tier.regions.push(region);
  }
}

function damaged(reason: string, line: number): HarkError {
  return new HarkError('bad-input', `This TextGrid is damaged in line ${line}: ${reason}.`);
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function writeLong({ duration, tiers }: WrittenClip): string {
  const lines = [
    ...['File type = "ooTextFile"', 'Object class = "TextGrid"', ''],
    ...['xmin = 0', `xmax = ${duration}`, 'tiers? <exists>', `size = ${tiers.length}`, 'item []:'],
  ];
  tiers.forEach(({ name, kind, regions }, index) => {
    const points = kind === 'points';
    const [list, rows] = points ? ['points', regions] : ['intervals', withoutGaps(regions, duration)];
    lines.push(
      ...[`    item [${index + 1}]:`, `        class = "${points ? 'TextTier' : 'IntervalTier'}"`],
      ...[`        name = ${quoted(name)}`, '        xmin = 0', `        xmax = ${duration}`],
      `        ${list}: size = ${rows.length}`,
    );
    rows.forEach(({ start, end, label }, row) => {
      lines.push(`        ${list} [${row + 1}]:`);
      if (points) lines.push(`            number = ${start}`, `            mark = ${quoted(label)}`);
      else
        lines.push(`            xmin = ${start}`, `            xmax = ${end}`, `            text = ${quoted(label)}`);
    });
  });
  return `${lines.join('\n')}\n`;
}

/** Intervals of Praat's fill the whole tier: unlabelled ones stand in the gaps. */
function withoutGaps(regions: NewTier['regions'], duration: number): { start: number; end: number; label: string }[] {
  const row: { start: number; end: number; label: string }[] = [];
  let reached = 0;
  for (const { start, end, label } of regions) {
    if (start > reached) row.push({ start: reached, end: start, label: '' });
    row.push({ start, end, label });
    reached = end;
  }
  if (reached < duration || row.length === 0) row.push({ start: reached, end: duration, label: '' });
  return row;
}
