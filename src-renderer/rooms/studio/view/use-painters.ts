import { useEffect, useRef } from 'react';
import { LAYERS, type LaneKind, type OpenSound, type Painter } from './layers.ts';
import { useStage } from './stage.ts';

/** The overlays of a lane, alive as long as the sound is. */
export function usePainters(kind: LaneKind, sound: OpenSound): { readonly current: readonly Painter[] } {
  const stage = useStage();
  const painters = useRef<readonly Painter[]>([]);
  useEffect(() => {
    const made = LAYERS.filter(({ lanes }) => lanes.includes(kind)).map((layer) =>
      layer.paint(sound, stage.invalidate),
    );
    painters.current = made;
    stage.invalidate();
    return () => {
      painters.current = [];
      for (const painter of made) painter.dispose();
    };
  }, [kind, sound, stage]);
  return painters;
}
