import { drawMatrix } from './figures/heatmap.ts';
import { LIGHT, toSvg } from './figures/svg.ts';
import type { Drawing } from './figures/drawing.ts';
import type { MatrixView } from '#shared/contract/compare.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { Block, BlockOf, ReportModel, Table } from './model.ts';
import { name, quoted } from './words.ts';

/** The text, and the pictures that lie beside it. */
export interface MarkdownReport {
  text: string;
  /** File names under `folder`, with their contents. */
  pictures: { file: string; svg: string }[];
}

/** Text that no Markdown or HTML reader takes for markup. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]{}|~#$@!]/g, String.raw`\$&`)
    .replace(/(https?|ftp|www)(:|\.)/gi, '$1\u200b$2')
    .replace(/^(\s*)([-+=]|\d+[.)])(?=\s|$)/, String.raw`$1\$2`);
}

/**
 * The report as Markdown that a forge shows: tables, and figures as SVG files in `folder` beside the text.
 * @param folder name of that folder, as it stands in the links
 */
export function renderMarkdown(model: ReportModel, folder: string): MarkdownReport {
  const pictures: MarkdownReport['pictures'] = [];
  const picture = (file: string, drawing: Drawing, alt: string) => {
    pictures.push({ file, svg: toSvg(drawing, { palette: LIGHT, ground: true }) });
    return `![${escapeMarkdown(alt)}](${encodeURIComponent(folder)}/${file})`;
  };
  const escape = escapeMarkdown;
  const bullets = (items: string[]) => items.map((item) => `- ${escape(item)}`).join('\n');
  const note = (text: string) => `> **Note.** ${escape(text)}`;
  const emphasis = (text: string) => `*${escape(text.replace(/\.$/, ''))}.*`;

  const writers: { [Kind in Block['kind']]: (block: BlockOf<Kind>) => string } = {
    heading: ({ text }) => `### ${escape(text)}`,
    paragraph: ({ text }) => escape(text),
    note: ({ text }) => note(text),
    list: ({ items }) => bullets(items),
    table: (block) => `${table(block)}\n\n${emphasis(block.caption)}`,
    figure: ({ id, drawings, caption }) =>
      `${drawings.map((drawing, index) => picture(`${id}${drawings.length > 1 ? `-${index + 1}` : ''}.svg`, drawing, drawing.label)).join('\n')}\n\n${emphasis(caption)}`,
    matrix: ({ id, matrices, caption }) => {
      const shown = matrices.map((matrix) => {
        const drawing = drawMatrix(matrix);
        return `${picture(`${id}-${matrix.cell}.svg`, drawing, drawing.label)}${matrix.classes.length <= TABLE_CLASSES ? `\n\n${matrixTable(matrix)}` : ''}`;
      });
      return `${shown.join('\n\n')}\n\n${emphasis(caption)}`;
    },
    sounds: ({ caption, items, omitted }) => {
      const cells = [...new Set(items.flatMap((item) => item.verdicts.map((verdict) => verdict.cell)))];
      const rows = items.map((item) => [
        name(item.file),
        quoted(item.truth),
        ...cells.map((cell) => {
          const verdict = item.verdicts.find((said) => said.cell === cell);
          return verdict ? `${verdict.words}${verdict.right ? '' : ' ✗'}` : '–';
        }),
      ]);
      const columns = [{ name: 'File' }, { name: 'Truth' }, ...cells.map((cell) => ({ name: CELL_NAMES[cell] }))];
      return [
        escape(caption),
        table({ kind: 'table', caption, columns, rows }),
        'The HTML report plays them.',
        ...(omitted ? [escape(omitted)] : []),
      ].join('\n\n');
    },
    code: ({ language, text, caption }) => `${emphasis(caption)}\n\n${fenced(text, language)}`,
  };

  const sections = model.sections.map(
    (section) =>
      `## ${escape(section.title)}\n\n${section.blocks.map((block) => (writers[block.kind] as (block: Block) => string)(block)).join('\n\n')}`,
  );
  const facts = model.facts.map((fact) => `**${escape(fact.name)}:** ${escape(fact.value)}`).join(' · ');
  const parts = [
    `# ${escape(model.title)}`,
    facts,
    ...model.warnings.map(note),
    bullets(model.abstract),
    ...sections,
    '---',
    escape(model.imprint),
  ];
  return { text: `${parts.join('\n\n')}\n`, pictures };
}

/** With more classes a matrix is shown as a picture alone. */
const TABLE_CLASSES = 12;

function table({ columns, rows }: Table): string {
  const line = (cells: string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [
    line(columns.map((column) => column.name)),
    `| ${columns.map((column) => (column.numeric ? '---:' : '---')).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}

function matrixTable({ cell, classes, counts }: MatrixView): string {
  return table({
    kind: 'table',
    caption: '',
    columns: [
      { name: `${CELL_NAMES[cell]}: truth` },
      ...classes.map((label) => ({ name: name(label), numeric: true })),
    ],
    rows: counts.map((row, truth) => [
      name(classes[truth]),
      ...row.map((value) => (value === 0 ? '·' : String(value))),
    ]),
  });
}

/** A code block whose fence is longer than any within it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
