import { createContext, use } from 'react';

/** Draws the lanes of the open sound: many wishes make one frame of the screen. */
export class Stage {
  readonly #lanes = new Set<() => void>();
  #frame = 0;

  /** Adds what draws a lane; answers what takes it away. */
  add(draw: () => void): () => void {
    this.#lanes.add(draw);
    this.invalidate();
    return () => this.#lanes.delete(draw);
  }

  readonly invalidate = (): void => {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      for (const draw of this.#lanes) draw();
    });
  };
}

export const StageContext = createContext<Stage | null>(null);

/** The stage all lanes of the open sound stand on. */
export function useStage(): Stage {
  const stage = use(StageContext);
  if (!stage) throw new Error('a lane stands on a stage');
  return stage;
}
