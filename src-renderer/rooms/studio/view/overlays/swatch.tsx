import { useComputedColorScheme } from '@mantine/core';
import type { Mark, Overlay } from './kinds.ts';
import classes from './overlays.module.css';

/** How a curve is drawn, small; a strip's is a stack of rows. */
export function Swatch({ overlay, curve = 0 }: { overlay: Overlay; curve?: number }) {
  const scheme = useComputedColorScheme('dark');
  if (overlay.lane === 'strip')
    return (
      <svg className={classes.swatch} viewBox="0 0 24 10" aria-hidden>
        {[0, 1, 2].map((row) => (
          <rect key={row} x={1} y={0.5 + 3.2 * row} width={22} height={2.4} opacity={0.35 + 0.3 * row} />
        ))}
      </svg>
    );
  const onPicture = overlay.lane === 'spectrogram';
  const colour = onPicture ? overlay.colour : overlay.colour[scheme];
  return (
    <svg className={classes.swatch} data-picture={onPicture || undefined} viewBox="0 0 24 10" aria-hidden>
      <g stroke={colour} fill={colour} strokeWidth={2}>
        {SAMPLES[overlay.curves[curve].mark]}
      </g>
    </svg>
  );
}

const SAMPLES: Record<Mark, React.ReactNode> = {
  line: <path d="M2 5h20" />,
  dashes: <path d="M2 5h20" strokeDasharray="5 3" />,
  circle: <circle cx={12} cy={5} r={2} />,
  square: <rect x={10} y={3} width={4} height={4} />,
  triangle: <path d="M12 2.5l3 5h-6z" strokeWidth={1} />,
  diamond: <path d="M12 1l3 4l-3 4l-3-4z" strokeWidth={1} />,
};
