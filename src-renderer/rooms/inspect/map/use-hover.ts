import { useDebouncedValue } from '@mantine/hooks';
import { useEffect } from 'react';
import type { MapClip } from '#shared/domain/clip-map.ts';
import { hear } from './hear.ts';
import { useMapHabits } from './state.ts';

/** Milliseconds the pointer rests on a point before it is heard. */
const REST = 160;

/** Plays the clip under the pointer once it rests there, where that is wanted. */
export function useHover(under: MapClip | null): void {
  const wanted = useMapHabits((state) => state.hearUnderPointer);
  const [rested] = useDebouncedValue(under, REST);
  useEffect(() => {
    if (wanted && rested) hear(rested);
  }, [wanted, rested]);
}
