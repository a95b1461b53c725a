import { useEffect, useRef } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { FrequencyAxis } from '../../../parts/sound/axes.tsx';
import { useSize } from '../../../parts/sound/use-size.ts';
import { chooseAt } from '../regions/choose.ts';
import { TierLanes } from '../regions/tier-lanes.tsx';
import { useHabits, useStudio } from '../state.ts';
import { AmplitudeAxis } from './amplitude-axis.tsx';
import { channelsShown, spectrogramChannel } from './channels.ts';
import { Crosshair } from './crosshair.tsx';
import { useInk } from './ink.ts';
import { LaneDivider, useWaveShare } from './lane-divider.tsx';
import type { OpenSound } from './layers.ts';
import { Minimap } from './minimap.tsx';
import { Playhead } from './playhead.tsx';
import { placeIn } from './pointer.ts';
import { shownRange, useShownRange } from './range.ts';
import { Ruler } from './ruler.tsx';
import { SpectrogramLane } from './spectrogram-lane.tsx';
import { useWheelOn } from './use-wheel.ts';
import classes from './view.module.css';
import { WaveLane } from './wave-lane.tsx';
import { xToSeconds, yToFrequency } from './viewport.ts';

/** All lanes of a sound over one axis of time: minimap, ruler, waveform, spectrogram, tiers; one playhead through them. */
export function Lanes({ open, sound }: { open: StudioClip; sound: OpenSound }) {
  const ink = useInk();
  const frame = useRef<HTMLDivElement>(null);
  const over = useRef<HTMLDivElement>(null);
  const channel = useStudio((state) => state.channel);
  const amplitude = useHabits((state) => state.amplitude);
  const range = useShownRange(sound.sampleRate);
  const share = useWaveShare();
  const { ref: picture, height } = useSize<HTMLDivElement>();
  const waves = channelsShown(sound, channel);
  useWheelOn(frame, sound);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onDouble = (event: MouseEvent) => {
      const lane = (event.target as Element).closest<HTMLElement>('[data-lane]');
      const kind = lane?.dataset['lane'];
      if (!lane || (kind !== 'waveform' && kind !== 'spectrogram')) return;
      const { x, y } = placeIn(lane, event);
      const seconds = xToSeconds(x, { ...useStudio.getState().view, width: lane.clientWidth });
      const hz = kind === 'spectrogram' ? yToFrequency(y, shownRange(sound.sampleRate), lane.clientHeight) : null;
      chooseAt(sound.clip, seconds, hz);
    };
    element.addEventListener('dblclick', onDouble);
    return () => element.removeEventListener('dblclick', onDouble);
  }, [sound]);

  return (
    <div ref={frame} className={classes.lanes}>
      <div className={classes.row}>
        <span />
        <Minimap sound={sound} ink={ink} />
      </div>
      <div ref={over} className={classes.under}>
        <div className={classes.row}>
          <span className={classes.rulerUnit} aria-hidden />
          <Ruler sound={sound} ink={ink} />
        </div>
        <div className={classes.waves} style={{ flexGrow: share }}>
          {waves.map((one) => (
            <div key={String(one)} className={classes.fill}>
              <AmplitudeAxis amplitude={amplitude} />
              <WaveLane sound={sound} channel={one} ink={ink} />
            </div>
          ))}
        </div>
        <LaneDivider />
        <div className={classes.fill} style={{ flexGrow: 1 - share }}>
          <div ref={picture} className={classes.gutter}>
            <FrequencyAxis range={range} height={height} />
          </div>
          <SpectrogramLane sound={sound} channel={spectrogramChannel(channel)} ink={ink} />
        </div>
        <TierLanes open={open} sound={sound} ink={ink} />
        <div className={classes.over}>
          <Playhead sound={sound} />
          <Crosshair frame={over} sound={sound} />
        </div>
      </div>
    </div>
  );
}
