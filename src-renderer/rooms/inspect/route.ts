import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';

/** What an address of the room names: `/inspect/12/345` is clip 345 as the networks of comparison 12 hear it. */
export interface InspectRoute {
  comparison: number | null;
  clip: number | null;
}

export function readRoute(location: string): InspectRoute {
  const [, comparison, clip] = /^\/inspect(?:\/([1-9]\d*)(?:\/([1-9]\d*))?)?$/.exec(location) ?? [];
  return { comparison: comparison ? Number(comparison) : null, clip: clip ? Number(clip) : null };
}

export function useInspectRoute() {
  const [location, navigate] = useLocation();
  const go = (comparison: number, clip: number | null, replace = false) =>
    navigate(paths.inspect(comparison, clip), { replace });
  return { ...readRoute(location), go };
}
