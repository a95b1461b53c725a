/** Sequences in a batch of prefixes, and frames in all of them with padding, at most: memory, and how long a part takes, grow with them. */
const [ENDS_AT_ONCE, FRAMES_AT_ONCE] = [32, 8192];

/** Ends of one sequence, a batch of prefixes at a time, in their order. @param ends numbers of frames, from few to many */
export function* prefixParts(ends: Int32Array): Generator<Int32Array> {
  for (let from = 0; from < ends.length;) {
    let to = from + 1;
    // The last one is the longest: all are padded to it.
    while (to < ends.length && to - from < ENDS_AT_ONCE && (to + 1 - from) * ends[to] <= FRAMES_AT_ONCE) to++;
    yield ends.slice(from, to);
    from = to;
  }
}
