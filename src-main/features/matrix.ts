import { featureSize, frameGeometry, type FeatureSpec } from '#shared/domain/feature-spec.ts';
import { frameCount } from './stft.ts';

/** Features of many clips, one after another: clip i has the rows rows[i] ... rows[i + 1] of `values` [rows, bins]. */
export interface FeatureMatrix {
  bins: number;
  /** [clips + 1] */
  rows: Int32Array;
  values: Float32Array<ArrayBuffer>;
}

/** Features of clips that all have samples. */
export type Extractor = (clips: readonly Float32Array[]) => FeatureMatrix;

/** Room for the features of clips. */
export function emptyMatrix(clips: readonly Float32Array[], spec: FeatureSpec): FeatureMatrix {
  const geometry = { ...frameGeometry(spec), center: spec.center };
  const bins = featureSize(spec);
  const rows = new Int32Array(clips.length + 1);
  clips.forEach(({ length }, clip) => {
    rows[clip + 1] = rows[clip] + (spec.fixLength ?? frameCount(length, geometry));
  });
  return { bins, rows, values: new Float32Array(rows[clips.length] * bins) };
}
