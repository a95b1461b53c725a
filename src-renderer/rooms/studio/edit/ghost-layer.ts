import { useStudio } from '../state.ts';
import type { Layer } from '../view/layers.ts';
import { secondsToX } from '../view/viewport.ts';

/** Spans that are proposed, as hatched bands with their number: where a clip would be split. */
export const ghostLayer: Layer = {
  id: 'ghosts',
  lanes: ['waveform', 'spectrogram'],
  paint(_sound, redraw) {
    const stop = useStudio.subscribe((now, before) => now.ghosts !== before.ghosts && redraw());
    return {
      draw({ ctx, viewport }) {
        const { ghosts } = useStudio.getState();
        if (ghosts.length === 0) return;
        ctx.save();
        const style = getComputedStyle(document.documentElement);
        const colour = style.getPropertyValue('--hark-truth');
        ctx.strokeStyle = colour;
        ctx.fillStyle = colour;
        ctx.font = '11px system-ui, sans-serif';
        ghosts.forEach(({ start, end, label }, index) => {
          if (end < viewport.start || start > viewport.end) return;
          const [left, right] = [secondsToX(start, viewport), secondsToX(end, viewport)];
          ctx.globalAlpha = 0.16;
          ctx.fillRect(left, 0, right - left, viewport.height);
          ctx.globalAlpha = 1;
          ctx.strokeRect(left + 0.5, 0.5, Math.max(1, right - left - 1), viewport.height - 1);
          if (right - left > 16) ctx.fillText(label ?? String(index + 1), left + 4, 12, right - left - 6);
        });
        ctx.restore();
      },
      dispose: stop,
    };
  },
};
