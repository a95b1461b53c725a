/** What all networks that were not trained on a clip say of it. */
export interface Verdict {
  /** Its number among the clips judged. */
  index: number;
  /** Mean probability over seeds of the label given, and of the likeliest other class. */
  givenProbability: number;
  likely: number;
  likelyProbability: number;
  /** Seeds that put another class first. */
  against: number;
}

/**
 * Clips by how much their labels are disbelieved, the most suspect first: by the margin of the out-of-sample probabilities, that of the
 * label given less that of the likeliest other class (Northcutt, Jiang, Chuang 2021, Confident learning). Probabilities are means
 * over seeds: what one seed says of an ambiguous clip is chance.
 * @param given class of each clip
 * @param seeds of each seed [clips, classes]
 */
export function rankSuspects(given: Int32Array, seeds: readonly Float32Array[], classes: number): Verdict[] {
  const verdicts = Array.from(given, (label, index): Verdict => {
    const mean = new Float64Array(classes);
    let against = 0;
    for (const seed of seeds) {
      const probabilities = seed.subarray(index * classes, (index + 1) * classes);
      probabilities.forEach((probability, name) => (mean[name] += probability / seeds.length));
      if (otherThan(label, probabilities).probability > probabilities[label]) against++;
    }
    const other = otherThan(label, mean);
    return { index, givenProbability: mean[label], likely: other.name, likelyProbability: other.probability, against };
  });
  return verdicts.sort((a, b) => margin(a) - margin(b) || a.index - b.index);
}

const margin = ({ givenProbability, likelyProbability }: Verdict) => givenProbability - likelyProbability;

/** Share of clips whose label is the likeliest class. */
export function accuracyOf(verdicts: readonly Verdict[]): number {
  return verdicts.filter((verdict) => verdict.givenProbability >= verdict.likelyProbability).length / verdicts.length;
}

/** The likeliest class but one. */
function otherThan(label: number, probabilities: Float32Array | Float64Array): { name: number; probability: number } {
  let name = label === 0 ? 1 : 0;
  for (let other = name + 1; other < probabilities.length; other++)
    if (other !== label && probabilities[other] > probabilities[name]) name = other;
  return { name, probability: probabilities[name] };
}
