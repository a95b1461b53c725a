import pdfmake, { type Content, type DocumentDefinition } from 'pdfmake';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { lineSample } from './figures/cell-style.ts';
import type { Drawing, Shape } from './figures/drawing.ts';
import { drawMatrix } from './figures/heatmap.ts';
import { LIGHT, toSvg } from './figures/svg.ts';
import type { Block, BlockOf, ReportModel, Section, SoundItem, Table } from './model.ts';
import { FONT_FILES, printable } from './pdf-font.ts';
import { name, plural, quoted, shorten } from './words.ts';

pdfmake.setFonts({ Roboto: FONT_FILES });
// The document names no address and no file but its fonts.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file) => (Object.values(FONT_FILES) as string[]).includes(file));

/** How much of each list is printed; tried one after the other until the report fits. */
interface Measure {
  rows: number;
  sounds: number;
  codeLength: number;
  details: boolean;
  /** Share of their full width that figures take. */
  figures: number;
}
const MEASURES: Measure[] = [
  { rows: 40, sounds: 12, codeLength: 4000, details: true, figures: 1 },
  { rows: 20, sounds: 9, codeLength: 4000, details: false, figures: 1 },
  { rows: 12, sounds: 6, codeLength: 3000, details: false, figures: 1 },
  { rows: 8, sounds: 6, codeLength: 2000, details: false, figures: 0.92 },
  { rows: 8, sounds: 3, codeLength: 2000, details: false, figures: 0.85 },
  { rows: 5, sounds: 3, codeLength: 2000, details: false, figures: 0.8 },
  { rows: 3, sounds: 3, codeLength: 2000, details: false, figures: 0.75 },
  { rows: 3, sounds: 0, codeLength: 1200, details: false, figures: 0.72 },
  { rows: 3, sounds: 0, codeLength: 600, details: false, figures: 0.55 },
];
const MOST_PAGES = 4;
const LEAST_PAGES = 2;

const MARGIN = 42;
const WIDTH = 595.28 - 2 * MARGIN;

/** The report as 2 to 4 pages A4, whatever the size of the comparison: long lists are cut and say where they go on. */
export async function renderPdf(model: ReportModel): Promise<Buffer> {
  const full = await print(model, MEASURES[0], false);
  if (full.pages < LEAST_PAGES) return (await print(model, MEASURES[0], true)).file;
  if (full.pages <= MOST_PAGES) return full.file;
  let fitting: Buffer | undefined;
  let low = 1;
  let high = MEASURES.length - 1;
  // The most generous measure that fits, by halving.
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { file, pages } = await print(model, MEASURES[middle], false);
    if (pages <= MOST_PAGES) {
      fitting = file;
      high = middle - 1;
    } else low = middle + 1;
  }
  return fitting ?? (await print(model, MEASURES.at(-1)!, false, MOST_PAGES)).file;
}

/** @param turn begin the last section on a page of its own @param most pages after which all else is dropped */
async function print(
  model: ReportModel,
  measure: Measure,
  turn: boolean,
  most?: number,
): Promise<{ file: Buffer; pages: number }> {
  let pages = 0;
  const { definition } = new Layout(measure).document(model, turn);
  const { footer } = definition;
  definition.footer = (page, of) => {
    pages = of;
    return footer!(page, of);
  };
  if (most !== undefined) definition.maxPagesNumber = most;
  const file = await pdfmake.createPdf(definition).getBuffer();
  return { file, pages };
}

type Styled = Record<string, unknown>;

/** Turns blocks into pdfmake's nodes. */
class Layout {
  readonly #measure: Measure;
  #missing = false;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  document(model: ReportModel, turn: boolean): { definition: DocumentDefinition } {
    const sections = model.sections.map((section, index) =>
      this.#section(section, index + 1, turn && index === model.sections.length - 1),
    );
    const opening: Content[] = [
      { text: 'Comparison report', color: LIGHT.heat, bold: true, fontSize: 8.5 },
      { text: this.#text(model.title), fontSize: 19, bold: true, margin: [0, 1, 0, 7] },
      this.#facts(model),
      ...model.warnings.map((text) => this.#note(text)),
      this.#box([{ text: 'In short', bold: true, margin: [0, 0, 0, 3] }, this.#list(model.abstract)], '#eef3f9'),
    ];
    const imprint = this.#text(model.imprint);
    // Whether a glyph was missing is known only now.
    const closing: Content[] = this.#missing
      ? [
          {
            text: 'This document’s font holds Latin, Greek and Cyrillic letters; other characters are given as their Unicode numbers in ‹›. The HTML report shows them as they are.',
            fontSize: 7.5,
            color: LIGHT.muted,
            margin: [0, 6, 0, 0],
          },
        ]
      : [];
    return {
      definition: {
        pageSize: 'A4',
        pageMargins: [MARGIN, 40, MARGIN, 44],
        language: 'en',
        info: { title: this.#text(model.title), creator: 'Hark', producer: 'Hark' },
        displayTitle: true,
        defaultStyle: { font: 'Roboto', fontSize: 8.7, lineHeight: 1.15, color: LIGHT.text },
        // No heading stays behind at the foot of a page.
        pageBreakBefore: ({ headlineLevel, startPosition }) =>
          headlineLevel !== undefined && startPosition.verticalRatio > 0.9,
        content: [...opening, ...sections, ...closing],
        footer: (page, pages) => ({
          margin: [MARGIN, 12, MARGIN, 0],
          fontSize: 7,
          color: LIGHT.muted,
          columns: [
            { text: imprint, width: '*' },
            { text: `Page ${page} of ${pages}`, width: 60, alignment: 'right' },
          ],
        }),
      },
    };
  }

  #section({ title, blocks }: Section, number: number, newPage: boolean): Content[] {
    const shown = blocks.filter((block) => this.#measure.details || !block.detail);
    return [
      {
        text: [{ text: `${number}  `, color: LIGHT.muted, bold: false }, title],
        fontSize: 13,
        bold: true,
        margin: [0, 11, 0, 3],
        headlineLevel: 1,
        ...(newPage ? { pageBreak: 'before' } : {}),
      },
      ...shown.map((block) => (this.#writers[block.kind] as (block: Block) => Content)(block)),
    ];
  }

  readonly #writers: { [Kind in Block['kind']]: (block: BlockOf<Kind>) => Content } = {
    heading: ({ text }) => ({
      text: this.#text(text),
      bold: true,
      fontSize: 9.8,
      margin: [0, 6, 0, 2],
      headlineLevel: 2,
    }),
    paragraph: ({ text }) => ({ text: this.#text(text), margin: [0, 0, 0, 4] }),
    note: ({ text }) => this.#note(text),
    list: ({ items }) => this.#list(items),
    table: (block) => this.#table(block),
    figure: ({ drawings, caption }) => this.#pictures(drawings, caption, 2),
    // Not made smaller with the rest: they are read cell by cell.
    matrix: ({ matrices, caption }) =>
      this.#pictures(matrices.map(drawMatrix), caption, Math.max(2, matrices.length), 1),
    sounds: (block) => this.#sounds(block),
    code: ({ language, text, caption }) =>
      this.#code(language === 'json' ? JSON.stringify(JSON.parse(text)) : text.replace(/\s*\\\n\s*/g, ' '), caption),
  };

  /** Text the font can print, with words too long for a column cut in their middle. */
  #text(text: string): string {
    const printed = printable(text, () => (this.#missing = true));
    return printed.replace(/\S{43,}/gu, (word) => `${word.slice(0, 18)}…${word.slice(-22)}`);
  }

  #svg(drawing: Drawing): string {
    const shapes = drawing.shapes.map((shape): Shape => {
      if (shape.kind !== 'text') return shape;
      const text = this.#text(shape.text);
      // Numbers in place of letters would run out of the figure.
      return { ...shape, text: text.includes('‹U+') ? shorten(text, 11) : text };
    });
    return toSvg({ ...drawing, shapes }, { palette: LIGHT, fontFamily: 'Roboto' });
  }

  #caption = (text: string): Styled => ({
    text: this.#text(`${text.replace(/\.$/, '')}.`),
    fontSize: 7.5,
    color: LIGHT.muted,
    margin: [0, 2, 0, 6],
  });

  #list = (items: string[]): Content => ({
    ul: items.map((item) => ({ text: this.#text(item), margin: [0, 0, 0, 1.5] })),
    margin: [0, 0, 0, 4],
  });

  #facts({ facts }: ReportModel): Content {
    const cell = (fact: { name: string; value: string }) => ({
      stack: [
        { text: fact.name, fontSize: 7, color: LIGHT.muted },
        { text: this.#text(fact.value), bold: true, fontSize: 8.5 },
      ],
    });
    return { columns: facts.map(cell), columnGap: 10, margin: [0, 0, 0, 7] };
  }

  #box(stack: Content[], fillColor: string, edge?: string): Content {
    return {
      table: { widths: ['*'], body: [[{ stack, fillColor }]] },
      layout: {
        hLineWidth: () => 0,
        vLineWidth: (index: number) => (edge && index === 0 ? 3 : 0),
        vLineColor: () => edge,
        paddingLeft: () => 9,
        paddingRight: () => 9,
        paddingTop: () => 5,
        paddingBottom: () => 4,
      },
      margin: [0, 3, 0, 6],
    };
  }

  #note = (text: string): Content =>
    this.#box([{ text: [{ text: 'Note. ', bold: true, color: '#8a4b00' }, this.#text(text)] }], '#fff4e0', '#8a4b00');

  #table({ columns, rows, rowCells, caption, more }: Table): Content {
    const shown = more ? rows.slice(0, this.#measure.rows) : rows;
    const longest = columns.map((_, index) => Math.max(...shown.map((row) => row[index].length), 0));
    const cell = (text: string, r: number, index: number): Content => {
      const mark = index === 0 && rowCells ? rowCells[r] : undefined;
      const alignment = columns[index].numeric ? 'right' : 'left';
      if (!mark) return { text: this.#text(text), alignment, noWrap: columns[index].numeric };
      const sample = this.#svg({ width: 26, height: 10, label: '', shapes: lineSample(mark, 0, 5) });
      return {
        columns: [
          { svg: sample, width: 18, margin: [0, 1.5, 0, 0] },
          { text: this.#text(text), width: 'auto' },
        ],
        columnGap: 5,
      };
    };
    const left = rows.length - shown.length;
    return {
      stack: [
        {
          fontSize: 7.8,
          table: {
            headerRows: 1,
            dontBreakRows: true,
            widths: longest.map((length, index) => (length > 34 && !columns[index].numeric ? '*' : 'auto')),
            body: [
              columns.map((column) => ({
                text: column.name,
                bold: true,
                alignment: column.numeric ? 'right' : 'left',
              })),
              ...shown.map((row, r) => row.map((text, index) => cell(text, r, index))),
            ],
          },
          layout: {
            hLineWidth: (line: number) => (line === 0 ? 0 : line === 1 ? 0.9 : 0.4),
            hLineColor: (line: number) => (line === 1 ? LIGHT.muted : LIGHT.grid),
            vLineWidth: () => 0,
            paddingLeft: (index: number) => (index === 0 ? 0 : 5),
            paddingRight: () => 5,
            paddingTop: () => 1.6,
            paddingBottom: () => 1.1,
          },
        },
        this.#caption(left > 0 ? `${caption.replace(/\.$/, '')}. ${plural(left, 'further row')} in ${more}` : caption),
      ],
      margin: [0, 3, 0, 2],
      unbreakable: shown.length <= 12,
    };
  }

  /** Drawings side by side, at most `across` in a row. */
  #pictures(drawings: Drawing[], caption: string, across: number, scale = this.#measure.figures): Content {
    const gap = 12;
    const width = (WIDTH * scale - gap * (across - 1)) / across;
    const alone = drawings.length === 1 && across === 2;
    const columns = drawings.map((drawing) => ({
      svg: this.#svg(drawing),
      width: alone ? Math.min(WIDTH, drawing.width * 0.72) * scale : Math.min(width, drawing.width),
      // What would be taller than a quarter of the page is made narrower.
      ...(drawing.height / drawing.width > 1.3 ? { fit: [width, 190 * scale], width: undefined } : {}),
    }));
    return {
      stack: [{ columns: columns.map((c) => ({ stack: [c], width: 'auto' })), columnGap: gap }, this.#caption(caption)],
      margin: [0, 3, 0, 2],
      unbreakable: true,
    };
  }

  #sounds({ caption, items }: BlockOf<'sounds'>): Content {
    const shown = items.slice(0, this.#measure.sounds);
    const rows = Array.from({ length: Math.ceil(shown.length / 3) }, (_, row) => shown.slice(row * 3, row * 3 + 3));
    const where = `The HTML report lets one hear the misclassified clips; every answer to every clip stands in the CSV of predictions.`;
    const told = shown.length > 0 ? `${caption} The first ${shown.length} are shown. ${where}` : where;
    const text = { text: this.#text(told), margin: [0, 0, 0, 4] };
    const [first, ...others] = rows.map((row) => ({
      columns: [
        ...row.map((item) => this.#clip(item)),
        ...Array.from({ length: 3 - row.length }, () => ({ text: '', width: '*' })),
      ],
      columnGap: 12,
      margin: [0, 0, 0, 5],
      unbreakable: true,
    }));
    return first ? [{ stack: [text, first], unbreakable: true }, ...others] : text;
  }

  #clip({ file, truth, verdicts, picture, problem }: SoundItem): Content {
    return {
      width: '*',
      stack: [
        { text: this.#text(`Truth: ${quoted(truth)}`), bold: true, fontSize: 8.2 },
        picture
          ? { svg: this.#svg(picture), width: (WIDTH - 24) / 3 }
          : { text: this.#text(`No sound: ${problem ?? ''}`), fontSize: 7.2, color: LIGHT.muted },
        ...verdicts.map(({ cell, right, words }) => ({
          text: [
            { text: `${CELL_NAMES[cell]}  `, bold: true },
            { text: this.#text(`${words}${right ? '' : ' ×'}`), color: right ? LIGHT.text : LIGHT.error },
          ],
          fontSize: 7.2,
        })),
        { text: this.#text(name(file)), fontSize: 6.6, color: LIGHT.muted },
      ],
    };
  }

  #code(text: string, caption: string): Content {
    const cut = text.length > this.#measure.codeLength;
    const shown = cut ? `${text.slice(0, this.#measure.codeLength)} …` : text;
    return {
      stack: [
        this.#box(
          [
            {
              text: printable(shown, () => (this.#missing = true)),
              fontSize: 6.8,
              lineHeight: 1.1,
              wordBreak: 'break-all',
              characterSpacing: 0.2,
            },
          ],
          '#f6f7f9',
        ),
        this.#caption(cut ? `${caption}; cut here, complete in the HTML report` : caption),
      ],
    };
  }
}
