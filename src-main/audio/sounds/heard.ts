import type { Edit } from '#shared/domain/edit.ts';
import { applyEdits } from '../edits/index.ts';
import { joined, shapeOf, signalFrom, silentSignal, sliced, type Signal } from '../signal/signal.ts';
import { memorySink } from '../signal/sink.ts';
import { wavFrames, wavPart } from '../encode/wav-part.ts';

/** Hz; null: no edge. */
export interface Band {
  min: number | null;
  max: number | null;
}

/** Bytes [first, last] of a clip's WAV file wanted of a thread. */
export interface WavPart {
  signal: Signal;
  band: Band | null;
  first: number;
  last: number;
}

/** Steep enough that only the band is heard. */
const ORDER = 8;
/** A filter is 100 dB below its beginning after about this many periods of its edge, and no more than these seconds are waited. */
const SETTLING_PERIODS = 10;
const MOST_SETTLING = 1;

/** 16-bit PCM. A band is filtered out of the part that is asked for and as much before and behind as the filters need to settle. */
export function heardPart({ signal, band, first, last }: WavPart): Uint8Array<ArrayBuffer> {
  return wavPart(band ? bandOf(signal, band, first, last) : signal, 'pcm16', first, last);
}

/** The sound with the band alone where bytes [first, last] need it, silence elsewhere. */
function bandOf(signal: Signal, { min, max }: Band, first: number, last: number): Signal {
  const { sampleRate, frames } = signal;
  const filters: Edit[] = [];
  const filter = { op: 'filter', start: null, end: null, width: null, order: ORDER } as const;
  if (min !== null && min > 0) filters.push({ ...filter, filter: 'highPass', frequency: min });
  if (max !== null && max < sampleRate / 2) filters.push({ ...filter, filter: 'lowPass', frequency: max });
  if (filters.length === 0) return signal;
  const settling = Math.ceil(sampleRate * Math.min(MOST_SETTLING, SETTLING_PERIODS / (min || max || 1)));
  const asked = wavFrames(shapeOf(signal), 'pcm16', first, last);
  const from = Math.max(0, asked.from - settling);
  const end = Math.min(frames, asked.end + settling);
  if (end <= from) return signal;
  const kept = () => signalFrom([], 0, sampleRate);
  const part = applyEdits(sliced(signal, from, end), filters, { sink: memorySink, kept });
  const silence = (count: number) => silentSignal({ ...shapeOf(signal), frames: count });
  return joined(silence(from), part, silence(frames - end));
}
