import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** What concerns all rooms of src-native. */
export interface AddonCalls {
  /** Of the kernels, for the whole process; 1 at first. */
  setThreads(threads: number): void;
  instructionSet(): string;
  useInstructionSet(name: string): boolean;
  /**
   * Asks the system for large pages in memory that has not been written to yet; a hint, of no effect where there are none.
   * @returns at which byte the first of them begins
   */
  wantHugePages(memory: Uint8Array): number;
}

let loaded: AddonCalls | null = null;

/**
 * Loads the kernels: from HARK_NATIVE_ADDON, or build/native/hark.node above this file (in the sources as in a bundle), or the
 * resources of a packaged app. HARK_ISA (baseline, avx2, avx512, neon) forces an instruction set. Whoever uses them types the
 * calls of the rooms it knows.
 * @throws Error with the reason
 */
export function openAddon(): AddonCalls {
  if (loaded === null) {
    const file = candidates().find((candidate) => existsSync(candidate));
    if (file === undefined) throw new Error('the kernels are not built');
    loaded = createRequire(import.meta.url)(file) as AddonCalls;
  }
  const wanted = process.env['HARK_ISA'];
  if (wanted && !loaded.useInstructionSet(wanted)) throw new Error(`this processor or build has no ${wanted} kernels`);
  return loaded;
}

function candidates(): string[] {
  const given = process.env['HARK_NATIVE_ADDON'];
  if (given) return [path.resolve(given)];
  const places: string[] = [];
  const { resourcesPath } = process as { resourcesPath?: string };
  if (resourcesPath) places.push(path.join(resourcesPath, 'native', 'hark.node'));
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    // What is packed into an archive stands beside it unpacked.
    places.push(path.join(folder.replace(/\.asar(?=$|[\\/])/, '.asar.unpacked'), 'build', 'native', 'hark.node'));
    // A packaged app's resources again, for threads that are not told where those are.
    if (path.basename(folder).toLowerCase() === 'resources') places.push(path.join(folder, 'native', 'hark.node'));
    if (folder === path.dirname(folder)) return places;
  }
}
