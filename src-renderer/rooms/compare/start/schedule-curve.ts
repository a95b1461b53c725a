import { learningRateAt, type Recipe } from '#shared/math/learning-rate.ts';

/** About so many points are drawn. */
const POINTS = 240;
/** The last step is taken just before the last epoch has ended. */
const JUST_BEFORE = 1 - 1e-9;

/** The learning rate over a training; on a plateau, as it is when after the first epoch no loss is better. */
export function ratesOver(recipe: Recipe): { done: number; rate: number }[] {
  const { epochs } = recipe;
  const count = Math.max(1, Math.round(POINTS / epochs)) * Math.min(epochs, POINTS);
  const losses = new Array<number>(epochs).fill(1);
  return Array.from({ length: count + 1 }, (_, index) => {
    const done = (index * epochs) / count;
    const at = Math.min(done, epochs * JUST_BEFORE);
    return { done, rate: learningRateAt(recipe, at, losses.slice(0, Math.floor(at))) };
  });
}
