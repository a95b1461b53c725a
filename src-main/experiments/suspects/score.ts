import { likeliestOther, marginOf, type MeanMargins } from './margins.ts';

/** What networks that were not trained on a clip say of it. */
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

export interface Testimony {
  /** Class of each clip. */
  given: Int32Array;
  classes: number;
  /** Of each seed what trained networks said of clips they had not seen, [clips, classes]. */
  seeds: readonly Float32Array[];
  /** Margins while networks learnt, of the clips they were trained on and of those they were not. */
  seen: MeanMargins;
  unseen: MeanMargins;
}

/**
 * Clips by how much their labels are disbelieved, the most suspect first: by the mean margin over the course of the training, of
 * networks that are given the clip (the area under the margin of Pleiss, Zhang, Elenberg and Weinberger 2020: a wrong label is learnt
 * late, against what the others of its class teach), added to that of networks that are not (confident learning, Northcutt, Jiang
 * and Chuang 2021). Margins are of probabilities here, so that no clip counts more than a network can be sure.
 *
 * What is told of a clip beside its rank is out of sample, at the end of the training, and the mean over seeds.
 */
export function rankSuspects({ given, classes, seeds, seen, unseen }: Testimony): Verdict[] {
  const trust = Float64Array.from(given, (_, index) => seen.of(index) + unseen.of(index));
  const verdicts = Array.from(given, (label, index): Verdict => {
    const mean = new Float64Array(classes);
    let against = 0;
    for (const seed of seeds) {
      const probabilities = seed.subarray(index * classes, (index + 1) * classes);
      probabilities.forEach((probability, name) => (mean[name] += probability / seeds.length));
      if (marginOf(label, probabilities) < 0) against++;
    }
    const likely = likeliestOther(label, mean);
    return { index, givenProbability: mean[label], likely, likelyProbability: mean[likely], against };
  });
  return verdicts.sort((a, b) => trust[a.index] - trust[b.index] || a.index - b.index);
}

/** Share of clips whose label is the likeliest class. */
export function accuracyOf(verdicts: readonly Verdict[]): number {
  return verdicts.filter((verdict) => verdict.givenProbability >= verdict.likelyProbability).length / verdicts.length;
}
