import { compare } from './compare.ts';
import { experiments } from './experiments.ts';
import { files } from './files.ts';
import { inspect } from './inspect.ts';
import { lab } from './lab.ts';
import { library } from './library.ts';
import { memory } from './memory.ts';
import { reports } from './reports.ts';
import { recording, studio } from './studio.ts';

/** All that the window may ask of the main process: one key per room of the app. */
export const contract = { lab, files, library, compare, inspect, memory, experiments, reports, studio, recording };
export type Contract = typeof contract;
