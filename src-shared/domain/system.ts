import { z } from 'zod';

export const BACKENDS = ['native', 'tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** The engine in use and why the better ones are not. */
export const BackendReport = z.object({
  name: z.enum(BACKENDS),
  /** e.g. "avx512"; null where it does not apply. */
  instructionSet: z.string().nullable(),
  threads: z.number().int(),
  unavailable: z.array(z.object({ backend: z.enum(BACKENDS), reason: z.string() })),
});
export type BackendReport = z.infer<typeof BackendReport>;

/** What `hark doctor` tells. */
export const Doctor = z.object({
  hark: z.string(),
  backend: z.string(),
  instructionSet: z.string().nullable(),
  threads: z.number().int(),
  unavailable: BackendReport.shape.unavailable,
  versions: z.record(z.string(), z.string()),
  platform: z.string(),
  cores: z.number().int(),
  memoryMB: z.number(),
  electron: z.string(),
  lab: z.string(),
});
export type Doctor = z.infer<typeof Doctor>;
