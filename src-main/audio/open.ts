import type { HarkError } from '#shared/domain/errors.ts';
import { checkFile, withFile } from './formats/byte-source.ts';
import { located, openSound } from './decode.ts';
import { unreadable, type OpenedSound } from './formats/format.ts';
import { hashFile } from './hash.ts';
import { PCM } from './formats/pcm.ts';
import { type Signal, signalFrom } from './signal/signal.ts';
import type { MakeSink } from './signal/sink.ts';
import type { Source } from './signal/source.ts';

/** Which state of a file was looked at. */
export interface FileStamp {
  size: number;
  mtimeMs: number;
}

/**
 * The sound of a file without having it in memory: samples that are not compressed stay where they are, others are decoded once.
 * @param sink where decoded samples go
 * @throws HarkError not-found, unreadable-file, `where` the path
 */
export async function openSignal(path: string, sink: MakeSink): Promise<Signal> {
  return located(path, () =>
    withFile(path, async (file) => {
      const sound = await openSound(file, path);
      if (sound.pcm) return pcmSignal(path, sound);
      const target = sink(sound.info.channels);
      await sound.decode((part) => target.write(part));
      const { sources, frames } = target.end();
      return signalFrom(sources, frames, sound.info.sampleRate);
    }),
  );
}

/** A file whose samples are not compressed, as a signal. */
export function pcmSignal(path: string, { info, pcm }: OpenedSound): Signal {
  const { encoding, offset, stride } = pcm!;
  const source = (_: unknown, channel: number): Source => ({
    ...{ kind: 'file', path, encoding, stride },
    offset: offset + channel * PCM[encoding].bytes,
  });
  return signalFrom(Array.from({ length: info.channels }, source), info.frames, info.sampleRate);
}

/** What a file is like now, without reading it. @throws HarkError not-found, unreadable-file, `where` the path */
export const stampOf = (path: string): Promise<FileStamp> => located(path, async () => checkFile(path));

export const changedFile = (): HarkError =>
  unreadable('The file has changed since it was brought into the lab.', 'Import its folder again.');

/** Sound of other content must never be taken for a clip's. @throws HarkError unreadable-file, not-found */
export async function ensureUnchanged(path: string, contentHash: string): Promise<void> {
  await located(path, async () => {
    if ((await hashFile(path)) !== contentHash) throw changedFile();
  });
}
