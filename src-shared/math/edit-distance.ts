/** What turns one sequence into another. */
export interface Edits {
  /** substitutions + insertions + deletions */
  distance: number;
  substitutions: number;
  /** Only in the hypothesis. */
  insertions: number;
  /** Only in the reference. */
  deletions: number;
}

/**
 * Levenshtein distance: the fewest single changes that turn the reference into the hypothesis, each counting 1. Where several
 * ways are equally short, the one with most substitutions is counted.
 * @param reference what is true
 * @param hypothesis what was recognised
 */
export function editDistance<T>(reference: ArrayLike<T>, hypothesis: ArrayLike<T>): Edits {
  const columns = hypothesis.length + 1;
  // Of the first `row` items of the reference and the first `column` of the hypothesis: the changes, and how many of them
  // substitute. Insertions and deletions follow from these and the lengths.
  let distance = Int32Array.from({ length: columns }, (_, column) => column);
  let substitutions = new Int32Array(columns);
  for (let row = 1; row <= reference.length; row++) {
    const above = distance;
    const substitutedAbove = substitutions;
    distance = new Int32Array(columns);
    substitutions = new Int32Array(columns);
    distance[0] = row;
    for (let column = 1; column < columns; column++) {
      const differ = reference[row - 1] === hypothesis[column - 1] ? 0 : 1;
      let fewest = above[column - 1] + differ;
      let substituted = substitutedAbove[column - 1] + differ;
      const take = (changes: number, ofThem: number) => {
        if (changes > fewest || (changes === fewest && ofThem <= substituted)) return;
        [fewest, substituted] = [changes, ofThem];
      };
      take(above[column] + 1, substitutedAbove[column]);
      take(distance[column - 1] + 1, substitutions[column - 1]);
      distance[column] = fewest;
      substitutions[column] = substituted;
    }
  }
  const all = distance[columns - 1];
  const substituted = substitutions[columns - 1];
  const insertions = (all - substituted + hypothesis.length - reference.length) / 2;
  return { distance: all, substitutions: substituted, insertions, deletions: all - substituted - insertions };
}

export interface LabelErrors extends Edits {
  /** Labels of all references. */
  labels: number;
  /** distance / labels: 0 is perfect; above 1 with many insertions, Infinity where there was nothing to recognise. */
  rate: number;
}

/** The label error rate of a set (of phonemes, words or characters): all edits over the labels of all references. */
export function labelErrorRate<T>(pairs: Iterable<{ reference: ArrayLike<T>; hypothesis: ArrayLike<T> }>): LabelErrors {
  const sum = { distance: 0, substitutions: 0, insertions: 0, deletions: 0, labels: 0 };
  for (const { reference, hypothesis } of pairs) {
    const edits = editDistance(reference, hypothesis);
    for (const kind of ['distance', 'substitutions', 'insertions', 'deletions'] as const) sum[kind] += edits[kind];
    sum.labels += reference.length;
  }
  return { ...sum, rate: sum.distance === 0 ? 0 : sum.distance / sum.labels };
}
