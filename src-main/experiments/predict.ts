import { normalise } from '#main/features/normalise.ts';
import { featuresOfFile } from '#main/features/of-file.ts';
import type { Lab } from '#main/lab/lab.ts';
import { createModel, writeWeights } from '#main/models/model.ts';
import { weightsOfRun } from '#main/models/of-run.ts';
import { readTrained } from '#main/models/trained.ts';
import { largest, predictLogits, softmax } from '#main/training/evaluate.ts';
import { throwIfCancelled } from '#shared/domain/errors.ts';

/** What a run says of a sound file. */
export interface FilePrediction {
  file: string;
  label: string;
  /** By class; they sum to 1. */
  probabilities: Record<string, number>;
}

/**
 * Labels whole sound files with the best weights of a run: the same way from file to features as in its training. The engine
 * must have been started.
 * @param files absolute paths
 * @throws HarkError `not-found` for the run or its weights, `conflict` where it has not been tested yet, `unreadable-file`
 */
export async function predictFiles(
  lab: Lab,
  run: number,
  files: readonly string[],
  signal?: AbortSignal,
): Promise<FilePrediction[]> {
  const { description, weights } = readTrained(weightsOfRun(lab, run));
  const { features, inputSize, classes, normalisation } = description;
  const model = createModel(description.model, { inputSize, classes: classes.length }, description.training.seed);
  try {
    writeWeights(model, weights);
    const predictions: FilePrediction[] = [];
    for (const file of files) {
      throwIfCancelled(signal);
      const { frames, values } = normalise(await featuresOfFile(file, features), normalisation);
      const batch = { size: 1, time: frames, x: values, lengths: Int32Array.of(frames), labels: new Int32Array(1) };
      const shares = softmax(predictLogits(model, batch));
      predictions.push({
        file,
        label: classes[largest(shares)],
        probabilities: Object.fromEntries(classes.map((name, index) => [name, shares[index]])),
      });
    }
    return predictions;
  } finally {
    model.dispose();
  }
}
