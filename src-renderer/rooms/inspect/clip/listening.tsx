import { useMemo } from 'react';
import { rangeFor, useSpectrogramSettings } from '../../../parts/sound/spectrogram-settings.ts';
import { ShadeOver, shadeOfAttention, shadeOfSaliency } from './shade.tsx';
import type { InsideNetwork } from './use-networks.ts';

interface Props {
  /** Those in sight; of several nobody could say whose shade it is. */
  networks: readonly InsideNetwork[];
  /** Seconds. */
  duration: number;
  /** Hz. */
  sampleRate: number;
  names: readonly string[];
}

/** Over the spectrogram: what the network listens to stays bright, by its saliency where that is asked for, else by its attention. */
export function Listening({ networks, duration, sampleRate, names }: Props) {
  const settings = useSpectrogramSettings();
  const { scale, fMin, fMax } = rangeFor(settings, sampleRate);
  const { saliency, attention } = networks[0];
  const shade = useMemo(() => {
    if (saliency) return shadeOfSaliency(saliency, { scale, fMin, fMax });
    return attention && shadeOfAttention(attention);
  }, [saliency, attention, scale, fMin, fMax]);
  const times = saliency ?? attention;
  if (networks.length > 1 || !shade || !times) return null;
  const label = saliency
    ? `Bright: what speaks for ${names[saliency.target]}`
    : 'Bright: the frames that the attention weighs most';
  return <ShadeOver shade={shade} start={times.start} hop={times.hop} duration={duration} label={label} />;
}
