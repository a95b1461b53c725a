import { startBackend } from '#main/engine/backend.ts';
import { loadAddon } from '#main/engine/native/addon.ts';
import { asked, WrongUsage, type Request } from './arguments.ts';
import { TRAIN_CASES } from './cases.ts';
import { randomBatch, training } from './networks.ts';
import { oursAlone, type Row } from './row.ts';
import { timed, warmUp } from './turns.ts';

const STEPS = 200;

/**
 * Where a training step of one case of `bench train` goes: milliseconds a step in each function of the addon, and in everything
 * else (JavaScript: the tape, losses, bookkeeping). On all cores, without a peer.
 */
export async function profile(request: Request): Promise<Row[]> {
  const [one, another] = asked(TRAIN_CASES, request);
  if (!one || another)
    throw new WrongUsage(
      `profile takes words that mean one case of:\n${TRAIN_CASES.map(({ name }) => `  ${name}`).join('\n')}`,
    );
  const { network, batch, time, lengths } = await one.make();
  const { threads } = await startBackend({ prefer: 'native' });
  const ours = training(network, randomBatch(network, batch, time, lengths));
  await warmUp(timed(() => ours.run()));

  const native = watchAddon();
  const steps = { total: [] as number[], elsewhere: [] as number[], calls: new Map<string, number[]>() };
  const step = timed(() => ours.run());
  const many = request.samples ?? STEPS;
  for (let i = 0; i < many; i++) {
    const [ms] = await step.run(1);
    const spent = native.take();
    steps.total.push(ms);
    steps.elsewhere.push([...spent.values()].reduce((rest, each) => rest - each, ms));
    for (const [name, each] of spent) steps.calls.set(name, [...(steps.calls.get(name) ?? []), each]);
  }
  ours.dispose();
  const parts = [...steps.calls].map(([name, times]) => oursAlone(name, times)).sort((a, b) => b.oursMs - a.oursMs);
  return [oursAlone(one.name, steps.total), ...parts, oursAlone('everything else', steps.elsewhere)].map((row) => ({
    ...row,
    threads,
  }));
}

/** Puts a clock round every function of the addon. `take` answers the milliseconds in each since it was last called. */
function watchAddon(): { take(): Map<string, number> } {
  let spent = new Map<string, number>();
  const addon = loadAddon() as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const [name, call] of Object.entries(addon))
    addon[name] = (...args) => {
      const began = performance.now();
      try {
        return call(...args);
      } finally {
        spent.set(name, (spent.get(name) ?? 0) + performance.now() - began);
      }
    };
  return {
    take() {
      const taken = spent;
      spent = new Map();
      return taken;
    },
  };
}
