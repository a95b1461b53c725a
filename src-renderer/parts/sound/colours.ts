import { colourMap, type ColourMap, type DivergingMap } from '#shared/math/colour-maps.ts';

/** 256 colours, one 32-bit RGBA word each, as ImageData keeps them on little-endian machines. */
export function colourWords(name: ColourMap | DivergingMap): Uint32Array {
  const table = colourMap(name);
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const [r, g, b] = table.subarray(3 * i, 3 * i + 3);
    return (0xff00_0000 | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/** The map as a CSS gradient, for legends. */
export function colourGradient(name: ColourMap | DivergingMap): string {
  const table = colourMap(name);
  const stops = Array.from({ length: 17 }, (_, i) => `rgb(${table.subarray(3 * i * 15, 3 * i * 15 + 3).join(' ')})`);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
