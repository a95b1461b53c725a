import { Failure } from '../../../../parts/failure.tsx';
import { colourGradient } from '../../../../parts/sound/colours.ts';
import { useSpectrogramSettings } from '../../../../parts/sound/spectrogram-settings.ts';
import { Lane } from '../lane.tsx';
import type { OpenSound } from '../layers.ts';
import view from '../view.module.css';
import { useChannelOf } from './channel.ts';
import { HEATS, drawHeat } from './heat.ts';
import type { Overlay } from './kinds.ts';
import classes from './overlays.module.css';
import { useOverlayTiles } from './overlay-tiles.ts';
import { useShownOverlays } from './settings.ts';
import { valueNames } from './words.ts';

/** Mel bands and MFCC as pictures under the spectrogram, each in a lane with an axis of its own. */
export function HeatStrips({ sound }: { sound: OpenSound }) {
  return useShownOverlays().map(
    (overlay) => overlay.lane === 'strip' && <HeatStrip key={overlay.kind} overlay={overlay} sound={sound} />,
  );
}

function HeatStrip({ overlay, sound }: { overlay: Overlay; sound: OpenSound }) {
  const kind = overlay.kind as keyof typeof HEATS;
  const heat = HEATS[kind];
  const colours = useSpectrogramSettings((state) => state.colours);
  const channel = useChannelOf(overlay, sound);
  const tiles = useOverlayTiles((state) => state.tiles);
  useOverlayTiles((state) => state.stamp);
  const newest = tiles?.inSight(kind, channel).at(-1);
  const error = tiles?.error(kind, channel);
  const values = newest?.values ?? 1;
  return (
    <div className={view.row}>
      <div className={classes.names} style={{ height: heat.height }} aria-hidden>
        {newest &&
          heat.names(values, sound.sampleRate).map(({ share, name }) => (
            <span key={name} style={{ bottom: share * heat.height }}>
              {name}
            </span>
          ))}
      </div>
      <div className={classes.strip} style={{ height: heat.height }}>
        <Lane
          className={classes.picture}
          data-lane="strip"
          aria-label={`${overlay.title}${newest ? `, ${valueNames(kind, values).length} values a frame: ${newest.words}` : ''}`}
          role="img"
          paint={({ ctx, view, scale }) => {
            if (tiles) drawHeat(ctx, view, scale, tiles.want(kind, channel, view), heat, colours);
          }}
        />
        <span className={classes.printed}>
          {overlay.title}
          <span className={classes.ramp} style={{ background: colourGradient(colours) }} />
          {heat.words} {newest && <>· {newest.words}</>}
        </span>
        {error ? <Failure error={error} title={`${overlay.title} could not be computed`} /> : null}
      </div>
    </div>
  );
}
