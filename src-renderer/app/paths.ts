import { useHashLocation } from 'wouter/use-hash-location';

/** The addresses of the window; everything after `#`. */
export const paths = {
  library: '/library',
  dataset: (dataset: number) => `/library/${dataset}`,
  /** `/library/3/overview`, `/library/3/clips`, ... */
  datasetPage: (dataset: number, page: string) => `/library/${dataset}/${page}`,
  studio: '/studio',
  /** A clip in the editor. */
  studioClip: (clip: number) => `/studio/clip/${clip}`,
  studioQueue: '/studio/queue',
  studioSuspects: '/studio/suspects',
  studioRecord: '/studio/record',
  compare: '/compare',
  /** The settings of a new comparison on a dataset. */
  newComparison: (dataset: number) => `/compare/new/${dataset}`,
  comparison: (comparison: number) => `/compare/${comparison}`,
  /** A clip as the networks of a comparison hear it. */
  inspect: (comparison?: number, clip?: number | null) =>
    ['/inspect', comparison, clip].filter((part) => part !== undefined && part !== null).join('/'),
  inspectMap: '/inspect/map',
  inspectSteps: '/inspect/steps',
  inspectActivations: '/inspect/activations',
  inspectMemory: '/inspect/memory',
  inspectTraining: (comparison?: number) => ['/inspect/training', comparison].filter(Boolean).join('/'),
  experiments: '/experiments',
  ablation: (sweep: number) => `/experiments/ablations/${sweep}`,
  /** The settings of a new ablation of a factor, on the dataset in use. */
  newAblation: (factor: string) => `/experiments/new/${factor}`,
  tradeOffs: '/experiments/trade-offs',
  advice: '/experiments/advice',
  reports: '/reports',
  guide: '/guide',
  guidePage: (page: string) => `/guide/${page}`,
  settings: '/settings',
} as const;

/** Goes to a path from outside a component. */
export function go(path: string): void {
  location.hash = path;
}

export { useHashLocation };
