/** Where one stands: at a step on the way forward or back, or at the loss between them. */
export interface Moment {
  phase: 'forward' | 'loss' | 'back';
  /** From 1; the last one's at the loss. */
  t: number;
}

/** All moments in their order, 1 .. T, the loss, T .. 1. */
export function momentsOf(steps: number): Moment[] {
  const times = Array.from({ length: steps }, (_, index) => index + 1);
  return [
    ...times.map((t): Moment => ({ phase: 'forward', t })),
    { phase: 'loss', t: steps },
    ...times.toReversed().map((t): Moment => ({ phase: 'back', t })),
  ];
}
