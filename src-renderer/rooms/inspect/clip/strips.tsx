import { useComputedColorScheme } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ClipDetail } from '#shared/domain/clip.ts';
import { SIGNALS, type Signal } from '#shared/domain/signal.ts';
import { percent, significant } from '../../../parts/format.ts';
import { HeatMap } from '../../../parts/heat/heat-map.tsx';
import { colourGradient } from '../../../parts/sound/colours.ts';
import type { Strip } from '../../../parts/sound/sound-view.tsx';
import { toggleFollowed, useHabits, useInspect } from '../state.ts';
import { attentionStrip } from './attention-strip.tsx';
import { courseStrip } from './course-strip.tsx';
import { fold, isFolded } from './folded.ts';
import { gradientStrip, scaleOfGradients } from './gradient-strip.tsx';
import { saliencyStrip } from './saliency-strip.tsx';
import { scaleOf } from './scale.ts';
import { sharesOf, type Shares } from './shares.ts';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

/** Room for what strips are called, CSS pixels. */
export const GUTTER = 152;
/** Of what stands above the strips, CSS pixels. */
export const PICTURE_HEIGHTS = { waveHeight: 52, spectrogramHeight: 150 };
const HEIGHT = 104;
const FOLDED = 22;

interface Options {
  networks: readonly InsideNetwork[];
  clip: ClipDetail;
  /** Of the comparison, in the order of the outputs. */
  classes: readonly string[];
  truth: string;
}

/** All that is known of the networks in sight, strip by strip: when each made up its mind, then what its layer did. */
export function useStrips({ networks, clip, classes: names, truth }: Options): Strip[] {
  const folded = useHabits((state) => state.folded);
  const dark = useComputedColorScheme('dark') === 'dark';
  const showsSaliency = useHabits((state) => state.saliency) !== null;
  const showsGradients = useHabits((state) => state.gradients) !== null;
  const { layer, reverse } = useInspect();
  const gradientScale = scaleOfGradients(networks, layer, reverse);
  const together = networks.length > 1;
  return networks.flatMap((network) => [
    courseStrip({ network, duration: clip.duration, names, truth }),
    ...(network.run.model.pooling === 'attention' ? [attentionStrip(network, clip.duration)] : []),
    ...(showsSaliency ? [saliencyStrip({ network, duration: clip.duration, names, dark })] : []),
    ...(showsGradients && network.run.cell !== 'dnn'
      ? [gradientStrip({ network, duration: clip.duration, layer, reverse, scale: gradientScale })]
      : []),
    ...SIGNALS[network.run.cell].map((signal) => {
      const { cell } = network.run;
      const shut = isFolded(folded, together, cell, signal.id);
      return signalStrip({ network, signal, clip, dark, shut, fold: () => fold(together, cell, signal.id, !shut) });
    }),
  ]);
}

interface SignalStrip {
  network: InsideNetwork;
  signal: Signal;
  clip: ClipDetail;
  dark: boolean;
  shut: boolean;
  fold(): void;
}

function signalStrip({ network, signal, clip, dark, shut, fold }: SignalStrip): Strip {
  const { run, signals, order } = network;
  const values = signals?.values.get(signal.id);
  const id = `${run.id} ${signal.id}`;
  const name = (
    <button type="button" className={classes.nameHead} aria-expanded={!shut} title={signal.says} onClick={fold}>
      {shut ? <IconChevronRight size={11} aria-hidden /> : <IconChevronDown size={11} aria-hidden />}
      {signal.name} <span className={classes.symbol}>{signal.symbol}</span>
    </button>
  );
  if (shut || !signals || !values || !order)
    return {
      ...{ id, height: shut ? FOLDED : HEIGHT, picture: null },
      gutter: <div className={classes.name}>{name}</div>,
    };
  const { frames, units, start, hop } = signals;
  const unitAt = (down: number) => order[Math.min(units - 1, Math.floor(down * units))];
  const frameAt = (seconds: number) => Math.max(0, Math.min(frames - 1, Math.round((seconds - start) / hop)));
  return {
    ...{ id, height: HEIGHT },
    gutter: (
      <div className={classes.name}>
        {name}
        <SignalFacts signal={signal} values={values} dark={dark} />
      </div>
    ),
    picture: (
      <SignalPicture
        {...{ network, signal, values, frames, units, order, dark }}
        from={(start - hop / 2) / clip.duration}
        to={(start + (frames - 0.5) * hop) / clip.duration}
      />
    ),
    words(seconds, down) {
      const unit = unitAt(down);
      return `unit ${unit}: ${significant(values[frameAt(seconds) * units + unit])}`;
    },
    onPress: (_, down) => toggleFollowed({ run: run.id, signal: signal.id, unit: unitAt(down) }),
  };
}

interface PictureProps {
  network: InsideNetwork;
  signal: Signal;
  values: Float32Array;
  frames: number;
  units: number;
  order: Int32Array;
  dark: boolean;
  from: number;
  to: number;
}

function SignalPicture({ network, signal, values, frames, units, order, dark, from, to }: PictureProps) {
  const heat = useMemo(() => ({ values, frames, units }), [values, frames, units]);
  const scale = useMemo(() => scaleOf(signal.range, values, dark), [signal, values, dark]);
  const cell = network.run.cell.toUpperCase();
  return (
    <HeatMap
      {...{ heat, scale, order, from, to }}
      stale={network.stale.signals}
      label={`${signal.name} of the ${cell}, ${units} units over ${frames} frames; the numbers are in the table below`}
    />
  );
}

/** What the colours stand for, and how much of it is saturated. */
function SignalFacts({ signal, values, dark }: { signal: Signal; values: Float32Array; dark: boolean }) {
  const { low, high, colours } = useMemo(() => scaleOf(signal.range, values, dark), [signal, values, dark]);
  const shares = useMemo(() => sharesOf(signal.range, values), [signal, values]);
  return (
    <>
      <div>
        <div className={classes.scale} style={{ background: colourGradient(colours) }} />
        <div className={`${classes.ends} ${classes.dim}`}>
          <span>{significant(low, 2)}</span>
          <span>{significant(high, 2)}</span>
        </div>
      </div>
      {shares && <SharesBar shares={shares} />}
    </>
  );
}

function SharesBar({ shares: { low, between, high, n, words } }: { shares: NonNullable<ReturnType<typeof sharesOf>> }) {
  const parts: [keyof Omit<Shares, 'n'>, number, string][] = [
    ['low', low, 'var(--mantine-color-dimmed)'],
    ['between', between, 'var(--hark-edge)'],
    ['high', high, 'var(--mantine-color-iris-5)'],
  ];
  return (
    <div title={`Of ${n} values (frames x units): below 0.1 of the range, between, above 0.9 of it`}>
      <div className={classes.shares}>
        {parts.map(([part, share, colour]) => (
          <span key={part} style={{ width: `${100 * share}%`, background: colour }} />
        ))}
      </div>
      <span className={classes.dim}>
        {percent(low, 2)} {words.low}, {percent(high, 2)} {words.high}
      </span>
    </div>
  );
}
