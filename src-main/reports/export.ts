import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import type { ReportFile, ReportFormat } from '#shared/contract/reports.ts';
import { buildReport, type BuildOptions } from './build.ts';
import { renderCsv } from './csv.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import type { ReportModel } from './model.ts';
import { renderPdf } from './pdf.ts';
import type { ReportSource } from './source.ts';

export interface ExportOptions {
  signal?: AbortSignal;
  /** Steps done of all (sounds read, formats written). */
  onProgress?: (done: number, total: number) => void;
  /** ISO 8601; now, unless given. */
  now?: string;
  budget?: BuildOptions['budget'];
}

/** A file to be written, in pieces. */
interface Output {
  file: string;
  pieces: Iterable<string | Uint8Array>;
}

/** What a format comes to: its main file first, then what lies beside it. */
const formats: Record<
  ReportFormat,
  (model: () => Promise<ReportModel>, source: ReportSource, stem: string) => Promise<Output[]>
> = {
  html: async (model, _source, stem) => [{ file: `${stem}.html`, pieces: [renderHtml(await model())] }],
  pdf: async (model, _source, stem) => [{ file: `${stem}.pdf`, pieces: [await renderPdf(await model())] }],
  md: async (model, _source, stem) => {
    const folder = `${stem}-figures`;
    const { text, pictures } = renderMarkdown(await model(), folder);
    return [
      { file: `${stem}.md`, pieces: [text] },
      ...pictures.map(({ file, svg }) => ({ file: path.join(folder, file), pieces: [svg] })),
    ];
  },
  csv: (_model, source, stem) =>
    Promise.resolve([
      { file: `${stem}.csv`, pieces: renderCsv(source.comparison.classes, source.predictionsCsvRows()) },
    ]),
};

/**
 * Writes a comparison's report into `folder` (made where there is none), each file whole or not at all. What is there
 * already is left alone: the new files then bear a number, "name-2.html".
 * @returns one entry a format, in the order asked for
 * @throws HarkError `cancelled`, or `bad-input` when the folder cannot be written
 */
export async function exportReport(
  source: ReportSource,
  asked: readonly ReportFormat[],
  folder: string,
  options: ExportOptions = {},
): Promise<ReportFile[]> {
  const { signal, onProgress } = options;
  const createdAt = options.now ?? new Date().toISOString();
  const wanted = [...new Set(asked)];
  let done = 0;
  let sounds = 0;
  const step = () => onProgress?.(++done, wanted.length + sounds);
  // Built once, and only when a format other than the table of predictions is asked for.
  let built: Promise<ReportModel> | undefined;
  const model = () =>
    (built ??= buildReport(source, {
      now: createdAt,
      signal,
      budget: options.budget,
      onProgress: (_, total) => {
        sounds = total;
        step();
      },
    }));
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new HarkError('bad-input', 'The folder for the report cannot be written.', {
      where: folder,
      remedy: 'Choose another folder, or give yourself the right to write there.',
      cause,
    });
  }
  const stem = await freeStem(folder, slug(source.comparison.name), wanted);
  const files: ReportFile[] = [];
  for (const format of wanted) {
    throwIfCancelled(signal);
    const outputs = await formats[format](model, source, stem);
    // The main file last, so that it never stands without what it shows.
    for (const output of outputs.toReversed()) await writeWhole(path.join(folder, output.file), output.pieces, signal);
    const { file } = outputs[0];
    const target = path.join(folder, file);
    files.push({
      comparison: source.comparison.id,
      format,
      path: target,
      name: file,
      bytes: (await stat(target)).size,
      createdAt,
    });
    step();
  }
  return files;
}

/** A comparison's name as a file name that every system takes: "RNN vs LSTM (März)" -> "rnn-vs-lstm-marz". */
export function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const short = [...words].slice(0, 60).join('').replace(/-+$/, '');
  // Names Windows keeps for devices.
  return short === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/.test(short) ? `report${short && `-${short}`}` : short;
}

/** The first of "name", "name-2", ... of which none of the files to be written exists. */
async function freeStem(folder: string, base: string, wanted: readonly ReportFormat[]): Promise<string> {
  const taken = async (stem: string) => {
    const names = wanted.flatMap((format) =>
      format === 'md' ? [`${stem}.md`, `${stem}-figures`] : [`${stem}.${format}`],
    );
    const found = await Promise.all(names.map((file) => stat(path.join(folder, file)).then(() => true, () => false))); // prettier-ignore
    return found.includes(true);
  };
  for (let number = 1; ; number++) {
    const stem = number === 1 ? base : `${base}-${number}`;
    if (!(await taken(stem))) return stem;
  }
}

/** Writes beside the target and renames, so that what stands there is whole. */
async function writeWhole(
  target: string,
  pieces: Iterable<string | Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const temporary = `${target}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const piece of pieces) {
        throwIfCancelled(signal);
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
