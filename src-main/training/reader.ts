import { parentPort } from 'node:worker_threads';
import { readBatches } from './read-ahead.ts';

/* The thread in which a trainer's next batch is read. */
parentPort!.on('message', readBatches());
