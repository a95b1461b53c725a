import { Alert, Text } from '@mantine/core';
import type { ClipDetail } from '#shared/domain/clip.ts';
import type { SetBy } from '#shared/domain/region.ts';
import { count, duration, frequency, moment, plural } from '../format.ts';
import classes from './sound.module.css';

const SET_BY_WORDS: Record<SetBy, string> = {
  import: 'as imported',
  user: 'by hand',
  file: 'from a file of labels',
  suggestion: 'by an accepted suggestion',
};

/** What is known of a clip: its sound, its file, how its label came to be. */
export function ClipFacts({ clip }: { clip: ClipDetail }) {
  const channels = { 1: 'mono', 2: 'stereo' }[clip.channels] ?? plural(clip.channels, 'channel');
  const coded = [clip.container, clip.codec === clip.container ? null : clip.codec, clip.bits && `${clip.bits} bit`];
  const facts: [string, string | null][] = [
    ['Duration', `${duration(clip.duration)}, ${count(clip.frames)} frames`],
    ['Sampling rate', `${frequency(clip.sampleRate)}, ${channels}`],
    ['Coding', coded.filter(Boolean).join(', ')],
    ['Speaker', clip.speaker],
    ['Official part', clip.official],
    [
      'Within the file',
      clip.start === null ? null : `${duration(clip.start)} to ${clip.end === null ? 'its end' : duration(clip.end)}`,
    ],
  ];
  const history = clip.history.filter(({ set }) => set === null);
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value]) =>
          value ? (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
        {history.length > 1 && (
          <div style={{ display: 'contents' }}>
            <dt>Label history</dt>
            <dd>
              {history.map((entry) => (
                <Text
                  key={entry.id}
                  size="sm"
                  td={entry.undone ? 'line-through' : undefined}
                  c={entry.undone ? 'dimmed' : undefined}
                >
                  {entry.label}
                  <Text span size="xs" c="dimmed">
                    {' '}
                    {SET_BY_WORDS[entry.setBy]}, {moment(entry.setAt)}
                    {entry.undone && ', undone'}
                  </Text>
                </Text>
              ))}
            </dd>
          </div>
        )}
      </dl>
      {clip.warnings.length > 0 && (
        <Alert color="yellow" p="xs">
          {clip.warnings.map((warning) => (
            <Text key={warning} size="sm">
              {warning}
            </Text>
          ))}
        </Alert>
      )}
    </>
  );
}
