import type { StudioClip } from '#shared/contract/studio.ts';
import { tell, tellError } from '../../../app/tell.tsx';
import { fetchPeaks, fetchSpectrogram } from '../../../client/bulk.ts';
import { splitPath } from '../../../parts/format.ts';
import { colourWords } from '../../../parts/sound/colours.ts';
import { analysisFor, analysisWords, useSpectrogramSettings } from '../../../parts/sound/spectrogram-settings.ts';
import { useStudio } from '../state.ts';
import { channelsShown, spectrogramChannel } from './channels.ts';
import { figure, type FigureData } from './figure.ts';
import type { OpenSound } from './layers.ts';
import { shownRange } from './range.ts';
import { clockWords } from './time-ticks.ts';

/** Pixels of the spectrogram in a picture to take away. */
const PIXELS = { width: 2240, height: 680 };
const POINTS = 1120;
/** Device pixels a unit of the figure has in a PNG. */
const SHARPNESS = 2;

/** Saves what is in sight as a figure with axes, title and parameters. */
export async function savePicture(open: StudioClip, sound: OpenSound, format: 'png' | 'svg'): Promise<void> {
  try {
    const made = figure(await gather(open, sound));
    const svg = new Blob([made.svg], { type: 'image/svg+xml' });
    const blob = format === 'svg' ? svg : await rastered(made);
    const { name } = splitPath(open.clip.file);
    const file = `${name.replace(/\.[^.]*$/, '')}.${format}`;
    download(blob, file);
    tell('Picture saved', file);
  } catch (error) {
    tellError(error, 'The picture could not be made');
  }
}

async function gather(open: StudioClip, sound: OpenSound): Promise<FigureData> {
  const { view, channel } = useStudio.getState();
  const settings = useSpectrogramSettings.getState();
  const analysis = analysisFor(settings, sound.sampleRate);
  const range = shownRange(sound.sampleRate);
  const shown = channelsShown(sound, channel);
  const [picture, ...waves] = await Promise.all([
    fetchSpectrogram(sound.clip, {
      ...{ ...analysis, ...range, ...sound.query, ...view, ...PIXELS },
      channel: spectrogramChannel(channel) ?? undefined,
    }),
    ...shown.map((one) =>
      fetchPeaks(sound.clip, { ...sound.query, ...view, points: POINTS, channel: one ?? undefined }),
    ),
  ]);
  const table = colourWords(settings.colours);
  const image = new ImageData(picture.width, picture.height);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < words.length; i++) words[i] = table[picture.pixels[i]];
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  const span = `${clockWords(view.start, 1e-3)} to ${clockWords(view.end, 1e-3)}`;
  return {
    title: `${open.clip.label} · ${open.clip.file}`,
    parameters: `${span} · ${sound.sampleRate} Hz · ${analysisWords(analysis, range, picture.hopLength)} · ${settings.colours}`,
    view,
    waves: waves.map((peaks, index) => ({ ...peaks, name: nameOf(shown[index], sound) })),
    spectrogram: { image: canvas.toDataURL('image/png'), range },
    tiers: open.tiers,
    regions: open.regions,
  };
}

const nameOf = (channel: number | null, { channels }: OpenSound): string =>
  channel !== null ? `channel ${channel + 1}` : channels > 1 ? `mix of ${channels} channels` : '';

async function rastered({ svg, width, height }: ReturnType<typeof figure>): Promise<Blob> {
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

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
