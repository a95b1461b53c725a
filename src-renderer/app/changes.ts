import type { QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LabChange } from '#shared/contract/lab.ts';
import { api, client, queries } from '../client/client.ts';
import { useConnection } from '../client/connection.ts';
import { follow } from '../client/streams.ts';

type Topic = LabChange['topics'][number];

/** What is asked again when a part of the lab has changed. */
const AFFECTED: Record<Topic, () => QueryKey[]> = {
  datasets: () => [
    api.library.datasets.key(),
    api.library.statistics.key(),
    api.library.skipped.key(),
    api.library.split.key(),
    api.library.clips.key(),
    api.files.guess.key(),
    api.compare.defaults.key(),
    api.compare.preview.key(),
    api.experiments.key(),
    api.lab.info.key(),
  ],
  clips: () => [
    api.library.clips.key(),
    api.library.clip.key(),
    api.library.statistics.key(),
    api.library.datasets.key(),
    api.compare.cellClips.key(),
    api.compare.preview.key(),
    api.inspect.clips.key(),
    // What networks do with a clip, as it was edited then.
    ['inside'],
  ],
  // While networks train this comes several times a second: only what moves with it is asked again.
  comparisons: () => [
    api.compare.list.key(),
    api.compare.get.key(),
    api.compare.diff.key(),
    api.lab.info.key(),
    api.experiments.get.key(),
  ],
  history: () => [api.lab.history.key()],
  reports: () => [api.reports.key()],
  studio: () => [api.studio.key()],
  memory: () => [api.memory.view.key(), api.experiments.advice.key()],
  // Trade-offs and advice are asked again where they are shown, once results have come.
  experiments: () => [api.experiments.list.key(), api.experiments.get.key()],
};

/** What is being asked again, by key; true: it has changed once more meanwhile. */
const asking = new Map<string, boolean>();

export function invalidate(topics: readonly Topic[]): void {
  for (const queryKey of topics.flatMap((topic) => AFFECTED[topic]())) askAgain(queryKey);
}

/** Asks once more when the answer under way has come: changes that follow each other quickly never keep it from arriving. */
function askAgain(queryKey: QueryKey): void {
  const name = JSON.stringify(queryKey);
  if (asking.has(name)) {
    asking.set(name, true);
    return;
  }
  asking.set(name, false);
  void queries.invalidateQueries({ queryKey }).finally(() => {
    const again = asking.get(name);
    asking.delete(name);
    if (again) askAgain(queryKey);
  });
}

/** Keeps what the window shows true: asks again for what the lab says has changed, and for all after a lost connection. */
export function useChanges(): void {
  const generation = useConnection((state) => state.generation);
  useEffect(() => {
    if (generation > 1) void queries.invalidateQueries();
  }, [generation]);
  useEffect(() => {
    const stop = new AbortController();
    void follow(
      (options) => client.lab.changes(undefined, options),
      ({ topics }) => invalidate(topics),
      stop.signal,
    ).catch(() => undefined);
    return () => stop.abort();
  }, []);
}
