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
  reports: '/reports',
  settings: '/settings',
} as const;

/** Goes to a path from outside a component. */
export function go(path: string): void {
  location.hash = path;
}

export { useHashLocation };
