import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBytes, probeBytes } from '#main/audio/decode.ts';

const text = (words: string) => [...Buffer.from(words, 'latin1')];
const u16 = (value: number) => [value >> 8, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];

/** 16-bit samples 1, 2, 3 (of 32768), big-endian. */
const SAMPLES = [0, 1, 0, 2, 0, 3];
const VALUES = [1, 2, 3].map((value) => value / 32_768);
/** 8000 as an 80-bit extended number: 1.953125 * 2^12. */
const RATE_8000 = [0x40, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0];

const auFile = (encoding: number, data: number[], size = data.length) =>
  Uint8Array.from([
    ...text('.snd'),
    ...u32(28),
    ...u32(size),
    ...u32(encoding),
    ...u32(8000),
    ...u32(1),
    ...text('note'),
    ...data,
  ]);
const chunk = (id: string, content: number[]) => [
  ...text(id),
  ...u32(content.length),
  ...content,
  ...(content.length % 2 ? [0] : []),
];
const aiffFile = (
  kind: 'AIFF' | 'AIFC',
  type: string,
  bits: number,
  data: number[],
  frames = data.length / Math.ceil(bits / 8),
) => {
  const common = [
    ...u16(1),
    ...u32(frames),
    ...u16(bits),
    ...RATE_8000,
    ...(kind === 'AIFC' ? [...text(type), 0, 0] : []),
  ];
  const body = [
    ...text(kind),
    ...chunk('odd ', [1, 2, 3]),
    ...chunk('SSND', [...u32(2), ...u32(0), 7, 7, ...data]),
    ...chunk('COMM', common),
  ];
  return Uint8Array.from([...text('FORM'), ...u32(body.length), ...body]);
};
const sphereFile = (fields: string, data: number[]) =>
  Uint8Array.from([...text(`NIST_1A\n   1024\n${fields}end_head\n`.padEnd(1024, ' ')), ...data]);
const PCM_FIELDS = 'sample_rate -i 8000\nchannel_count -i 1\nsample_n_bytes -i 2\n';

describe('AU', () => {
  test.each([
    [3, SAMPLES, 'PCM s16be', VALUES],
    [2, [0x80, 0x40], 'PCM s8', [-1, 0.5]],
    [4, [0x80, 0, 0], 'PCM s24be', [-1]],
    [6, [0x3f, 0, 0, 0], 'IEEE float 32', [0.5]],
    [7, [0x3f, 0xe0, 0, 0, 0, 0, 0, 0], 'IEEE float 64', [0.5]],
  ])('encoding %i', async (encoding, data, codec, values) => {
    const sound = await decodeBytes(auFile(encoding, data), 'a.au');
    expect(sound).toMatchObject({ container: 'AU', codec, sampleRate: 8000, warnings: [] });
    expect([...sound.channels[0]]).toEqual(values);
  });
  test('of unknown size goes to the end of the file', async () => {
    expect((await decodeBytes(auFile(3, SAMPLES, 0xffff_ffff), 'a.au')).frames).toBe(3);
  });
  test('of another coding is refused with its number', async () => {
    await expect(decodeBytes(auFile(23, SAMPLES), 'a.au')).rejects.toThrow('coded as number 23');
  });
});

describe('AIFF', () => {
  test.each([
    ['AIFF', '', 16, SAMPLES, 'PCM s16be', VALUES],
    ['AIFF', '', 8, [0x80, 0x40], 'PCM s8', [-1, 0.5]],
    ['AIFF', '', 12, SAMPLES, 'PCM s16be', VALUES],
    ['AIFC', 'sowt', 16, [1, 0, 2, 0, 3, 0], 'PCM s16le', VALUES],
    ['AIFC', 'fl32', 32, [0x3f, 0, 0, 0], 'IEEE float 32', [0.5]],
    ['AIFC', 'raw ', 8, [0, 0x80], 'PCM u8', [-1, 0]],
  ] as const)('%s %s of %i bits', async (kind, type, bits, data, codec, values) => {
    const sound = await decodeBytes(aiffFile(kind, type, bits, [...data]), 'a.aiff');
    expect(sound).toMatchObject({
      container: kind === 'AIFF' ? 'AIFF' : 'AIFF-C',
      codec,
      sampleRate: 8000,
      warnings: [],
    });
    expect([...sound.channels[0]]).toEqual(values);
  });
  test('of another compression is refused with its name', async () => {
    await expect(decodeBytes(aiffFile('AIFC', 'ima4', 16, SAMPLES), 'a.aiff')).rejects.toThrow('"ima4"');
  });
  test('with fewer samples than it says is read with a warning', async () => {
    const sound = await decodeBytes(aiffFile('AIFF', '', 16, SAMPLES, 5000), 'a.aiff');
    expect(sound.warnings[0]).toContain('of 5000 samples are there');
  });
});

describe('NIST SPHERE', () => {
  test.each([
    ['sample_byte_format -s2 10\n', SAMPLES, 'PCM s16be'],
    ['sample_byte_format -s2 01\nsample_count -i 3\n', [1, 0, 2, 0, 3, 0], 'PCM s16le'],
  ])('%j', async (fields, data, codec) => {
    const sound = await decodeBytes(sphereFile(PCM_FIELDS + fields, data), 'a.sph');
    expect(sound).toMatchObject({ container: 'NIST SPHERE', codec, sampleRate: 8000, warnings: [] });
    expect([...sound.channels[0]]).toEqual(VALUES);
  });
  test('without a sampling rate is refused', async () => {
    await expect(decodeBytes(sphereFile('sample_n_bytes -i 2\n', SAMPLES), 'a.sph')).rejects.toThrow(
      'no usable sample_rate',
    );
  });
});

test('damaged files give sound or a HarkError, the same from probing, and never more samples than bytes', async () => {
  const files = [auFile(3, SAMPLES), aiffFile('AIFC', 'sowt', 16, SAMPLES), sphereFile(PCM_FIELDS, SAMPLES)];
  const change = fc.record({
    at: fc.nat(1100),
    to: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 127, 128, 255)),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.nat(1100),
      fc.array(change, { maxLength: 8 }),
      async (from, length, changes) => {
        const bytes = from.slice(0, Math.max(1, Math.min(from.length, length)));
        for (const { at, to } of changes) bytes[at % bytes.length] = to;
        const settle = (work: Promise<{ frames: number }>) =>
          work.then(({ frames }) => frames).catch((thrown: Error) => `${thrown.name}: ${thrown.message}`);
        const decoded = await settle(decodeBytes(bytes, 'a'));
        if (typeof decoded === 'string') expect(decoded).toMatch(/^HarkError: /);
        else expect(decoded).toBeLessThanOrEqual(bytes.length);
        expect(await settle(probeBytes(bytes, 'a'))).toBe(decoded);
      },
    ),
    { numRuns: 3000 },
  );
});
