import type { PointerEvent } from 'react';
import type { Region, Tier } from '#shared/domain/region.ts';
import { player } from '../../../parts/player.ts';
import { useStudio } from '../state.ts';
import type { OpenSound } from '../view/layers.ts';
import { followPointer, placeIn, type Place } from '../view/pointer.ts';
import { gripAt, ordered, REACH, type Grip } from '../view/select.ts';
import { toBorder, toZero } from '../view/snap.ts';
import {
  frequencyToY,
  secondsPerPixel,
  secondsToX,
  xToSeconds,
  yToFrequency,
  type Viewport,
} from '../view/viewport.ts';
import { changeRegions, chooseRegion, regionsOf, useDragged } from './change.ts';
import { drawnRegions } from './draw.ts';
import { draftOf, moveBody, moveEdge, regionAt, type RegionChange } from './model.ts';

const sized = (element: HTMLElement) => ({ width: element.clientWidth, height: element.clientHeight });

/** What of a tier lies under the pointer. */
export function inTierAt(element: HTMLElement, event: { clientX: number; clientY: number }, tier: Tier, clip: number) {
  const view = { ...useStudio.getState().view, ...sized(element) };
  const seconds = xToSeconds(placeIn(element, event).x, view);
  const regions = drawnRegions(clip).regions.filter((region) => region.tier === tier.id);
  const found = regionAt(regions, seconds, REACH * secondsPerPixel(view));
  // Intervals end where the sound does; there is nothing to be moved.
  if (
    tier.kind === 'intervals' &&
    found?.edge &&
    !regions.some((other) => sharesEdge(found.region, found.edge!, other))
  )
    return { region: found.region, edge: null };
  return found;
}

const sharesEdge = (region: Region, edge: 'start' | 'end', other: Region) =>
  other.id !== region.id && Math.abs(other[edge === 'start' ? 'end' : 'start'] - region[edge]) < 1e-6;

/** A press on a region of a tier: chooses it, and drags its edge or the whole; with Ctrl a copy. False: there is none. */
export function dragInTier(event: PointerEvent<HTMLElement>, tier: Tier, sound: OpenSound): boolean {
  const element = event.currentTarget;
  const found = inTierAt(element, event, tier, sound.clip);
  useStudio.setState({ tier: tier.id });
  if (!found) return false;
  const { region, edge } = found;
  const copy = (event.ctrlKey || event.metaKey) && tier.kind !== 'intervals';
  const view = () => ({ ...useStudio.getState().view, ...sized(element) });
  const secondsAt = ({ x }: Place) => xToSeconds(x, view());
  const from = secondsAt(placeIn(element, event));
  const least = 1 / sound.sampleRate;
  const moved = (regions: Region[], place: Place, to: number | null = null): RegionChange => {
    const seconds = secondsAt(place);
    const at = to ?? toBorder(seconds, secondsPerPixel(view()));
    if (edge && !copy) return moveEdge(tier, regions, region, edge, at, { duration: sound.duration, least });
    if (tier.kind === 'intervals') return { put: [], remove: [] };
    const start = toBorder(region.start + seconds - from, secondsPerPixel(view()));
    return moveBody(region, start - region.start, null, sound.duration, copy);
  };
  const words = `${copy ? 'Copy' : edge && tier.kind === 'intervals' ? 'Move a border of' : 'Move'} ${nameOf(region)}`;
  followPointer(event, {
    move: (place) => useDragged.setState({ change: moved(regionsOf(sound.clip), place) }),
    end: (place, far) => {
      if (!far) return chooseRegion(region);
      const wanted = toBorder(secondsAt(place), secondsPerPixel(view()));
      void toZero(wanted, sound, null).then(async (to) => {
        await changeRegions(sound.clip, words, (regions) => moved(regions, place, to));
        const now = drawnRegions(sound.clip).regions.find(({ id }) => id === region.id);
        if (now && useStudio.getState().region === now.id) chooseRegion(now);
      });
    },
    cancel: () => useDragged.setState({ change: null }),
  });
  return true;
}

/** Characters of a label that the history shows. */
const SHOWN = 60;

/** A region as the words of a step call it. */
export const nameOf = ({ label }: Pick<Region, 'label'>): string =>
  label ? `“${label.length > SHOWN ? `${label.slice(0, SHOWN)}…` : label}”` : 'a region';

type BoxViewport = Viewport & { frequencies: NonNullable<Viewport['frequencies']> };

/** The box at hand under the pointer: an edge of it, or its body (no edge). */
export function boxGripAt(place: Place, viewport: BoxViewport, clip: number): { region: Region; grip: Grip } | null {
  const chosen = useStudio.getState().region;
  const region = drawnRegions(clip).regions.find(({ id }) => id === chosen);
  if (!region || region.fMin === null) return null;
  const grip = gripAt(place, region, viewport.frequencies, viewport);
  if (grip) return { region, grip };
  return isInside(place, region, viewport) ? { region, grip: { time: null, frequency: null } } : null;
}

function isInside({ x, y }: Place, { start, end, fMin, fMax }: Region, viewport: BoxViewport): boolean {
  const { frequencies, height } = viewport;
  if (fMin === null || fMax === null) return false;
  return (
    x >= secondsToX(start, viewport) &&
    x <= secondsToX(end, viewport) &&
    y >= frequencyToY(fMax, frequencies, height) &&
    y <= frequencyToY(fMin, frequencies, height)
  );
}

/** A press on the box at hand drags its edges or the whole (with Ctrl a copy). False: there is none. */
export function dragBox(event: PointerEvent<HTMLElement>, viewport: BoxViewport, sound: OpenSound): boolean {
  const element = event.currentTarget;
  const from = placeIn(element, event);
  const held = boxGripAt(from, viewport, sound.clip);
  if (!held) return false;
  const { region, grip } = held;
  const copy = event.ctrlKey || event.metaKey;
  const { frequencies, height } = viewport;
  const changed = (place: Place): RegionChange => {
    const seconds = toBorder(xToSeconds(place.x, viewport), secondsPerPixel(viewport));
    if (!grip.time && !grip.frequency) {
      const by = xToSeconds(place.x, viewport) - xToSeconds(from.x, viewport);
      // On the axis' own scale, so that the box keeps its height on the picture.
      const lift = (hz: number) =>
        yToFrequency(frequencyToY(hz, frequencies, height) + place.y - from.y, frequencies, height);
      const band = { fMin: lift(region.fMin!), fMax: lift(region.fMax!) };
      const inside = band.fMin >= 0 && band.fMax <= sound.sampleRate / 2;
      return moveBody(region, by, inside ? band : null, sound.duration, copy);
    }
    const edges = { ...draftOf(region) };
    if (grip.time) edges[grip.time] = seconds;
    if (grip.frequency) edges[grip.frequency] = yToFrequency(place.y, frequencies, height);
    return { put: [{ ...edges, ...ordered(edges, sound) }], remove: [] };
  };
  followPointer(event, {
    move: (place) => useDragged.setState({ change: changed(place) }),
    end: (place, far) => {
      if (!far) return player.seek(xToSeconds(place.x, viewport));
      void changeRegions(sound.clip, `${copy ? 'Copy' : 'Move'} ${nameOf(region)}`, () => changed(place)).then(() => {
        const now = drawnRegions(sound.clip).regions.find(({ id }) => id === region.id);
        if (now) chooseRegion(now);
      });
    },
    cancel: () => useDragged.setState({ change: null }),
  });
  return true;
}
