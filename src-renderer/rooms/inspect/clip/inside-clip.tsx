import { IconEyeSearch } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { TestedClip } from '#shared/contract/inspect.ts';
import type { ClipDetail } from '#shared/domain/clip.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { RunView } from '#shared/domain/run.ts';
import { useSelection } from '../../../app/selection.ts';
import { useAction } from '../../../app/use-action.ts';
import { audioUrl, salientUrl } from '../../../client/bulk.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { SaveMenu } from '../../../parts/figure/save-menu.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { player } from '../../../parts/player.ts';
import { SoundView } from '../../../parts/sound/sound-view.tsx';
import { Transport } from '../../../parts/sound/transport.tsx';
import { LikesButton, WithLikes } from '../likes/with-likes.tsx';
import { useHabits, useInspect } from '../state.ts';
import { Beside } from './beside.tsx';
import { ClipHead } from './clip-head.tsx';
import { counterpartsOf } from './counterparts.ts';
import { Cover } from './cover.tsx';
import { Covered } from './covered.tsx';
import { FollowedList } from './followed-list.tsx';
import { Followed } from './followed.tsx';
import { Listening } from './listening.tsx';
import { NumbersSection } from './numbers.tsx';
import { figureOfSight, fileNameOf, numbersOf } from './save-inside.ts';
import { GUTTER, PICTURE_HEIGHTS, useStrips } from './strips.tsx';
import { networksOf, useNetworks, usePrefetched } from './use-networks.ts';
import { ViewBar } from './view-bar.tsx';
import classes from '../inspect.module.css';

/** Milliseconds one rests on a clip before it is looked into, while the arrows run through the list. */
export const REST_MS = 90;

interface Props {
  comparison: ComparisonView;
  seed: number | null;
  clips: readonly TestedClip[];
  clip: number | null;
}

/** One clip and what the networks of one seed do while it plays. */
export function InsideClip({ comparison, seed, clips, clip: wanted }: Props) {
  const [clip] = useDebouncedValue(wanted, REST_MS, { leading: true });
  const detail = useQuery({
    ...api.library.clip.queryOptions({ input: { clip: clip ?? 0 } }),
    enabled: clip !== null,
    placeholderData: (before) => before,
  });
  const cell = useHabits((state) => state.cell);
  const { tested, inSight: runs } = networksOf(comparison, seed, cell);
  usePrefetched(runs, clip);
  if (wanted === null || runs.length === 0)
    return (
      <Empty icon={IconEyeSearch} title="No clip chosen">
        Choose a clip from the list to see what the networks do while it plays.
      </Empty>
    );
  if (detail.error)
    return (
      <div className={classes.page}>
        <Failure error={detail.error} title="The clip cannot be shown" onRetry={() => void detail.refetch()} />
      </div>
    );
  if (!detail.data) return <Loading label="Loading the clip" />;
  const said = clips.find((one) => one.clip === detail.data.id) ?? null;
  return <Inside comparison={comparison} tested={tested} runs={runs} clip={detail.data} said={said} clips={clips} />;
}

interface InsideProps {
  comparison: ComparisonView;
  /** All that can be looked into. */
  tested: RunView[];
  /** Those in sight. */
  runs: RunView[];
  clip: ClipDetail;
  said: TestedClip | null;
  /** All that were tested. */
  clips: readonly TestedClip[];
}

function Inside({ comparison, tested, runs, clip, said, clips }: InsideProps) {
  const beside = useInspect((state) => state.beside) && runs.length === 1 && said !== null;
  const autoplay = useSelection((state) => state.autoplay) ?? false;
  useAction('player.autoplay', () => useSelection.setState({ autoplay: !autoplay }));
  const heard = useHeard(runs, clip);
  useEffect(() => {
    if (!clip.missing) player.load(clip.id, clip.duration, heard);
  }, [clip.id, clip.missing, clip.duration, heard]);
  useEffect(() => {
    const { at } = useInspect.getState();
    const from = at?.clip === clip.id ? at.seconds : 0;
    useInspect.setState({ at: null });
    if (clip.missing) return;
    if (autoplay) void player.playFrom(from);
    else if (from > 0) player.seek(from);
    // Only a new clip is played.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [clip.id, clip.missing]);
  useEffect(() => () => player.unload(), []);
  useHeldLayer(runs);
  const { id: run, cell } = runs[0];
  useEffect(() => {
    useInspect.setState({ last: { run, cell, clip: clip.id, file: clip.file } });
  }, [run, cell, clip.id, clip.file]);
  const truth = said?.truth ?? clip.label;
  const networks = useNetworks(runs, clip.id, truth);
  const strips = useStrips({ networks, clip, classes: comparison.classes, truth });
  const sight = { comparison, clip, truth, networks };
  const failed = networks.find(({ error }) => error !== null);
  return (
    <WithLikes comparison={comparison.id} runs={runs}>
      <div
        className={classes.page}
        role="region"
        aria-label={`Inside of networks over ${clip.file}`}
        aria-busy={networks.some(({ stale }) => stale.signals || stale.course)}
      >
        <ClipHead clip={clip} truth={truth} said={said} networks={networks} names={comparison.classes} />
        <div className={classes.bar}>
          <Transport clip={clip.id} duration={clip.duration} autoplay={autoplay} which={heard} />
          <ViewBar tested={tested} runs={runs} names={comparison.classes} />
          {runs.length === 1 && said && !beside && (
            <Button variant="default" size="xs" onClick={() => useInspect.setState({ beside: true })}>
              {counterpartsOf(clips, said, run).right ? 'Beside a right one' : 'Beside a wrong one'}
            </Button>
          )}
          <LikesButton run={runs[0]} />
          <SaveMenu
            name={fileNameOf(sight)}
            figure={() => figureOfSight(sight)}
            csv={() => numbersOf(sight)}
            rows="a row a frame"
          />
        </div>
        <Covered
          clip={clip.id}
          duration={clip.duration}
          sampleRate={clip.sampleRate}
          networks={networks}
          names={comparison.classes}
          truth={truth}
        />
        {failed && (
          <Failure
            error={failed.error}
            title="What the network does cannot be shown"
            onRetry={() => networks.forEach(({ retry }) => retry())}
          />
        )}
        <FollowedList networks={networks} />
        <div className={classes.sideBySide} data-two={beside || undefined}>
          <div className={classes.atHand}>
            <SoundView
              clip={clip.id}
              version={clip.version}
              duration={clip.duration}
              sampleRate={clip.sampleRate}
              {...PICTURE_HEIGHTS}
              gutterWidth={GUTTER}
              strips={strips}
              over={
                <>
                  <Listening
                    networks={networks}
                    duration={clip.duration}
                    sampleRate={clip.sampleRate}
                    names={comparison.classes}
                  />
                  <Followed networks={networks} duration={clip.duration} />
                  <Cover clip={clip.id} duration={clip.duration} sampleRate={clip.sampleRate} />
                </>
              }
            />
          </div>
          {beside && (
            <Beside
              counterparts={counterpartsOf(clips, said, run)}
              run={runs[0]}
              names={comparison.classes}
              order={networks[0].order}
            />
          )}
        </div>
        <p className={classes.caption}>
          Each row of a heat map is a unit, each column a frame; all maps of a layer have their units in the same order.
          Press a row to follow its unit over the spectrogram.
        </p>
        <NumbersSection networks={networks} />
      </div>
    </WithLikes>
  );
}

/** The address of the clip, or of what speaks most for a class where that is to be heard instead. */
function useHeard(runs: RunView[], { id, version: v }: ClipDetail): string {
  const method = useHabits((state) => state.saliency);
  const { target, heard } = useInspect();
  // Of several networks nobody could say whose it is.
  if (heard === null || method === null || runs.length !== 1) return audioUrl(id, { v });
  return salientUrl(runs[0].id, id, { v, method, share: heard, ...(target !== null && { target }) });
}

/** The layer in sight is one that the networks have. */
function useHeldLayer(runs: RunView[]): void {
  const layers = Math.max(...runs.map(({ model }) => model.numLayers));
  const both = runs.some(({ model }) => model.bidirectional && model.cell !== 'dnn');
  useEffect(() => {
    useInspect.setState(({ layer, reverse }) => ({ layer: Math.min(layer, layers - 1), reverse: reverse && both }));
  }, [layers, both]);
}
