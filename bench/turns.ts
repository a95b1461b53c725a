import { setTimeout as sleep } from 'node:timers/promises';

/** Something that can be done again and again, and times itself. */
export interface Program {
  /** Does it `times` times; answers the milliseconds of each. */
  run(times: number): Promise<number[]> | number[];
}

export interface Turns {
  /** Measurements of each program. */
  samples: number;
  /** Measurements a program makes before the next one has its turn. */
  perTurn: number;
  /** Runs at the beginning of a turn that are not counted: they fill the caches again. */
  refill: number;
  /** Milliseconds between turns, so that threads of the one before, which wait for work in a loop, fall asleep. */
  pause: number;
}

/** Turns for things of milliseconds. */
export const SHORT_TURNS: Turns = { samples: 16, perTurn: 2, refill: 1, pause: 50 };
/** Turns for jobs of many seconds. */
export const WHOLE_JOBS: Turns = { samples: 3, perTurn: 1, refill: 0, pause: 0 };

/**
 * Runs programs in turn, so that a drift of the machine's speed meets all alike; each round begins with another one.
 * @returns the milliseconds of each program, in the order given
 */
export async function takeTurns(programs: readonly Program[], turns: Turns): Promise<number[][]> {
  const times: number[][] = programs.map(() => []);
  const rounds = Math.ceil(turns.samples / turns.perTurn);
  for (let round = 0; round < rounds; round++)
    for (let place = 0; place < programs.length; place++) {
      const which = (place + round) % programs.length;
      const wanted = Math.min(turns.perTurn, turns.samples - round * turns.perTurn);
      if (turns.pause > 0) await sleep(turns.pause);
      times[which].push(...(await programs[which].run(turns.refill + wanted)).slice(turns.refill));
    }
  return times;
}

/** Runs a program until it has run `times` times and for `milliseconds`: compilers and caches have then seen it. */
export async function warmUp(program: Program, times = 5, milliseconds = 300): Promise<void> {
  let total = 0;
  for (let run = 0; run < times || total < milliseconds; run++) total += (await program.run(1))[0];
}

/** Times a function of this process. */
export function timed(work: () => void): Program {
  return {
    run(times) {
      const milliseconds = new Array<number>(times);
      for (let i = 0; i < times; i++) {
        const began = performance.now();
        work();
        milliseconds[i] = performance.now() - began;
      }
      return milliseconds;
    },
  };
}
