import type { StudioClip } from '#shared/contract/studio.ts';
import { fetchPeaks, fetchSpectrogram } from '../../../client/bulk.ts';
import { pngOf, saveFigure, type FigureFormat } from '../../../parts/figure/save.ts';
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
/** Saves what is in sight as a figure with axes, title and parameters. */
export function savePicture(open: StudioClip, sound: OpenSound, format: FigureFormat): Promise<void> {
  const name = splitPath(open.clip.file).name.replace(/\.[^.]*$/, '');
  return saveFigure(async () => figure(await gather(open, sound)), format, name);
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
  const span = `${clockWords(view.start, 1e-3)} to ${clockWords(view.end, 1e-3)}`;
  return {
    title: `${open.clip.label} · ${open.clip.file}`,
    parameters: `${span} · ${sound.sampleRate} Hz · ${analysisWords(analysis, range, picture.hopLength)} · ${settings.colours}`,
    view,
    waves: waves.map((peaks, index) => ({ ...peaks, name: nameOf(shown[index], sound) })),
    spectrogram: { image: pngOf(image), range },
    tiers: open.tiers,
    regions: open.regions,
  };
}

const nameOf = (channel: number | null, { channels }: OpenSound): string =>
  channel !== null ? `channel ${channel + 1}` : channels > 1 ? `mix of ${channels} channels` : '';
