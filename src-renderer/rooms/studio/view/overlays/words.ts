import type { OverlayKind } from '#shared/contract/bulk.ts';
import { frequency, significant } from '../../../../parts/format.ts';
import { useStudio } from '../../state.ts';
import { channelOf } from './channel.ts';
import { frameAt, valueOf } from './frames.ts';
import { OVERLAY_TABLE, type Overlay } from './kinds.ts';
import { useOverlayTiles, type OverlayTiles } from './overlay-tiles.ts';
import { shownOverlays } from './settings.ts';

/** A value with its unit: 212 Hz, −23.1 dBFS. */
export function valueWords(value: number, unit: string): string {
  if (Number.isNaN(value)) return '–';
  if (unit === 'Hz') return frequency(Number(value.toPrecision(3)));
  return `${significant(value)}${unit && `\u00a0${unit}`}`;
}

/** The values of each kind by name: F1 ... F4, band 1 ... 40, c0 ... c12. */
export function valueNames(kind: OverlayKind, values: number): string[] {
  const overlay = OVERLAY_TABLE.find((each) => each.kind === kind)!;
  if (overlay.lane !== 'strip') return overlay.curves.map(({ name }) => name);
  return Array.from({ length: values }, (_, value) => (kind === 'mfcc' ? `c${value}` : `band ${value + 1}`));
}

/** What the curves of a lane come to at a moment, for the crosshair: F0 212 Hz, F1 512 Hz. Those that have no value there are left out. */
export function overlayWords(seconds: number, lane: string | undefined): string[] {
  const { tiles } = useOverlayTiles.getState();
  if (tiles === null) return [];
  return shownOverlays().flatMap((overlay) => (overlay.lane === lane ? curveWords(overlay, tiles, seconds) : []));
}

function curveWords(overlay: Overlay, tiles: OverlayTiles, seconds: number): string[] {
  if (overlay.lane === 'strip') return [];
  const channel = channelOf(overlay, tiles.sound, useStudio.getState().channel);
  const at = frameAt(tiles.inSight(overlay.kind, channel), seconds);
  if (!at) return [];
  return overlay.curves.flatMap(({ name }, index) => {
    const value = valueOf(at, index);
    return Number.isNaN(value) ? [] : [`${name} ${valueWords(value, overlay.unit)}`];
  });
}
