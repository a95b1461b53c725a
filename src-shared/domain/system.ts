import { z } from 'zod';

/** What the arithmetic runs on, in the order in which it is tried. */
export const BACKENDS = ['native', 'tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** The engine in use and why the better ones are not. */
export const BackendReport = z.object({
  name: z.enum(BACKENDS),
  /** `baseline`, `avx2`, `avx512` or `neon`; of WebAssembly `simd`; null where it is not ours to know. */
  instructionSet: z.string().nullable(),
  threads: z.number().int(),
  /** The faster ones that were tried in vain, and why. */
  unavailable: z.array(z.object({ backend: z.enum(BACKENDS), reason: z.string() })),
});
/** What was chosen at start; recorded with each run. */
export type BackendReport = z.infer<typeof BackendReport>;

/** What a lab wants its networks computed on; kept with the lab. */
export const EngineSettings = z.object({
  /** null: the first of BACKENDS that this machine has. */
  backend: z.enum(BACKENDS).nullable().default(null),
  /** null: all cores. Results do not depend on it. */
  threads: z.number().int().min(1).max(256).nullable().default(null),
});
export type EngineSettings = z.infer<typeof EngineSettings>;

/** Whether this machine can have a backend, tried in a process of its own. */
export const BackendCheck = z.object({
  backend: z.enum(BACKENDS),
  available: z.boolean(),
  /** As in BackendReport; null where it cannot be had. */
  instructionSet: z.string().nullable(),
  threads: z.number().int().nullable(),
  /** Why it cannot be had. */
  reason: z.string().nullable(),
});
export type BackendCheck = z.infer<typeof BackendCheck>;

/** A variable of the environment that stands above the lab's own choice. */
export const EngineOverride = z.object({ variable: z.string(), value: z.string() });
export type EngineOverride = z.infer<typeof EngineOverride>;

/** All there is to know of the engine: what is in use, what was chosen, what could be. */
export const EngineView = z.object({
  /** What this process computes with; trainings to come begin with the same. */
  inUse: BackendReport,
  chosen: EngineSettings,
  overrides: z.array(EngineOverride),
  /** Every backend, the fastest first. */
  backends: z.array(BackendCheck),
  cores: z.number().int(),
});
export type EngineView = z.infer<typeof EngineView>;

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
