import type { Machine } from './machine.ts';
import { warningOf } from './machine.ts';
import { isReached, type Row } from './row.ts';

interface Column {
  title: string;
  left?: boolean;
  /** Empty where a row has nothing to say; a column that is empty in all rows is left out. */
  cell(row: Row): string;
}

const COLUMNS: readonly Column[] = [
  { title: 'row', left: true, cell: ({ row }) => row },
  { title: 'threads', cell: ({ threads }) => threads?.toString() ?? '' },
  { title: 'ours ms', cell: ({ oursMs }) => milliseconds(oursMs) },
  { title: 'quartiles', cell: ({ oursQuartilesMs }) => range(oursQuartilesMs) },
  { title: 'p99', cell: ({ oursP99Ms }) => milliseconds(oursP99Ms) },
  { title: 'peer', left: true, cell: ({ peer, peerSetting }) => [peer, peerSetting].filter(Boolean).join(', ') },
  { title: 'peer ms', cell: ({ peerMs }) => milliseconds(peerMs) },
  { title: 'quartiles', cell: ({ peerQuartilesMs }) => range(peerQuartilesMs) },
  { title: 'p99', cell: ({ peerP99Ms }) => milliseconds(peerP99Ms) },
  { title: 'ratio', cell: ({ ratio }) => ratio?.toFixed(2) ?? '' },
  { title: 'target', cell: ({ target }) => target?.toString() ?? '' },
  { title: '', left: true, cell: (row) => ({ true: 'reached', false: 'missed', null: '' })[`${isReached(row)}`] },
  { title: 'n', cell: ({ n }) => n?.toString() ?? '' },
  {
    title: 'others',
    cell: ({ othersShare }) => (othersShare === undefined ? '' : `${Math.round(othersShare * 100)} %`),
  },
];

/** Three digits that tell something, whatever the size. */
function milliseconds(value: number | null | undefined): string {
  if (value === null || value === undefined) return '';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(value, 1e-3))));
  return value.toFixed(Math.min(4, digits));
}

const range = (quartiles: [number, number] | undefined): string =>
  quartiles ? quartiles.map((value) => milliseconds(value)).join('-') : '';

/** The cells of all columns that say anything, titles first. */
function cells(rows: readonly Row[]): { columns: Column[]; lines: string[][] } {
  const columns = COLUMNS.filter((column) => rows.some((row) => column.cell(row) !== ''));
  return { columns, lines: [columns.map(({ title }) => title), ...rows.map((row) => columns.map((c) => c.cell(row)))] };
}

/** Notes and versions, each once, that the rows of a table share. */
function remarks(rows: readonly Row[]): string[] {
  const versions = rows.flatMap(({ peer, peerVersion }) => {
    const full = `${peer?.split(' ', 1)[0]} ${peerVersion}`;
    return peerVersion === undefined || full === peer ? [] : [`${full}.`];
  });
  return [...new Set([...versions, ...rows.flatMap(({ note }) => note ?? [])])];
}

function facts(machine: Machine): string {
  return [
    `${machine.processor}, ${machine.cores} cores, ${machine.instructionSet ?? 'no'} kernels`,
    `${machine.memoryGb.toFixed(0)} GB`,
    `${machine.system}, Node ${machine.node}`,
    `load ${machine.load.map((load) => load.toFixed(2)).join(' ')}`,
    `${Math.round(machine.busy * 100)} % busy before the start`,
    machine.date.slice(0, 16).replace('T', ' ') + ' UTC',
  ].join('; ');
}

const EXPLANATION = [
  'Medians with first and third quartile, milliseconds; ratio = peer / ours; n: measurements behind each median;',
  "others: share of the machine's processor time that other programs took meanwhile.",
];

/** For people at a terminal. */
export function asTable(rows: readonly Row[], machine: Machine): string {
  const { columns, lines } = cells(rows);
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const table = lines.map((line) =>
    line
      .map((text, i) => (columns[i].left ? text.padEnd(widths[i]) : text.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const warning = warningOf(machine);
  return [
    facts(machine),
    ...(warning ? ['', `WARNING  ${warning}`] : []),
    ...['', table[0], rule, ...table.slice(1), ''],
    ...EXPLANATION,
    ...remarks(rows),
  ].join('\n');
}

/** For docs/benchmarks.md. */
export function asMarkdown(rows: readonly Row[], machine: Machine): string {
  const { columns, lines } = cells(rows);
  const line = (texts: string[]) => `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const warning = warningOf(machine);
  return [
    ...[line(lines[0]), line(columns.map(({ left }) => (left ? ':--' : '--:'))), ...lines.slice(1).map(line)],
    ...['', ...[...(warning ? [`**${warning}**`] : []), `${facts(machine)}.`, ...EXPLANATION, ...remarks(rows)]],
  ].join('\n');
}
