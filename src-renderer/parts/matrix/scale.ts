/**
 * Colours of a confusion matrix: one hue (rose, far from the cells' own colours), even in perceived lightness (OKLCH).
 * What is right is drawn in gray and what is wrong in the hue, so that a few mistakes beside a full diagonal are seen.
 */
export type Shade = { fill: string; text: string };
export type Scheme = 'dark' | 'light';

interface Ramp {
  lightness: readonly [number, number];
  chroma: readonly [number, number];
  hue: number;
}

const HUE = 350;
const RAMPS: Record<Scheme, { wrong: Ramp; right: Ramp }> = {
  dark: {
    wrong: { lightness: [0.3, 0.86], chroma: [0.06, 0.15], hue: HUE },
    right: { lightness: [0.27, 0.6], chroma: [0.008, 0.008], hue: 260 },
  },
  light: {
    wrong: { lightness: [0.94, 0.42], chroma: [0.04, 0.2], hue: HUE },
    right: { lightness: [0.96, 0.66], chroma: [0.006, 0.006], hue: 260 },
  },
};

/** OKLCH to linear sRGB, 0 to 1 (Ottosson 2020, https://bottosson.github.io/posts/oklab/); out of gamut is clipped. */
function linearRgb(lightness: number, chroma: number, hue: number): [number, number, number] {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const gamma = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);

/** Luminance from which black is read better than white on it (contrast is then at least 4.5 with either). */
const BLACK_TEXT_FROM = 0.179;

/**
 * @param share 0 to 1 of the largest value; drawn on a square-root scale so that small values can be told from none
 * @param right whether the value is on the diagonal
 */
export function shade(share: number, right: boolean, scheme: Scheme): Shade {
  const ramp = RAMPS[scheme][right ? 'right' : 'wrong'];
  const at = Math.sqrt(Math.min(1, Math.max(0, share)));
  const mix = ([from, to]: readonly [number, number]) => from + (to - from) * at;
  const [r, g, b] = linearRgb(mix(ramp.lightness), mix(ramp.chroma), ramp.hue);
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const channels = [r, g, b].map((value) => Math.round(gamma(value) * 255));
  return { fill: `rgb(${channels.join(' ')})`, text: luminance > BLACK_TEXT_FROM ? '#000' : '#fff' };
}

/** Largest value on and off the diagonal over all matrices, so that matrices side by side share one scale. */
export function scaleLimits(matrices: readonly (readonly (readonly number[])[])[]): { right: number; wrong: number } {
  let [right, wrong] = [0, 0];
  for (const matrix of matrices)
    matrix.forEach((row, i) =>
      row.forEach((value, j) => {
        if (i === j) right = Math.max(right, value);
        else wrong = Math.max(wrong, value);
      }),
    );
  return { right, wrong };
}
