import type { StudioClip } from '#shared/contract/studio.ts';
import type { Region, Tier } from '#shared/domain/region.ts';
import { api, queries } from '../../../client/client.ts';
import { useStudio } from '../state.ts';
import type { Ink } from '../view/ink.ts';
import { frequencyToY, secondsToX, type Viewport } from '../view/viewport.ts';
import { useDragged } from './change.ts';
import { applied, type RegionChange } from './model.ts';

/** A colour to each tier, by its place from the top (Okabe-Ito, without the cells' own orange and the playhead's). */
const COLOURS = {
  dark: ['#b4a8ff', '#4fd1b5', '#f0e442', '#e08cc0', '#7cc4f2'],
  light: ['#5848b8', '#00735a', '#766800', '#a6477c', '#0072b2'],
};
export const tierColour = (position: number, { dark }: Pick<Ink, 'dark'>): string => {
  const colours = COLOURS[dark ? 'dark' : 'light'];
  return colours[position % colours.length];
};

/** Regions and tiers of a clip as they are drawn: with what is being dragged in its new place. */
export function drawnRegions(clip: number): { tiers: Tier[]; regions: Region[] } {
  const open = queries.getQueryData<StudioClip>(api.studio.open.queryKey({ input: { clip } }));
  if (!open) return { tiers: [], regions: [] };
  const { change } = useDragged.getState();
  if (!change) return open;
  if (drawn?.change !== change || drawn.before !== open.regions)
    drawn = { change, before: open.regions, regions: applied(open.regions, change, clip) };
  return { tiers: open.tiers, regions: drawn.regions };
}
/** Made once for all lanes of a frame. */
let drawn: { change: RegionChange; before: readonly Region[]; regions: Region[] } | null = null;

const visible = ({ start, end }: Region, view: { start: number; end: number }) =>
  start <= view.end && end >= view.start;

/** The borders of the tier at hand, drawn through a lane as fine lines. */
export function drawBorders(ctx: CanvasRenderingContext2D, viewport: Viewport, clip: number, ink: Ink): void {
  const { tiers, regions } = drawnRegions(clip);
  const tier = tiers.find(({ id }) => id === useStudio.getState().tier);
  if (!tier || tier.kind === 'regions') return;
  ctx.fillStyle = tierColour(tiers.indexOf(tier), ink);
  ctx.globalAlpha = 0.55;
  let last = -2;
  for (const region of regions) {
    if (region.tier !== tier.id || !visible(region, viewport)) continue;
    for (const seconds of [region.start, region.end]) {
      const x = Math.round(secondsToX(seconds, viewport));
      if (x === last || x <= 0) continue;
      ctx.fillRect(x, 0, 1, viewport.height);
      last = x;
    }
  }
  ctx.globalAlpha = 1;
}

/** Boxes in time x frequency on a spectrogram, named where there is room; free spans as a bracket at the lower edge. */
export function drawBoxes(ctx: CanvasRenderingContext2D, viewport: Viewport, clip: number, ink: Ink): void {
  const { frequencies, height } = viewport;
  if (!frequencies) return;
  const { tiers, regions } = drawnRegions(clip);
  const chosen = useStudio.getState().region;
  ctx.font = ink.font;
  ctx.textBaseline = 'top';
  for (const region of regions) {
    if (region.fMin === null || region.fMax === null || !visible(region, viewport)) continue;
    // On the picture, which is dark under either scheme.
    const colour = tierColour(
      tiers.findIndex(({ id }) => id === region.tier),
      { dark: true },
    );
    const left = secondsToX(region.start, viewport);
    const right = secondsToX(region.end, viewport);
    const top = frequencyToY(region.fMax, frequencies, height);
    const bottom = frequencyToY(region.fMin, frequencies, height);
    ctx.strokeStyle = colour;
    ctx.lineWidth = region.id === chosen ? 2 : 1;
    ctx.strokeRect(left, top, right - left, bottom - top);
    if (!region.label || right - left < 18) continue;
    const room = right - left - 8;
    const words = fitted(ctx, region.label, room);
    ctx.fillStyle = 'rgb(0 0 0 / 60%)';
    ctx.fillRect(left, top, ctx.measureText(words).width + 8, 15);
    ctx.fillStyle = colour;
    ctx.fillText(words, left + 4, top + 2);
  }
}

/** As much of a text as fits, with an ellipsis where that is not all. */
export function fitted(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  let length = Math.max(0, Math.floor((text.length * room) / Math.max(1, ctx.measureText(text).width)) - 1);
  while (length > 0 && ctx.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return length > 0 ? `${text.slice(0, length)}…` : '';
}

/** The regions of one tier: intervals between borders drawn through, points as stems, free regions as bars. */
export function drawTier(
  ctx: CanvasRenderingContext2D,
  view: Omit<Viewport, 'frequencies'>,
  tier: Tier,
  position: number,
  regions: readonly Region[],
  ink: Ink,
): void {
  const { region: chosen, naming } = useStudio.getState();
  const colour = tierColour(position, ink);
  const { height } = view;
  ctx.font = ink.font;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  const shown = regions.filter((region) => region.tier === tier.id && visible(region, view));
  for (const [index, region] of shown.entries()) {
    const left = secondsToX(region.start, view);
    // A name ends where the next begins.
    const next = index + 1 < shown.length ? secondsToX(shown[index + 1].start, view) : Infinity;
    const right = secondsToX(region.end, view);
    const isChosen = region.id === chosen;
    if (tier.kind === 'points') {
      ctx.fillStyle = colour;
      ctx.fillRect(Math.round(left) - (isChosen ? 1 : 0), 0, isChosen ? 3 : 1, height);
      ctx.fillStyle = ink.text;
      ctx.textAlign = 'left';
      if (region.id !== naming)
        ctx.fillText(fitted(ctx, region.label, Math.min(120, next - left - 8)), left + 5, height / 2);
      continue;
    }
    const free = tier.kind === 'regions';
    ctx.fillStyle = colour;
    ctx.globalAlpha = isChosen ? 0.42 : free ? 0.2 : 0.08;
    ctx.fillRect(left, free ? 3 : 0, Math.max(1, right - left), free ? height - 6 : height);
    ctx.globalAlpha = isChosen || !free ? 1 : 0.8;
    ctx.fillRect(Math.round(left), free ? 3 : 0, 1, free ? height - 6 : height);
    ctx.fillRect(Math.round(right) - 1, free ? 3 : 0, 1, free ? height - 6 : height);
    ctx.globalAlpha = 1;
    // The name stays in sight as long as its region does.
    const [from, to] = [Math.max(0, left), Math.min(view.width, right, next)];
    if (to - from < 10 || !region.label || region.id === naming) continue;
    ctx.fillStyle = ink.text;
    ctx.fillText(fitted(ctx, region.label, to - from - 6), (from + to) / 2, height / 2);
  }
  ctx.textAlign = 'left';
}
