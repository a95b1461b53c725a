/** Where the build has put the guide's pictures, by their path under resources/guide. */
const FILES = import.meta.glob<string>('../../../resources/guide/*/*.webp', {
  eager: true,
  query: '?url',
  import: 'default',
});

/**
 * The address of a picture in the colours of the window: `five-for-nine/1-matrix.webp` lies there as `1-matrix.webp` for the light
 * window, which is also what readers of the file itself see, and as `1-matrix.dark.webp`.
 */
export function pictureUrl(name: string, dark: boolean): string | undefined {
  const inFolder = (path: string) => FILES[`../../../resources/guide/${path}`];
  return (dark ? inFolder(name.replace(/\.webp$/, '.dark.webp')) : undefined) ?? inFolder(name);
}
