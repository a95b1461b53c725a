import { compareRoom } from './compare.ts';
import { experimentsRoom } from './experiments.ts';
import { filesRoom } from './files.ts';
import { os } from './implementer.ts';
import { inspectRoom } from './inspect.ts';
import { labRoom } from './lab.ts';
import { libraryRoom } from './library.ts';
import { memoryRoom } from './memory.ts';
import { reportsRoom } from './reports.ts';
import { recordingRoom } from './studio/recording.ts';
import { studioRoom } from './studio/index.ts';
import type { Services } from './services.ts';

/** Answers the whole contract; the hosts mount it on their wires. */
export function createRouter(services: Services) {
  return os.router({
    lab: labRoom(services),
    files: filesRoom(services),
    library: libraryRoom(services),
    compare: compareRoom(services),
    experiments: experimentsRoom(services),
    inspect: inspectRoom(services),
    memory: memoryRoom(services),
    reports: reportsRoom(services),
    studio: studioRoom(services),
    recording: recordingRoom(services),
  });
}
export type HarkRouter = ReturnType<typeof createRouter>;
