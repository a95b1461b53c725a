import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_KINDS } from '../domain/errors.ts';

/** How a HarkError travels: one typed error, `HARK`, with its kind, place and remedy. */
export const FailureData = z.object({
  kind: z.enum(ERROR_KINDS),
  where: z.string().nullable(),
  remedy: z.string().nullable(),
});
export type FailureData = z.infer<typeof FailureData>;

export const base = oc.errors({ HARK: { data: FailureData } });

export const Id = z.number().int().positive();
export const Nothing = z.object({});
