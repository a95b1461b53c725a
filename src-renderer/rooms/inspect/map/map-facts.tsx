import type { ClipMap, MapLayout } from '#shared/domain/clip-map.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { percent, plural, significant } from '../../../parts/format.ts';
import classes from './map.module.css';

const LAYOUT_WORDS: { [M in MapLayout['method']]: (layout: Extract<MapLayout, { method: M }>) => string } = {
  pca: () => 'PCA',
  umap: ({ nNeighbors, minDist, seed }) => `UMAP, nNeighbors ${nNeighbors}, minDist ${minDist}, seed ${seed}`,
};

/** How a map was laid out, in words. */
export const layoutWords = (layout: MapLayout): string =>
  (LAYOUT_WORDS[layout.method] as (layout: MapLayout) => string)(layout);

/** What a map rests on, in words. */
export const mapWords = ({ clips, parts, cell, seed, width, layout }: ClipMap): string =>
  [
    `${plural(clips.length, 'clip')} (${parts.join(', ')})`,
    `${CELL_NAMES[cell]}, seed ${seed}`,
    `${width} values before the head`,
    layoutWords(layout),
  ].join(' · ');

/** The numbers of a map. */
export function MapFacts({ view }: { view: ClipMap }) {
  const { agreement, axes, layout, leftOut } = view;
  return (
    <div className={classes.facts}>
      <p>{mapWords(view)}</p>
      <p>
        Of the {agreement.k} nearest neighbours in the full space <b>{percent(agreement.share)}</b> bear the clip’s own
        label ({percent(agreement.chance)} by chance), n = {agreement.n} clips.{' '}
        {axes
          ? `The two axes hold ${percent(axes[0])} and ${percent(axes[1])} of the variance.`
          : layout.method === 'umap' && 'Only who is near whom counts: axes, far distances and sizes mean nothing.'}
      </p>
      {leftOut.length > 0 && (
        <details className={classes.leftOut}>
          <summary>{plural(leftOut.length, 'clip')} left out, which could not be read</summary>
          <ul>
            {leftOut.map(({ file, reason }) => (
              <li key={file}>
                {file}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** How far two clips are from each other in the full space. */
export const distanceWords = (distance: number): string => significant(distance);
