import { useEffect, useState } from 'react';
import { useStage } from './stage.ts';

/** Why tiles in sight are missing, looked at after each frame; null: nothing failed. */
export function useTileError(tiles: { readonly error: unknown }): unknown {
  const stage = useStage();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => stage.add(() => setError(tiles.error)), [stage, tiles]);
  return error;
}
