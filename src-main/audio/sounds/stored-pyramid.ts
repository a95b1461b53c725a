import type { Scratch } from '../storage/scratch.ts';
import { sharedFloats } from '../signal/sink.ts';
import { buildPyramid, pyramidSize, type Lane, type Pyramid } from '../signal/pyramid.ts';
import { report, type Ticket } from './ticket.ts';

/** A pyramid wanted of a thread: of samples [first, end) of a lane at least. */
export interface PyramidWanted {
  key: string;
  lane: Lane;
  first: number;
  end: number;
  scratch: string;
  ticket: Ticket;
}

const NAME = 'peaks';
/** Two doubles: first, end. */
const HEADER_BYTES = 16;

/** The pyramid that an earlier session has left, or a new one, which is left for the next. */
export function pyramidFor(
  scratch: Scratch,
  { key, lane, first, end, ticket }: Omit<PyramidWanted, 'scratch'>,
): Pyramid {
  const stored = read(scratch, key);
  if (stored && stored.first <= first && end <= stored.end) {
    scratch.touch(key);
    return stored;
  }
  const pyramid = buildPyramid(lane, first, end, (share) => report(ticket, share));
  const bytes = new Uint8Array(HEADER_BYTES + pyramid.pairs.byteLength);
  new Float64Array(bytes.buffer, 0, 2).set([first, end]);
  new Float32Array(bytes.buffer, HEADER_BYTES).set(pyramid.pairs);
  scratch.write(key, NAME, bytes);
  return pyramid;
}

function read(scratch: Scratch, key: string): Pyramid | null {
  const content = scratch.read(key, NAME);
  if (!content || content.length < HEADER_BYTES) return null;
  const bytes = new Uint8Array(content);
  const [first, end] = new Float64Array(bytes.buffer, 0, 2);
  const size = pyramidSize({ first, end });
  if (bytes.length !== HEADER_BYTES + 4 * size) return null;
  const pairs = sharedFloats(size);
  pairs.set(new Float32Array(bytes.buffer, HEADER_BYTES));
  return { first, end, pairs };
}
