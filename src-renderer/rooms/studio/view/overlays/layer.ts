import { readInk } from '../ink.ts';
import type { Drawing, Layer, OpenSound, Painter } from '../layers.ts';
import { frequencyToY } from '../viewport.ts';
import { axisY } from './axis-y.ts';
import { drawAxis, drawCurve } from './draw-curves.ts';
import { framesInOrder } from './frames.ts';
import { OverlayControls } from './controls.tsx';
import { joinTiles, leaveTiles, type OverlayTiles } from './overlay-tiles.ts';
import { shownOverlays, useShown } from './settings.ts';

/** Pitch and formants over the spectrogram, energy and zero crossings over the waveform. */
export const overlayLayer: Layer = {
  id: 'overlays',
  lanes: ['waveform', 'spectrogram'],
  paint(sound, redraw) {
    const tiles = joinTiles(sound, redraw);
    const stop = useShown.subscribe(redraw);
    return {
      draw: (drawing) => draw(drawing, tiles, sound),
      dispose() {
        stop();
        leaveTiles(tiles);
      },
    } satisfies Painter;
  },
  controls: OverlayControls,
};

const ON_PICTURE = 'rgb(0 0 0 / 65%)';

function draw({ ctx, viewport, lane, channel }: Drawing, tiles: OverlayTiles, sound: OpenSound): void {
  for (const overlay of shownOverlays()) {
    if (overlay.lane !== lane) continue;
    const frames = framesInOrder(tiles.want(overlay.kind, channel, viewport));
    const { frequencies, height } = viewport;
    if (overlay.lane === 'spectrogram') {
      if (!frequencies) continue;
      const ink = { colour: overlay.colour, halo: ON_PICTURE };
      const yOf = (hz: number) => frequencyToY(hz, frequencies, height);
      overlay.curves.forEach((curve, value) => drawCurve(ctx, viewport, frames, value, curve, yOf, ink));
    } else {
      const { dark, well, font } = readInk();
      const ink = { colour: overlay.colour[dark ? 'dark' : 'light'], halo: well };
      const range = overlay.range(sound.sampleRate);
      const yOf = (value: number) => axisY(value, range, height);
      overlay.curves.forEach((curve, value) => drawCurve(ctx, viewport, frames, value, curve, yOf, ink));
      drawAxis(ctx, viewport, range, overlay.unit, overlay.side, ink, font);
    }
  }
}
