import { HarkError } from '#shared/domain/errors.ts';
import { logAdd } from '../log-space.ts';
import { viterbi } from './alignment.ts';
import { logProbabilities, type DecodingOptions, type LabelSpan } from './frames.ts';

/** What a language model adds to the score for one more label, such as weight * ln P(label | prefix) + bonus. */
export type Scorer = (prefix: readonly number[], label: number) => number;

export interface BeamOptions extends DecodingOptions {
  /** Prefixes that are kept from frame to frame. */
  beamWidth?: number;
  /** How many results, at most. */
  nBest?: number;
  /** Only the likeliest labels of a frame are appended, so many; all by default. */
  topTokens?: number;
  scorer?: Scorer;
}

export interface Hypothesis {
  labels: number[];
  /** Of all paths within the beam that spell these labels. */
  logProbability: number;
  /** logProbability and what the scorer added: the order of the results. */
  score: number;
  /** The frames of each label on the likeliest of these paths. */
  spans: LabelSpan[];
}

/**
 * Prefix beam search (Graves 2012; Hannun et al. 2014, algorithm 1) in log space: the likeliest label sequences, each with the
 * sum over the paths that spell it. Exact where the beam is wide enough for all prefixes.
 * @param logits [time, classes] of one clip, or log probabilities
 * @returns best first, at least one unless nothing is possible
 * @throws HarkError as logProbabilities; `internal` for a width or count below 1
 */
export function prefixBeamSearch(
  logits: Float32Array,
  classes: number,
  { blank = 0, beamWidth = 16, nBest = 1, topTokens = classes, scorer }: BeamOptions = {},
): Hypothesis[] {
  for (const [where, value] of Object.entries({ beamWidth, nBest, topTokens }))
    if (!(Number.isInteger(value) && value >= 1))
      throw new HarkError('internal', `Beam search: ${where} is ${value}.`, { where });
  const logP = logProbabilities(logits, classes, blank);
  let beam = [new Prefix(null, -1, 0)];
  beam[0].endsInBlank = 0;
  for (let first = 0; first < logP.length; first += classes) {
    const frame = logP.subarray(first, first + classes);
    beam = advance(beam, frame, likeliest(frame, blank, topTokens), { blank, beamWidth, scorer });
  }
  return beam.slice(0, nBest).map((prefix) => {
    const labels = labelsOf(prefix);
    const { logProbability, score } = prefix;
    return { labels, logProbability, score, spans: viterbi(logP, classes, labels, blank)!.spans };
  });
}

/** A label sequence, as the last label of a shorter one, and ln of the sums over the paths that spell it. */
class Prefix {
  readonly parent: Prefix | null;
  readonly label: number;
  /** What the scorer said of all its labels. */
  readonly bonus: number;
  readonly children = new Map<number, Prefix>();
  endsInBlank = -Infinity;
  endsInLabel = -Infinity;
  /** The same after the next frame. */
  #nextBlank = -Infinity;
  #nextLabel = -Infinity;
  readonly #bonuses = new Map<number, number>();

  constructor(parent: Prefix | null, label: number, bonus: number) {
    this.parent = parent;
    this.label = label;
    this.bonus = bonus;
  }

  get logProbability(): number {
    return logAdd(this.endsInBlank, this.endsInLabel);
  }
  get score(): number {
    return this.logProbability + this.bonus;
  }
  /** The bonus of the prefix with one more label; the scorer is asked once. */
  bonusWith(label: number, scorer: Scorer): number {
    let bonus = this.#bonuses.get(label);
    if (bonus === undefined) this.#bonuses.set(label, (bonus = this.bonus + scorer(labelsOf(this), label)));
    return bonus;
  }

  receive(blank: number, label: number): void {
    this.#nextBlank = logAdd(this.#nextBlank, blank);
    this.#nextLabel = logAdd(this.#nextLabel, label);
  }
  /** To the next frame. */
  advance(): void {
    [this.endsInBlank, this.endsInLabel] = [this.#nextBlank, this.#nextLabel];
    this.#nextBlank = this.#nextLabel = -Infinity;
  }
}

function labelsOf(prefix: Prefix): number[] {
  const labels: number[] = [];
  for (let at = prefix; at.parent; at = at.parent) labels.push(at.label);
  return labels.reverse();
}

/** A prefix that would be new: made only if it comes into the beam. */
interface Candidate {
  parent: Prefix;
  label: number;
  logProbability: number;
  bonus: number;
  score: number;
}

/** The beam after one more frame, best first. */
function advance(
  beam: Prefix[],
  frame: Float64Array,
  tokens: number[],
  { blank, beamWidth, scorer }: { blank: number; beamWidth: number; scorer: Scorer | undefined },
): Prefix[] {
  const known = new Set(beam);
  const candidates: Candidate[] = [];
  // The prefixes themselves, followed by a blank, fill a full beam: what is below all of them has no place in it.
  const least = beam.length < beamWidth ? -Infinity : Math.min(...beam.map(({ score }) => score)) + frame[blank];
  for (const prefix of beam) {
    const { logProbability, label: last } = prefix;
    prefix.receive(logProbability + frame[blank], last < 0 ? -Infinity : prefix.endsInLabel + frame[last]);
    for (const label of tokens) {
      // The same label again is another one only after a blank.
      const appended = (label === last ? prefix.endsInBlank : logProbability) + frame[label];
      const child = prefix.children.get(label);
      if (child) {
        child.receive(-Infinity, appended);
        known.add(child);
      } else {
        const bonus = scorer ? prefix.bonusWith(label, scorer) : 0;
        const score = appended + bonus;
        if (score >= least) candidates.push({ parent: prefix, label, logProbability: appended, bonus, score });
      }
    }
  }
  for (const prefix of known) prefix.advance();
  const kept = best<Prefix | Candidate>([...known, ...candidates], beamWidth).map(born);
  for (const prefix of kept) known.delete(prefix);
  // What fell out of the beam may come back as a child, from nothing.
  for (const prefix of known) prefix.endsInBlank = prefix.endsInLabel = -Infinity;
  return kept;
}

function born(item: Prefix | Candidate): Prefix {
  if (item instanceof Prefix) return item;
  const prefix = new Prefix(item.parent, item.label, item.bonus);
  prefix.endsInLabel = item.logProbability;
  item.parent.children.set(item.label, prefix);
  return prefix;
}

/** The `count` with the highest scores, best first; what is impossible is none of them. */
function best<T extends { score: number }>(items: T[], count: number): T[] {
  const scored = items.map((item) => ({ item, score: item.score })).filter(({ score }) => score > -Infinity);
  const scores = Float64Array.from(scored, ({ score }) => score).sort();
  const least = scores[Math.max(0, scores.length - count)];
  const kept = scored.filter(({ score }) => score >= least).sort((a, b) => b.score - a.score);
  return kept.slice(0, count).map(({ item }) => item);
}

/** The `count` likeliest labels of a frame. */
function likeliest(frame: Float64Array, blank: number, count: number): number[] {
  const labels = Array.from(frame, (_, label) => label).filter((label) => label !== blank);
  return count >= labels.length ? labels : labels.sort((a, b) => frame[b] - frame[a]).slice(0, count);
}
