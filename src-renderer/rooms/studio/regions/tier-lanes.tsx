import type { StudioClip } from '#shared/contract/studio.ts';
import type { Tier } from '#shared/domain/region.ts';
import { useStudio } from '../state.ts';
import { drawSelection } from '../view/draw-selection.ts';
import type { Ink } from '../view/ink.ts';
import { Lane, type Frame } from '../view/lane.tsx';
import type { OpenSound } from '../view/layers.ts';
import { placeIn } from '../view/pointer.ts';
import { selectByPointer } from '../view/select.ts';
import { xToSeconds } from '../view/viewport.ts';
import { chooseAt } from './choose.ts';
import { dragInTier, inTierAt } from './drag.ts';
import { drawnRegions, drawTier } from './draw.ts';
import { RegionNamer } from './namer.tsx';
import classes from './regions.module.css';
import { AddTier, TierName } from './tier-menu.tsx';

interface Props {
  open: StudioClip;
  sound: OpenSound;
  ink: Ink;
}

/** The tiers of the dataset under the picture, one lane each, in the manner of Praat. */
export function TierLanes({ open, sound, ink }: Props) {
  return (
    <div className={classes.tiers}>
      {open.tiers.map((tier, position) => (
        <div key={tier.id} className={classes.tier}>
          <TierName tier={tier} position={position} tiers={open.tiers} ink={ink} />
          <TierLane tier={tier} position={position} open={open} sound={sound} ink={ink} />
        </div>
      ))}
      <div className={classes.addTier}>
        <span />
        <AddTier dataset={open.clip.dataset} />
      </div>
    </div>
  );
}

function TierLane({ tier, position, open, sound, ink }: Props & { tier: Tier; position: number }) {
  const naming = useStudio((state) => state.naming);
  const atHand = useStudio((state) => state.tier === tier.id);
  const named = open.regions.find(({ id, tier: of }) => id === naming && of === tier.id);
  const paint = ({ ctx, view }: Frame) => {
    const { tiers, regions } = drawnRegions(sound.clip);
    drawTier(ctx, view, tiers[position] ?? tier, position, regions, ink);
    drawSelection(ctx, { ...view, frequencies: null }, ink);
  };
  return (
    <Lane
      className={classes.lane}
      data-lane="tier"
      data-tier={tier.name}
      data-chosen={atHand || undefined}
      paint={paint}
      onPointerMove={(event) => {
        const found = inTierAt(event.currentTarget, event, tier, sound.clip);
        event.currentTarget.style.cursor = found?.edge ? 'ew-resize' : found ? 'pointer' : '';
      }}
      onPointerDown={(event) => {
        if (event.button !== 0 || dragInTier(event, tier, sound)) return;
        selectByPointer(event, { sound, kind: 'waveform', range: null, channel: null });
      }}
      onDoubleClick={(event) => {
        const element = event.currentTarget;
        const view = { ...useStudio.getState().view, width: element.clientWidth };
        chooseAt(sound.clip, xToSeconds(placeIn(element, event).x, view), null);
        useStudio.setState(({ region }) => ({ naming: region }));
      }}
    >
      {named && <RegionNamer key={named.id} sound={sound} region={named} />}
    </Lane>
  );
}
