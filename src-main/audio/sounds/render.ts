import type { Edit } from '#shared/domain/edit.ts';
import { cut } from '../cut.ts';
import { applyEdit } from '../edits/index.ts';
import { keptSound } from '../storage/kept.ts';
import { ensureUnchanged, openSignal } from '../open.ts';
import { Scratch } from '../storage/scratch.ts';
import type { Signal } from '../signal/signal.ts';
import { type MakeSink, spillingSink } from '../signal/sink.ts';
import { soundKeys } from './keys.ts';
import { storedSignal, storeSignal } from './store-signal.ts';
import { report, throwIfStopped, type Ticket } from './ticket.ts';
import type { ClipOfFile } from './types.ts';

/** Folders of the lab. */
export interface SoundPlaces {
  /** What was decoded or rendered. */
  scratch: string;
  /** Sound kept for edits. */
  kept: string;
}

/** A sound wanted of a thread. */
export interface Rendering extends Pick<ClipOfFile, 'path' | 'contentHash' | 'start' | 'end'> {
  edits: readonly Edit[];
  places: SoundPlaces;
  /** Whether the file has been seen to be what it was. */
  verified: boolean;
  /** What is there already: the sound of the file, and the clip's after its first so many edits. */
  file: Signal | null;
  base: { edits: number; signal: Signal } | null;
  ticket: Ticket;
}

/** The sound of the file, and the clip's after each of the edits that was made; what was there already is left out. */
export interface Rendered {
  signal: Signal;
  file: Signal | null;
  steps: { key: string; signal: Signal }[];
}

/** Samples of all channels that stay in memory; longer sound goes into files. */
const MOST_IN_MEMORY = 4 * 2 ** 20;

/**
 * Makes a clip's sound, each state of its list on top of the one before.
 * @throws HarkError not-found, unreadable-file, bad-input, cancelled
 */
export async function renderSound({ edits, places, base, ticket, ...clip }: Rendering): Promise<Rendered> {
  if (!clip.verified) await ensureUnchanged(clip.path, clip.contentHash);
  const scratch = new Scratch(places.scratch);
  const keys = soundKeys(clip, edits);
  const steps: Rendered['steps'] = [];
  let file: Signal | null = null;
  let done = base ?? stored(scratch, keys.steps);
  if (!done) {
    file = clip.file ?? storedSignal(scratch, keys.file);
    file ??= await guarded(scratch, keys.file, ticket, (sink) => openSignal(clip.path, sink));
    done = { edits: 0, signal: cut(file, clip) };
    steps.push({ key: keys.steps[0], signal: done.signal });
  } else if (!base) steps.push({ key: keys.steps[done.edits], signal: done.signal });
  const todo = edits.slice(done.edits);
  let { signal } = done;
  for (const [index, edit] of todo.entries()) {
    const key = keys.steps[done.edits + index + 1];
    const before = signal;
    signal = await guarded(scratch, key, ticket, (sink) =>
      applyEdit(before, edit, {
        sink,
        kept: (hash) => keptSound(places.kept, hash),
        progress: (share) => report(ticket, (index + share) / todo.length),
      }),
    );
    steps.push({ key, signal });
  }
  return { signal, file, steps };
}

/** The longest beginning of the list that an earlier session has left. */
function stored(scratch: Scratch, keys: readonly string[]): Rendering['base'] {
  for (let edits = keys.length - 1; edits > 0; edits--) {
    const signal = storedSignal(scratch, keys[edits]);
    if (signal) return { edits, signal };
  }
  return null;
}

/** Makes a sound under a key; what was begun and cannot be ended leaves nothing behind. */
async function guarded(
  scratch: Scratch,
  key: string,
  ticket: Ticket,
  make: (sink: MakeSink) => Signal | Promise<Signal>,
): Promise<Signal> {
  throwIfStopped(ticket);
  try {
    const signal = await make(spillingSink(MOST_IN_MEMORY, stoppable(scratch.sink(key), ticket)));
    storeSignal(scratch, key, signal);
    return signal;
  } catch (thrown) {
    scratch.discard();
    throw thrown;
  }
}

/** An operation that tells of no progress can be stopped all the same. */
const stoppable =
  (make: MakeSink, ticket: Ticket): MakeSink =>
  (channels) => {
    const sink = make(channels);
    return {
      write(block) {
        throwIfStopped(ticket);
        sink.write(block);
      },
      end: () => sink.end(),
    };
  };
