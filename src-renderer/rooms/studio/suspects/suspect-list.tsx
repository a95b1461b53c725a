import { Button, Group, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SuspectSearch, SuspectsView } from '#shared/domain/queue.ts';
import { invalidate } from '../../../app/changes.ts';
import { chooseClip, useSelection } from '../../../app/selection.ts';
import { tellError } from '../../../app/tell.tsx';
import { step } from '../../../app/undo.ts';
import { useAction } from '../../../app/use-action.ts';
import { client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { count, moment, percent, plural } from '../../../parts/format.ts';
import { player } from '../../../parts/player.ts';
import { CutOff } from './before.tsx';
import { SuspectCard } from './suspect-card.tsx';
import { SuspectRows } from './suspect-rows.tsx';
import classes from './suspects.module.css';
import { useFindSuspects } from './use-find.ts';

interface Props {
  dataset: number;
  view: SuspectsView;
  search: SuspectSearch;
}

/** What a search found, to be walked, heard and judged by keys. */
export function SuspectList({ dataset, view, search }: Props) {
  const { suspects, verdicts } = view;
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      suspects.findIndex(({ verdict }) => verdict === 'open'),
    ),
  );
  const taken = useRef<number[]>([]);
  const autoplay = useSelection((state) => state.autoplay) ?? true;
  const find = useFindSuspects(dataset);
  const current = suspects.at(at);
  const id = current?.clip ?? null;
  useEffect(() => {
    chooseClip(id);
  }, [id]);
  const walk = (to: number) => setAt(Math.max(0, Math.min(suspects.length - 1, to)));

  const judge = useMutation({
    mutationFn: ({ clip, verdict }: { place: number; clip: number; verdict: 'accepted' | 'refused' }) =>
      client.studio.judgeSuspect({ search: search.id, clip, verdict }),
    onMutate: ({ place }) => {
      taken.current.push(place);
      walk(place + 1);
    },
    onError: (error, { place }) => {
      taken.current.pop();
      walk(place);
      tellError(error, 'The verdict was not kept');
    },
    onSettled: () => invalidate(['studio', 'clips', 'history']),
    scope: { id: 'judge' },
  });
  const say = (verdict: 'accepted' | 'refused') => {
    if (!current) return;
    if (current.verdict === verdict) walk(at + 1);
    else judge.mutate({ place: at, clip: current.clip, verdict });
  };
  const undo = async () => {
    const place = taken.current.pop();
    if ((await step('undo')) && place !== undefined) setAt(place);
  };
  const some = suspects.length > 0;
  useAction('suspects.accept', () => say('accepted'), some);
  useAction('suspects.refuse', () => say('refused'), some);
  useAction('suspects.undo', () => void undo(), some);
  useAction('suspects.repeat', () => void player.playFrom(0), some);
  useAction('edit.undo', () => void undo());
  useAction('list.next', () => walk(at + 1), some);
  useAction('list.previous', () => walk(at - 1), some);
  useAction('player.autoplay', () => useSelection.setState({ autoplay: !autoplay }));

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div>
          <Title order={2} size="h3">
            Suspect labels
          </Title>
          <Text size="xs" c="dimmed" className="hark-numbers">
            {plural(search.clips, 'clip')} judged out of sample on {moment(search.at)}: {search.method}; {search.folds}{' '}
            folds, {plural(search.seeds.length, 'seed')}. The networks together name {percent(search.accuracy)} of the
            clips as they were labelled.
            {search.leftOut.length > 0 && (
              <span
                title={search.leftOut
                  .map(({ file, reason }) => `${file}: ${reason}`)
                  .slice(0, 20)
                  .join('\n')}
              >
                {' '}
                {plural(search.leftOut.length, 'clip')} left out.
              </span>
            )}
          </Text>
          <CutOff at={view.cutOff} />
        </div>
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" className="hark-numbers" role="status">
            {count(verdicts.accepted ?? 0)} accepted, {count(verdicts.refused ?? 0)} refused
          </Text>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={find.isPending}
            disabled={view.plan === null}
            title={view.obstacle ?? undefined}
            onClick={() => find.mutate()}
          >
            Search again
          </Button>
        </Group>
      </header>
      {find.error && <Failure error={find.error} title="The search did not begin" />}
      <div className={classes.body}>
        <SuspectRows
          suspects={suspects}
          index={at}
          seeds={search.seeds.length}
          label={`The ${count(suspects.length)} most suspect of ${plural(search.clips, 'clip')}`}
          onChoose={walk}
        />
        {current && (
          <SuspectCard
            suspect={current}
            next={suspects.at(at + 1) ?? null}
            search={search}
            dataset={dataset}
            autoplay={autoplay}
            onJudge={say}
            onUndo={() => void undo()}
          />
        )}
      </div>
    </div>
  );
}
