/** Samples of a channel read or made at a time. Results do not depend on it. */
export const BLOCK = 65_536;
