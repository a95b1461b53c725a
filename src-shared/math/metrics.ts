/** What a confusion matrix says; definitions are scikit-learn's, with 0 where a quotient has no denominator. */
export interface ClassificationMetrics {
  /** Rows truth, columns prediction, counts. */
  confusion: number[][];
  clips: number;
  /** Share of clips on the diagonal. */
  accuracy: number;
  /** Mean recall over the classes that occur in the truth. */
  balancedAccuracy: number;
  /** Of what was called the class, the share that is: tp / (tp + fp), by class. */
  precision: number[];
  /** Of what is the class, the share that was called so: tp / (tp + fn), by class. */
  recall: number[];
  /** Harmonic mean of precision and recall: 2 tp / (2 tp + fp + fn), by class. */
  f1: number[];
  /** Clips that are the class, by class. */
  support: number[];
  /** Plain mean of F1 over all classes. */
  macroF1: number;
  /** Mean of F1, each class weighing as many clips as it has. */
  weightedF1: number;
  /** Agreement beyond what the marginal frequencies give by chance (Cohen 1960). */
  cohenKappa: number;
}

/**
 * Counts of (truth, prediction).
 * @param truth class numbers, 0..classes-1
 * @param predicted as long as `truth`
 * @returns [classes][classes], rows truth
 */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  if (truth.length !== predicted.length)
    throw new RangeError(`${truth.length} true classes, ${predicted.length} predicted`);
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) {
    const row = counts[truth[i]];
    if (row?.[predicted[i]] === undefined)
      throw new RangeError(`class ${truth[i]} or ${predicted[i]} of clip ${i} is not one of ${classes}`);
    row[predicted[i]]++;
  }
  return counts;
}

/** @param confusion rows truth, columns prediction, counts */
export function metricsOf(confusion: number[][]): ClassificationMetrics {
  const support = confusion.map(sum);
  const called = confusion.map((_, column) => sum(confusion.map((row) => row[column])));
  const hits = confusion.map((row, index) => row[index]);
  const clips = sum(support);
  const recall = hits.map((hit, index) => ratio(hit, support[index]));
  const f1 = hits.map((hit, index) => ratio(2 * hit, support[index] + called[index]));
  const accuracy = ratio(sum(hits), clips);
  const byChance = ratio(sum(support.map((n, index) => n * called[index])), clips * clips);
  return {
    confusion,
    clips,
    accuracy,
    balancedAccuracy: ratio(sum(recall), support.filter((n) => n > 0).length),
    precision: hits.map((hit, index) => ratio(hit, called[index])),
    recall,
    f1,
    support,
    macroF1: ratio(sum(f1), f1.length),
    weightedF1: ratio(sum(f1.map((value, index) => value * support[index])), clips),
    cohenKappa: ratio(accuracy - byChance, 1 - byChance),
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (numerator: number, denominator: number): number => (denominator === 0 ? 0 : numerator / denominator);
