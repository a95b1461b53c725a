/** How a phone sounds in a voice of average vocal tract length; levels are linear, 1 an open vowel's. */
export interface Phone {
  /** Typical length, seconds. */
  duration: number;
  /** First to fourth formant, Hz. */
  formants: readonly [number, number, number, number];
  /** Their bandwidths, Hz. */
  bandwidths: readonly [number, number, number, number];
  voicing: number;
  /** Zero of the nasal tract, Hz; as far from its pole (`NASAL_POLE`) as the murmur is nasal. */
  nasalZero: number;
  /** Noise made at a narrowing: level, and the resonance before it. */
  frication: { level: number; frequency: number; bandwidth: number };
}

/** Hz; where the zero lies on it, the nasal tract is shut. */
export const NASAL_POLE = 270;

const silent = { level: 0, frequency: 4000, bandwidth: 2000 };
const VOWEL_BANDWIDTHS = [70, 90, 140, 200] as const;
const MURMUR_BANDWIDTHS = [90, 200, 260, 300] as const;

function vowel(formants: Phone['formants']): Phone {
  return {
    duration: 0.12,
    formants,
    bandwidths: VOWEL_BANDWIDTHS,
    voicing: 1,
    nasalZero: NASAL_POLE,
    frication: silent,
  };
}

function nasal(formants: Phone['formants']): Phone {
  return { duration: 0.1, formants, bandwidths: MURMUR_BANDWIDTHS, voicing: 0.55, nasalZero: 460, frication: silent };
}

/** A stop: its closure, then its burst as a phone of its own, so that the release lies where the times say. */
function closure(formants: Phone['formants']): Phone {
  return {
    duration: 0.07,
    formants,
    bandwidths: VOWEL_BANDWIDTHS,
    voicing: 0,
    nasalZero: NASAL_POLE,
    frication: silent,
  };
}

function burst(formants: Phone['formants'], level: number, frequency: number, bandwidth: number): Phone {
  return { ...closure(formants), duration: 0.03, frication: { level, frequency, bandwidth } };
}

const ALVEOLAR = [320, 1700, 2600, 3500] as const;
const VELAR = [300, 1600, 2200, 3400] as const;

/**
 * Vowel formants after G. E. Peterson, H. L. Barney (1952) and, for consonants, Klatt (1980), rounded. Stops are closure
 * and release, named as TIMIT names them.
 */
export const PHONES = {
  a: vowel([730, 1150, 2500, 3500]),
  i: vowel([280, 2250, 2950, 3600]),
  o: vowel([480, 850, 2450, 3400]),
  u: vowel([310, 800, 2300, 3300]),
  m: nasal([260, 1050, 2200, 3300]),
  n: nasal([260, 1500, 2500, 3400]),
  l: { ...vowel([360, 1150, 2750, 3400]), duration: 0.1, voicing: 0.6 },
  s: {
    duration: 0.12,
    formants: ALVEOLAR,
    bandwidths: MURMUR_BANDWIDTHS,
    voicing: 0,
    nasalZero: NASAL_POLE,
    frication: { level: 0.05, frequency: 5400, bandwidth: 1600 },
  },
  tcl: closure(ALVEOLAR),
  t: burst(ALVEOLAR, 0.08, 4300, 1800),
  kcl: closure(VELAR),
  k: burst(VELAR, 0.25, 1900, 700),
} as const satisfies Record<string, Phone>;

export type PhoneName = keyof typeof PHONES;
