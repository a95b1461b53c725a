/** Perceptually even colour maps for pictures of sound, dark for quiet. Anchors are matplotlib's, evenly spaced. */
export const COLOUR_MAPS = ['magma', 'viridis', 'cividis', 'gray'] as const;
export type ColourMapName = (typeof COLOUR_MAPS)[number];

const ANCHORS: Record<ColourMapName, string> = {
  magma: '000004 1c1044 4f127b 812581 b5367a e55064 fb8761 fec287 fcfdbf',
  viridis: '440154 472d7b 3b528b 2c728e 21918c 28ae80 5ec962 addc30 fde725',
  cividis: '00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 e1cc55 fee838',
  gray: '000000 ffffff',
};

/** 256 colours, one 32-bit RGBA word each, as ImageData keeps them on little-endian machines. */
export function colourTable(name: ColourMapName): Uint32Array {
  const anchors = ANCHORS[name]
    .split(' ')
    .map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const place = (i / 255) * (anchors.length - 1);
    const from = Math.min(Math.floor(place), anchors.length - 2);
    const [r, g, b] = anchors[from].map((low, c) => Math.round(low + (place - from) * (anchors[from + 1][c] - low)));
    return (0xff00_0000 | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/** The map as a CSS gradient, for legends. */
export const colourGradient = (name: ColourMapName): string =>
  `linear-gradient(to right, ${ANCHORS[name]
    .split(' ')
    .map((hex) => `#${hex}`)
    .join(', ')})`;
