import { tell, tellError } from '../../app/tell.tsx';
import type { Figure } from './svg.ts';

/** Device pixels a unit of the figure has in a PNG. */
const SHARPNESS = 2;

export type FigureFormat = 'png' | 'svg';

/** Makes a figure and keeps it as a file of the browser's. @param name without its ending */
export async function saveFigure(
  make: () => Figure | Promise<Figure>,
  format: FigureFormat,
  name: string,
): Promise<void> {
  try {
    const made = await make();
    const blob = format === 'svg' ? new Blob([made.svg], { type: 'image/svg+xml' }) : await rastered(made);
    download(blob, `${name}.${format}`);
    tell('Picture saved', `${name}.${format}`);
  } catch (error) {
    tellError(error, 'The picture could not be made');
  }
}

/** Keeps bytes as a file of the browser's. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Keeps CSV as a file of the browser's. @param name without its ending */
export const saveCsv = (csv: string, name: string): void =>
  download(new Blob([csv], { type: 'text/csv' }), `${name}.csv`);

/** Pixels as a PNG, as a data address. */
export function pngOf(image: ImageData): string {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return canvas.toDataURL('image/png');
}

async function rastered({ svg, width, height }: Figure): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))),
      'image/png',
    ),
  );
}
