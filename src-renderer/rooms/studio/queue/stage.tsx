import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { paths } from '../../../app/paths.ts';
import { audioUrl } from '../../../client/bulk.ts';
import { Failure } from '../../../parts/failure.tsx';
import { player } from '../../../parts/player.ts';
import { SoundView } from '../../../parts/sound/sound-view.tsx';
import classes from './queue.module.css';

/** As much of a clip as hearing and drawing it needs. */
export interface StagedClip {
  clip: number;
  file: string;
  version: string;
  duration: number;
  sampleRate: number;
  missing: boolean;
}

interface Props {
  clip: StagedClip;
  /** Drawn and fetched behind the scene, so that it is there at once. */
  next: StagedClip | null;
  dataset: number;
  autoplay: boolean;
  spectrogramHeight?: number;
}

/** The clip at hand, drawn and heard; the next one waits behind it. */
export function Stage({ clip, next, dataset, autoplay, spectrogramHeight }: Props) {
  const { clip: id, version, duration, missing } = clip;
  useEffect(() => {
    if (missing) return player.unload();
    player.load(id, duration, { v: version });
    if (autoplay) void player.playFrom(0);
    // Only another clip is played, not one whose label or settings have changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, version, missing]);
  useEffect(() => () => player.unload(), []);
  const waiting = next && !next.missing && next.clip !== id ? next : null;
  useEffect(() => {
    // The lab decodes it and keeps it; what goes wrong is told when it is its turn.
    if (waiting) void fetch(audioUrl(waiting.clip, { v: waiting.version })).catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [waiting?.clip, waiting?.version]);

  return (
    <div className={classes.stage}>
      {missing && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="The file is not there any more">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {clip.file}
          </Text>
          <Text size="sm" mt={4}>
            Skip it, or <Link href={paths.datasetPage(dataset, 'files')}>find the files again</Link>.
          </Text>
        </Alert>
      )}
      {[missing ? null : clip, waiting].map(
        (each) =>
          each && (
            <div key={each.clip} className={each === clip ? classes.shown : classes.waiting} inert={each !== clip}>
              <SoundView
                clip={each.clip}
                version={each.version}
                duration={each.duration}
                sampleRate={each.sampleRate}
                spectrogramHeight={spectrogramHeight}
              />
            </div>
          ),
      )}
      <PlayerError clip={id} />
    </div>
  );
}

function PlayerError({ clip }: { clip: number }) {
  const error = player.useStore((state) => (state.clip === clip ? state.error : null));
  return error && <Failure error={error} />;
}
