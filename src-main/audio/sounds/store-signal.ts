import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Scratch } from '../storage/scratch.ts';
import type { Signal } from '../signal/signal.ts';
import type { Source } from '../signal/source.ts';

const NAME = 'sound.json';

/** Keys of what a signal reads in the scratch folder. */
export function scratchKeys(signal: Signal, scratch: string): Set<string> {
  const keys = new Set<string>();
  for (const { source } of signal.channels.flat())
    if (source.kind === 'file' && path.dirname(source.path) === scratch)
      keys.add(path.basename(source.path).split('.', 1)[0]);
  return keys;
}

/** Notes what a sound is made of, so that it need not be made again after a restart; what lies in memory cannot be. */
export function storeSignal(scratch: Scratch, key: string, signal: Signal): void {
  const sources = signal.channels.flat().map(({ source }) => source);
  const kept = scratchKeys(signal, scratch.folder).size > 0 && sources.every(({ kind }) => kind !== 'memory');
  if (kept) scratch.write(key, NAME, JSON.stringify(mapped(signal, (file) => relative(scratch, file))));
}

/** A sound as it was stored; null if it was not, or something of it is gone. */
export function storedSignal(scratch: Scratch, key: string): Signal | null {
  const text = scratch.read(key, NAME);
  if (!text) return null;
  const signal = mapped(JSON.parse(text.toString()) as Signal, (file) => path.resolve(scratch.folder, file));
  const keys = scratchKeys(signal, scratch.folder);
  for (const { source } of signal.channels.flat()) if (source.kind === 'file' && !existsSync(source.path)) return null;
  for (const each of keys.add(key)) scratch.touch(each);
  return signal;
}

/** Files of the scratch by their names: a lab may be moved. */
const relative = (scratch: Scratch, file: string): string =>
  path.dirname(file) === scratch.folder ? path.basename(file) : file;

function mapped(signal: Signal, place: (file: string) => string): Signal {
  const at = (source: Source): Source => (source.kind === 'file' ? { ...source, path: place(source.path) } : source);
  return {
    ...signal,
    channels: signal.channels.map((pieces) => pieces.map((piece) => ({ ...piece, source: at(piece.source) }))),
  };
}
