import { z } from 'zod';
import { FACTOR_IDS } from '../domain/factors.ts';
import { Advice, SweepPreview, SweepSpec, SweepSummary, SweepView, TradeOff } from '../domain/sweep.ts';
import { base, Id, Nothing } from './base.ts';

const Sweep = z.object({ sweep: Id });

/** Runs made to be read together: ablations, what networks cost, and what the lab's results advise. */
export const experiments = {
  /** What one click on a factor does for this dataset. */
  defaults: base.input(z.object({ dataset: Id, factor: z.enum(FACTOR_IDS) })).output(SweepSpec),
  preview: base.input(SweepSpec).output(SweepPreview),
  /** Writes it down and begins, a job; one level after the other. */
  start: base.input(SweepSpec).output(z.object({ sweep: Id })),
  list: base.output(z.array(SweepSummary)),
  get: base.input(Sweep).output(SweepView),
  pause: base.input(Sweep).output(Nothing),
  /** Goes on after a pause, an interruption or a failure: levels that are done stay, the others follow. */
  resume: base.input(Sweep).output(Nothing),
  /** Ends it now; the level at hand is tested as it stands, later ones are not begun. */
  stop: base.input(Sweep).output(Nothing),
  rename: base.input(Sweep.extend({ name: z.string().trim().min(1).max(200) })).output(Nothing),
  /** Deletes the ablation with its comparisons and their files. */
  remove: base.input(Sweep).output(Nothing),
  /** All networks that were tested on a dataset, with what they cost. */
  tradeOffs: base.input(z.object({ dataset: Id })).output(z.array(TradeOff)),
  /** What this lab's results say of a dataset. */
  advice: base.input(z.object({ dataset: Id })).output(z.array(Advice)),
};
