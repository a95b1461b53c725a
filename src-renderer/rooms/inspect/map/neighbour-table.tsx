import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Section } from '../../../parts/section.tsx';
import { splitPath } from '../../../parts/format.ts';
import { hear } from './hear.ts';
import { distanceWords } from './map-facts.tsx';
import { neighboursOf, type LaidOut } from './use-map.ts';
import classes from './map.module.css';

interface Props {
  laidOut: LaidOut;
  place: number;
  onChoose(place: number): void;
}

/** Who is nearest to a clip in the full space, which no layout on a plane shows as it is. */
export function NeighbourTable({ laidOut, place, onChoose }: Props) {
  const { clips, width } = laidOut.view;
  const near = neighboursOf(laidOut, place);
  const { truth } = clips[place];
  const same = near.filter((one) => clips[one.place].truth === truth).length;
  return (
    <Section title="Nearest neighbours" aside={`${same} of ${near.length} are “${truth}”`}>
      <div className={classes.near} tabIndex={0} role="region" aria-label="Nearest neighbours as a table">
        <table>
          <caption className={classes.dim}>Euclidean distance of the {width} values before the head</caption>
          <thead>
            <tr>
              <th scope="col">Distance</th>
              <th scope="col">Label</th>
              <th scope="col">Answer</th>
              <th scope="col">File</th>
              <th scope="col">
                <VisuallyHidden>Sound</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {near.map(({ place: other, distance }) => {
              const clip = clips[other];
              const { name } = splitPath(clip.file);
              return (
                <tr key={clip.clip} data-other={clip.truth !== truth || undefined}>
                  <td>{distanceWords(distance)}</td>
                  <td>{clip.truth}</td>
                  <td data-wrong={clip.predicted !== clip.truth || undefined}>{clip.predicted}</td>
                  <td>
                    <button type="button" className={classes.goTo} title={clip.file} onClick={() => onChoose(other)}>
                      {name}
                    </button>
                  </td>
                  <td>
                    <ActionIcon size="sm" variant="subtle" aria-label={`Play ${name}`} onClick={() => hear(clip)}>
                      <IconPlayerPlay size={13} />
                    </ActionIcon>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
