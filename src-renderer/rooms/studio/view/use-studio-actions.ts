import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { StudioClip } from '#shared/contract/studio.ts';
import { useAction } from '../../../app/use-action.ts';
import { api } from '../../../client/client.ts';
import { FASTEST, player, SLOWEST } from '../../../parts/player.ts';
import { deleteRegion, regionFromSelection, splitAtPlayhead } from '../regions/actions.ts';
import { chooseRegion } from '../regions/change.ts';
import { borderFrom, neighbour } from '../regions/choose.ts';
import { useHabits, useStudio } from '../state.ts';
import type { OpenSound } from './layers.ts';
import { page, reveal, showAll, showSamples, showSpan, zoom, zoomFrequencies } from './navigate.ts';
import { savePicture } from './save-picture.ts';
import { isSpan, ordered } from './select.ts';
import { SNAPS } from './snap.ts';

const STEP = 1.5;
const RATE_STEP = 0.25;
const LOUDEST = 256;

function magnify(factor: number): void {
  useHabits.setState(({ amplitude }) => ({ amplitude: Math.min(LOUDEST, Math.max(1, amplitude * factor)) }));
}

/** All that keys and palette can do with the clip that lies open. */
export function useStudioActions(open: StudioClip, sound: OpenSound): void {
  useViewActions(sound);
  useSelectionActions(sound);
  useRegionActions(open, sound);
  useAction('studio.savePng', () => void savePicture(open, sound, 'png'));
  useAction('studio.saveSvg', () => void savePicture(open, sound, 'svg'));
}

function useViewActions(sound: OpenSound): void {
  const seek = (seconds: number) => {
    player.seek(seconds);
    reveal(sound, seconds);
  };
  useAction('studio.zoomIn', () => zoom(sound, 1 / STEP));
  useAction('studio.zoomOut', () => zoom(sound, STEP));
  useAction('studio.fitClip', () => {
    showAll(sound);
    useStudio.setState({ frequencies: null });
  });
  useAction('studio.zoomSamples', () => showSamples(sound));
  useAction('studio.pageBack', () => page(sound, -0.9));
  useAction('studio.pageForward', () => page(sound, 0.9));
  useAction('studio.toStart', () => seek(0));
  useAction('studio.toEnd', () => seek(sound.duration));
  useAction('studio.frequenciesIn', () => zoomFrequencies(sound, 1 / STEP));
  useAction('studio.frequenciesOut', () => zoomFrequencies(sound, STEP));
  useAction('studio.louder', () => magnify(2));
  useAction('studio.quieter', () => magnify(0.5));
  useAction('studio.tool', () => useHabits.setState(({ tool }) => ({ tool: tool === 'time' ? 'box' : 'time' })));
  useAction('studio.snap', () =>
    useHabits.setState(({ snap }) => ({ snap: SNAPS[(SNAPS.indexOf(snap) + 1) % SNAPS.length] })),
  );
  useAction('studio.loop', () => player.setLoop(!player.useStore.getState().loop));
  useAction('studio.bandOnly', () => useStudio.setState(({ bandOnly }) => ({ bandOnly: !bandOnly })));
  const rate = (by: number) =>
    player.setRate(Math.min(FASTEST, Math.max(SLOWEST, player.useStore.getState().rate + by)));
  useAction('studio.slower', () => rate(-RATE_STEP));
  useAction('studio.faster', () => rate(RATE_STEP));
  useAction('studio.borderBack', () => seek(borderFrom(sound.clip, player.time, -1, sound.duration)));
  useAction('studio.borderForward', () => seek(borderFrom(sound.clip, player.time, 1, sound.duration)));
}

function useSelectionActions(sound: OpenSound): void {
  const some = useStudio(({ selection }) => isSpan(selection));
  const select = (change: { start?: number; end?: number }) => {
    const { selection } = useStudio.getState();
    const from = selection ?? { start: 0, end: sound.duration, fMin: null, fMax: null };
    // A start behind the end begins anew: to the end of the sound; and the other way round.
    const next = { ...from, ...change };
    if (next.start >= next.end) {
      if (change.start !== undefined) next.end = sound.duration;
      else next.start = 0;
    }
    useStudio.setState({ selection: ordered(next, sound), region: null });
  };
  useAction('studio.fitSelection', () => showSpan(sound, useStudio.getState().selection!), some);
  useAction('studio.selectStart', () => select({ start: player.time }));
  useAction('studio.selectEnd', () => select({ end: player.time }));
  useAction('studio.selectAll', () => select({ start: 0, end: sound.duration }));
  useAction('studio.selectToStart', () => select({ start: 0, end: player.time }));
  useAction('studio.selectToEnd', () => select({ start: player.time, end: sound.duration }));
  useAction('list.clear', () => useStudio.setState({ selection: null, region: null }), some);
}

function useRegionActions(open: StudioClip, sound: OpenSound): void {
  const some = useStudio(({ selection }) => isSpan(selection));
  const chosen = useStudio(({ region }) => region !== null && open.regions.some(({ id }) => id === region));
  const snap = useHabits((state) => state.snap);
  const name = () => useStudio.setState(({ region }) => ({ naming: region }));
  const walk = (by: 1 | -1) => {
    const next = neighbour(sound.clip, by);
    if (!next) return;
    chooseRegion(next);
    reveal(sound, next.start);
  };
  // A region that is chosen is named; a new selection becomes one.
  useAction('studio.addRegion', () => (chosen ? name() : void regionFromSelection(sound)), some);
  useAction('studio.nameRegion', name, chosen);
  useAction('studio.splitRegion', () => void splitAtPlayhead(sound));
  useAction('studio.deleteRegion', () => void deleteRegion(sound.clip), chosen);
  useAction('studio.nextRegion', () => walk(1), open.regions.length > 0);
  useAction('studio.previousRegion', () => walk(-1), open.regions.length > 0);

  // What selections and regions snap to: borders of regions, and where sound begins and ends.
  const sounds = useQuery({
    ...api.studio.findSounds.queryOptions({ input: { clip: sound.clip } }),
    enabled: snap === 'borders',
    retry: false,
  });
  useEffect(() => {
    const all = [...open.regions, ...(sounds.data ?? [])].flatMap(({ start, end }) => [start, end]);
    useStudio.setState({ borders: [...new Set(all)].sort((a, b) => a - b) });
  }, [open.regions, sounds.data]);
}
