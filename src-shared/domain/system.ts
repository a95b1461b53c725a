import { z } from 'zod';

/** What the arithmetic runs on, in the order in which it is tried. */
export const BACKENDS = ['native', 'tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** The engine in use and why the better ones are not. */
export const BackendReport = z.object({
  name: z.enum(BACKENDS),
  /** `baseline`, `avx2`, `avx512` or `neon`; null where it is not ours to know. */
  instructionSet: z.string().nullable(),
  threads: z.number().int(),
  /** The faster ones that were tried in vain, and why. */
  unavailable: z.array(z.object({ backend: z.enum(BACKENDS), reason: z.string() })),
});
/** What was chosen at start; recorded with each run. */
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
