import { createHash } from 'node:crypto';
import type { MatrixView } from '#shared/contract/compare.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import { lineSample } from './figures/cell-style.ts';
import type { Drawing } from './figures/drawing.ts';
import { drawMatrix } from './figures/heatmap.ts';
import { CUSTOM_PROPERTIES, escapeXml as escape, toSvg } from './figures/svg.ts';
import { STYLE } from './html-style.ts';
import type { Block, BlockOf, ReportModel, Section, SoundItem, Table } from './model.ts';
import { name, quoted } from './words.ts';

/** No script, nothing from elsewhere: the page is its own and only source. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  'media-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const svg = (drawing: Drawing) => toSvg(drawing, { palette: CUSTOM_PROPERTIES, fontFamily: 'inherit' });

/** A cell's line and marker beside its name. */
const mark = (cell: Cell) =>
  toSvg({ width: 26, height: 10, label: '', shapes: lineSample(cell, 0, 5) }, { palette: CUSTOM_PROPERTIES }).replace(
    'role="img" aria-label=""',
    'class="mark" aria-hidden="true"',
  );

/** The report as one HTML file that needs nothing outside itself. */
export function renderHtml(model: ReportModel): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(POLICY)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(model.title)} – Hark report</title>
<style>${STYLE}</style>
</head>
<body>
<div class="page">
<nav aria-label="Contents"><p>Contents</p><ol>${model.sections.map((s) => `<li><a href="#${s.id}">${escape(s.title)}</a></li>`).join('')}</ol></nav>
<main>
<header>
<p class="kind">Comparison report</p>
<h1>${escape(model.title)}</h1>
<dl class="facts">${model.facts.map((fact) => `<div><dt>${escape(fact.name)}</dt><dd>${escape(fact.value)}</dd></div>`).join('')}</dl>
</header>
${model.warnings.map(note).join('\n')}
<div class="abstract"><h2>In short</h2>${bullets(model.abstract)}</div>
${model.sections.map(section).join('\n')}
<footer>${escape(model.imprint)}</footer>
</main>
</div>
</body>
</html>
`;
}

const section = ({ id, title, blocks }: Section) =>
  `<section id="${id}"><h2>${escape(title)}</h2>\n${blocks.map((block) => (writers[block.kind] as (block: Block) => string)(block)).join('\n')}\n</section>`;

const bullets = (items: string[]) => `<ul>${items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`;
const note = (text: string) => `<p class="note" role="note"><b>Note.</b> ${escape(text)}</p>`;

const writers: { [Kind in Block['kind']]: (block: BlockOf<Kind>) => string } = {
  heading: ({ text }) => `<h3>${escape(text)}</h3>`,
  paragraph: ({ text }) => `<p>${escape(text)}</p>`,
  note: ({ text }) => note(text),
  list: ({ items }) => bullets(items),
  table: writeTable,
  figure: ({ drawings, caption }) =>
    `<figure><div class="drawings ${drawings.length === 1 ? 'wide' : 'fill'}">${drawings.map(svg).join('')}</div><figcaption>${escape(caption)}</figcaption></figure>`,
  matrix: ({ matrices, caption }) =>
    `<figure><div class="drawings">${matrices.map((matrix) => svg(drawMatrix(matrix))).join('')}</div><figcaption>${escape(caption)}</figcaption>
<details><summary>The matrices as tables</summary>${matrices.map(matrixTable).join('')}</details></figure>`,
  sounds: ({ caption, items, omitted }) =>
    `<p>${escape(caption)}</p><ul class="clips">${items.map(clip).join('\n')}</ul>${omitted ? `<p>${escape(omitted)}</p>` : ''}`,
  code: ({ caption, text }) =>
    `<figure><pre tabindex="0"><code>${escape(text)}</code></pre><figcaption>${escape(caption)}</figcaption></figure>`,
};

/** Longer tables are folded away. */
const LONG_TABLE = 45;

function writeTable({ caption, columns, rows, rowCells }: Table): string {
  const align = (index: number) => (columns[index].numeric ? ' class="n"' : '');
  const head = columns.map((column, index) => `<th scope="col"${align(index)}>${escape(column.name)}</th>`).join('');
  const body = rows
    .map((row, r) => {
      const cells = row.map((text, index) =>
        index === 0 && rowCells
          ? `<td class="cell">${mark(rowCells[r])}${escape(text)}</td>`
          : `<td${align(index)}>${escape(text)}</td>`,
      );
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('');
  const table = `<div class="scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table><caption>${escape(caption)}.</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
  return rows.length > LONG_TABLE ? `<details><summary>${escape(caption)}</summary>${table}</details>` : table;
}

function matrixTable({ cell, classes, counts }: MatrixView): string {
  const head = classes.map((label) => `<th scope="col">${escape(name(label))}</th>`).join('');
  const body = counts.map(
    (row, truth) =>
      `<tr><th scope="row">${escape(name(classes[truth]))}</th>${row.map((value, predicted) => `<td${truth === predicted ? ' class="d"' : ''}>${value}</td>`).join('')}</tr>`,
  );
  const caption = `${CELL_NAMES[cell]}: rows truth, columns prediction`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table class="matrix"><caption>${escape(caption)}.</caption><thead><tr><td></td>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function clip({ file, speaker, truth, verdicts, picture, wav, problem }: SoundItem): string {
  const said = verdicts
    .map(
      ({ cell, right, words }) =>
        `<li>${mark(cell)}<span>${CELL_NAMES[cell]}</span><span${right ? '' : ' class="wrong"'}>${escape(words)}${right ? '' : ' ✗'}</span></li>`,
    )
    .join('');
  return `<li><h3>Truth: ${escape(quoted(truth))}</h3>
${picture ? svg(picture).replace('<svg ', '<svg class="sound" ') : ''}
${wav ? `<audio controls preload="none" aria-label="${escape(`Play ${name(file)}`)}" src="data:audio/wav;base64,${wav.toString('base64')}"></audio>` : ''}
${problem ? `<p class="where">No sound: ${escape(problem)}</p>` : ''}
<ul class="verdicts">${said}</ul>
<p class="where">${escape(name(file))}${speaker === null ? '' : `, speaker ${escape(name(speaker))}`}</p></li>`;
}
