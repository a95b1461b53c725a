export const COLOUR_MAPS = ['magma', 'viridis', 'cividis', 'gray'] as const;
export type ColourMap = (typeof COLOUR_MAPS)[number];
/** For values on both sides of 0: blue below, orange above, and a middle that is dark or light as the window is. */
export const DIVERGING_MAPS = ['nightfall', 'daylight'] as const;
export type DivergingMap = (typeof DIVERGING_MAPS)[number];

/**
 * Colours at even steps from low to high, as published: magma and viridis (Smith and van der Walt 2015, matplotlib),
 * cividis (Nuñez, Anderton and Renslow 2018; made to look the same to colour-blind eyes). Their lightness rises evenly.
 */
const POINTS: Record<ColourMap | DivergingMap, string[]> = {
  magma: ['000004', '140e36', '3b0f70', '641a80', '8c2981', 'b73779', 'de4968', 'f7705c', 'fe9f6d', 'fecf92', 'fcfdbf'],
  viridis: [
    '440154',
    '482475',
    '414487',
    '355f8d',
    '2a788e',
    '21908d',
    '22a884',
    '42be71',
    '7ad151',
    'bddf26',
    'fde725',
  ],
  cividis: ['00204d', '00336f', '39486b', '575c6d', '707173', '8a8779', 'a69d75', 'c4b56c', 'e4cf5b', 'ffea46'],
  gray: ['000000', 'ffffff'],
  // Hark's own; hues of Okabe and Ito, with one course of lightness on either side.
  nightfall: ['bfe6ff', '56b4e9', '1f7fb8', '134a6e', '14161d', '6a4300', 'b67a00', 'e69f00', 'ffe3a3'],
  daylight: ['06304f', '0072b2', '4fa3d6', 'b4d9ef', 'f4f5f8', 'f3d9a4', 'd59a26', 'a06a00', '4a2f00'],
};

/**
 * A colour map as a table: entry v (0 ... 255, low to high) is red, green, blue at 3v. Between the published points the
 * colours follow a Catmull-Rom spline.
 * @returns [256 * 3], 0 ... 255
 */
export function colourMap(name: ColourMap | DivergingMap): Uint8Array {
  const points = POINTS[name].map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  const last = points.length - 1;
  const table = new Uint8Array(256 * 3);
  for (let value = 0; value < 256; value++) {
    const position = (value / 255) * last;
    const from = Math.min(last - 1, Math.floor(position));
    const t = position - from;
    // Beyond the ends the line goes on straight.
    const at = (index: number, channel: number): number =>
      index < 0
        ? 2 * points[0][channel] - points[1][channel]
        : index > last
          ? 2 * points[last][channel] - points[last - 1][channel]
          : points[index][channel];
    for (let channel = 0; channel < 3; channel++) {
      const [a, b, c, d] = [-1, 0, 1, 2].map((step) => at(from + step, channel));
      const spline = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
      table[3 * value + channel] = Math.max(0, Math.min(255, Math.round(spline)));
    }
  }
  return table;
}
