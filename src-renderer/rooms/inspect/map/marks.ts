/** How a group of points looks: colour and marker say the same, so that none is needed alone. */
export interface Mark {
  colour: string;
  /** SVG path around the origin, about 1 to each side. */
  path: string;
}

type Scheme = 'dark' | 'light';

/** Okabe and Ito's colours and two more, lightened or darkened until they stand out from the ground (3:1). */
const COLOURS: Record<Scheme, readonly string[]> = {
  dark: ['#56b4e9', '#e69f00', '#00c892', '#f0e442', '#cc79a7', '#ff8a5c', '#a99bff', '#c3c9d6'],
  light: ['#0072b2', '#b87a00', '#007f5f', '#857600', '#a6477c', '#c8501e', '#5b46c9', '#59606e'],
};

/** Outlines of like area. */
const PATHS = [
  'M-1,0a1,1 0 1,0 2,0a1,1 0 1,0 -2,0Z',
  'M-0.89,-0.89H0.89V0.89H-0.89Z',
  'M0,-1.2L1.15,0.8H-1.15Z',
  'M0,-1.3L1.1,0L0,1.3L-1.1,0Z',
  'M-0.4,-1.25H0.4V-0.4H1.25V0.4H0.4V1.25H-0.4V0.4H-1.25V-0.4H-0.4Z',
  'M0,1.2L1.15,-0.8H-1.15Z',
  'M-0.95,-1.3L0,-0.45L0.95,-1.3L1.3,-0.95L0.45,0L1.3,0.95L0.95,1.3L0,0.45L-0.95,1.3L-1.3,0.95L-0.45,0L-1.3,-0.95Z',
] as const;
export const [CIRCLE, , , , , , CROSS] = PATHS;

/** Groups that can be told from each other: colours and markers run through at different lengths (8 and 7). */
export const MOST_MARKS = COLOURS.dark.length * PATHS.length;

/** @param index of the group, below `MOST_MARKS` */
export const markAt = (index: number, scheme: Scheme): Mark => ({
  colour: COLOURS[scheme][index % COLOURS[scheme].length],
  path: PATHS[index % PATHS.length],
});

/** Of all that is left over. */
export const restMark = (scheme: Scheme): Mark => ({ colour: scheme === 'dark' ? '#757c8d' : '#8a91a3', path: CIRCLE });

/** Right and wrong keep their colours (app/theme.css). */
export const outcomeMark = (right: boolean, scheme: Scheme): Mark => ({
  colour: { dark: { right: '#4cc38a', wrong: '#ff8a5c' }, light: { right: '#177a4c', wrong: '#c23c07' } }[scheme][
    right ? 'right' : 'wrong'
  ],
  path: right ? CIRCLE : CROSS,
});
