import { useHashLocation } from 'wouter/use-hash-location';

/** The addresses of the window; everything after `#`. */
export const paths = {
  library: '/library',
  dataset: (dataset: number) => `/library/${dataset}`,
  /** `/library/3/overview`, `/library/3/clips`, ... */
  datasetPage: (dataset: number, page: string) => `/library/${dataset}/${page}`,
  compare: '/compare',
  /** The settings of a new comparison on a dataset. */
  newComparison: (dataset: number) => `/compare/new/${dataset}`,
  comparison: (comparison: number) => `/compare/${comparison}`,
  reports: '/reports',
  settings: '/settings',
} as const;

/** Goes to a path from outside a component. */
export function go(path: string): void {
  location.hash = path;
}

export { useHashLocation };
