import { HarkError } from '#shared/domain/errors.ts';
import type { HarkRouter } from '#main/router/router.ts';
import { contract } from '#shared/contract/index.ts';
import type { Os } from './os.ts';

/** The made lab has no studio: its tests run on the real one. */
export function studioCalls(os: Os): Pick<HarkRouter, 'studio' | 'recording'> {
  const refused = (room: 'studio' | 'recording') => {
    const calls = os[room] as unknown as Record<string, { handler(answer: () => never): unknown }>;
    const refuse = (): never => {
      throw new HarkError('unavailable', 'The made lab has no studio.');
    };
    return Object.fromEntries(Object.keys(contract[room]).map((name) => [name, calls[name].handler(refuse)]));
  };
  return { studio: refused('studio'), recording: refused('recording') } as never;
}
