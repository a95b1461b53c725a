import { colourMap, type ColourMap, type DivergingMap } from '#shared/math/colour-maps.ts';

type AnyMap = ColourMap | DivergingMap;

/** Worked out once a map: pictures ask for them each time they are drawn. */
function once<Made>(make: (table: Uint8Array) => Made): (name: AnyMap) => Made {
  const made = new Map<AnyMap, Made>();
  return (name) => {
    const known = made.get(name) ?? make(colourMap(name));
    made.set(name, known);
    return known;
  };
}

/** 256 colours, one 32-bit RGBA word each, as ImageData keeps them on little-endian machines. */
export const colourWords: (name: AnyMap) => Uint32Array = once((table) =>
  Uint32Array.from({ length: 256 }, (_, i) => {
    const [r, g, b] = table.subarray(3 * i, 3 * i + 3);
    return (0xff00_0000 | (b << 16) | (g << 8) | r) >>> 0;
  }),
);

/** The map as a CSS gradient, for legends. */
export const colourGradient: (name: AnyMap) => string = once((table) => {
  const stops = Array.from({ length: 17 }, (_, i) => `rgb(${table.subarray(3 * i * 15, 3 * i * 15 + 3).join(' ')})`);
  return `linear-gradient(to right, ${stops.join(', ')})`;
});
