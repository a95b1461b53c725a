import type { OverlayKind } from '#shared/contract/bulk.ts';
import type { ActionId } from '../../../../app/actions.ts';

/** How the value of a curve is marked, beside its colour. */
export type Mark = 'line' | 'dashes' | 'circle' | 'square' | 'triangle' | 'diamond';

/** One value of each frame as a curve over a lane. */
export interface Curve {
  name: string;
  mark: Mark;
}

interface Common {
  kind: OverlayKind;
  title: string;
  action: ActionId;
  unit: string;
}

/** Curves over the waveform or the spectrogram; or a picture of all values in a strip of its own. */
export type Overlay =
  | (Common & { lane: 'spectrogram'; curves: readonly Curve[]; colour: string })
  | (Common & {
      lane: 'waveform';
      curves: readonly Curve[];
      /** In dark and in light windows. */
      colour: { dark: string; light: string };
      /** Bottom and top of its own axis, and where that stands. */
      range(sampleRate: number): readonly [number, number];
      side: 'left' | 'right';
    })
  | (Common & { lane: 'strip' });

/**
 * The overlays there are. Colours differ in lightness from the picture below and in hue from each other; marks tell them apart
 * where hues do not.
 */
export const OVERLAY_TABLE: readonly Overlay[] = [
  {
    ...{ kind: 'f0', title: 'Pitch (F0)', action: 'overlay.f0', unit: 'Hz', lane: 'spectrogram' },
    ...{ curves: [{ name: 'F0', mark: 'line' }], colour: '#7df3ff' },
  },
  {
    ...{ kind: 'formants', title: 'Formants', action: 'overlay.formants', unit: 'Hz', lane: 'spectrogram' },
    curves: [
      { name: 'F1', mark: 'circle' },
      { name: 'F2', mark: 'square' },
      { name: 'F3', mark: 'triangle' },
      { name: 'F4', mark: 'diamond' },
    ],
    colour: '#b9f56b',
  },
  {
    ...{ kind: 'energy', title: 'Energy', action: 'overlay.energy', unit: 'dBFS', lane: 'waveform' },
    ...{ curves: [{ name: 'Energy', mark: 'line' }], colour: { dark: '#ffb454', light: '#9a5700' } },
    ...{ range: () => [-80, 0] as const, side: 'right' },
  },
  {
    ...{
      kind: 'zeroCrossings',
      title: 'Zero crossings',
      action: 'overlay.zeroCrossings',
      unit: '1/s',
      lane: 'waveform',
    },
    ...{ curves: [{ name: 'Zero crossings', mark: 'dashes' }], colour: { dark: '#ff9bd5', light: '#a3307f' } },
    ...{ range: (sampleRate) => [0, Math.min(sampleRate, 12_000)] as const, side: 'left' },
  },
  { kind: 'mel', title: 'Mel bands', action: 'overlay.mel', unit: 'ln power', lane: 'strip' },
  { kind: 'mfcc', title: 'MFCC', action: 'overlay.mfcc', unit: '', lane: 'strip' },
];
