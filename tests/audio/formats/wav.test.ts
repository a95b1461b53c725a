import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBytes, probeBytes } from '#main/audio/decode.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';

const tone = (count: number, shift = 0) =>
  Float32Array.from({ length: count }, (_, n) => 0.5 * Math.sin(n / 7 + shift));

/** A RIFF WAVE file of these chunks; `pad` false leaves out the pad bytes. */
function riff(
  chunks: [id: string, content: number[] | Uint8Array, statedSize?: number][],
  { pad = true, id = 'RIFF', size = 0 } = {},
): Uint8Array {
  const parts: number[] = [];
  const word = (text: string) => parts.push(...Buffer.from(text, 'latin1'));
  const u32 = (value: number) => parts.push(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
  word(id);
  u32(size);
  word('WAVE');
  for (const [name, content, stated] of chunks) {
    word(name);
    u32(stated ?? content.length);
    parts.push(...content);
    if (pad && content.length % 2 === 1) parts.push(0);
  }
  const bytes = Uint8Array.from(parts);
  if (size === 0) new DataView(bytes.buffer).setUint32(4, bytes.length - 8, true);
  return bytes;
}

function fmt(tag: number, channels: number, rate: number, bits: number, blockAlign = (channels * bits) / 8): number[] {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint16(0, tag, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, rate, true);
  view.setUint32(8, rate * blockAlign, true);
  view.setUint16(12, blockAlign, true);
  view.setUint16(14, bits, true);
  return [...new Uint8Array(view.buffer)];
}
const PLAIN = fmt(1, 1, 8000, 16);

describe('WAV', () => {
  test('what is written is read back', async () => {
    const channels = [tone(1000), tone(1000, 2)];
    const float = await decodeBytes(encodeWav(channels, 22_050, 'float32'), 'a.wav');
    expect(float).toMatchObject({
      container: 'WAV',
      codec: 'IEEE float 32',
      sampleRate: 22_050,
      frames: 1000,
      warnings: [],
    });
    expect(float.channels).toEqual(channels);
    const pcm = await decodeBytes(encodeWav(channels, 22_050), 'a.wav');
    pcm.channels.forEach((samples, channel) =>
      samples.forEach((value, n) =>
        expect(Math.abs(value - channels[channel][n])).toBeLessThanOrEqual(0.5 / 32_768 + 1e-9),
      ),
    );
  });
  test('integers at full scale', async () => {
    const of = async (bits: number, data: number[]) => [
      ...(
        await decodeBytes(
          riff([
            ['fmt ', fmt(1, 1, 8000, bits)],
            ['data', data],
          ]),
          'a.wav',
        )
      ).channels[0],
    ];
    expect(await of(8, [0, 128, 255])).toEqual([-1, 0, 127 / 128]);
    expect(await of(16, [0, 0x80, 0xff, 0x7f])).toEqual([-1, 32_767 / 32_768]);
    expect(await of(24, [0, 0, 0x80, 0xff, 0xff, 0xff])).toEqual([-1, -1 / 8_388_608]);
    expect(await of(32, [0, 0, 0, 0x80, 0, 0, 0, 0x40])).toEqual([-1, 0.5]);
  });
  test('writing clips at full scale', async () => {
    const { channels } = await decodeBytes(encodeWav([Float32Array.of(2, -2)], 8000), 'a.wav');
    expect([...channels[0]]).toEqual([32_767 / 32_768, -1]);
  });

  test('odd chunks without their pad byte, before and after the format', async () => {
    const bytes = riff(
      [
        ['junk', [1, 2, 3]],
        ['fmt ', PLAIN],
        ['LIST', [9, 9, 9, 9, 9]],
        ['data', [1, 0, 2, 0]],
      ],
      { pad: false },
    );
    expect((await decodeBytes(bytes, 'a.wav')).frames).toBe(2);
  });
  test('the format may follow the data', async () => {
    expect(
      (
        await decodeBytes(
          riff([
            ['data', [1, 0, 2, 0]],
            ['fmt ', PLAIN],
          ]),
          'a.wav',
        )
      ).frames,
    ).toBe(2);
  });
  test('RF64 takes the size of its data from ds64', async () => {
    const ds64 = new Array<number>(28).fill(0);
    ds64[8] = 4;
    const bytes = riff(
      [
        ['ds64', ds64],
        ['fmt ', PLAIN],
        ['data', [1, 0, 2, 0], 0xffff_ffff],
        ['LIST', [1, 2, 3, 4]],
      ],
      { id: 'RF64' },
    );
    expect(await decodeBytes(bytes, 'a.wav')).toMatchObject({ frames: 2, warnings: [] });
  });
  test('a recording that was broken off, its sizes never filled in', async () => {
    const chunks: Parameters<typeof riff>[0] = [
      ['fmt ', PLAIN],
      ['data', [1, 0, 2, 0, 3, 0], 0],
    ];
    const broken = await decodeBytes(riff(chunks, { size: 36 }), 'a.wav');
    expect(broken.frames).toBe(3);
    expect(broken.warnings.join()).toContain('broken off');
  });
  test('a streamed file with 0x7FFFFFFF-like sizes says nothing', async () => {
    const bytes = riff([
      ['fmt ', PLAIN],
      ['data', [1, 0, 2, 0], 0x7fff_f000],
    ]);
    expect(await decodeBytes(bytes, 'a.wav')).toMatchObject({ frames: 2, warnings: [] });
  });
  test('samples that are not numbers become silence, with a warning', async () => {
    const bytes = encodeWav([Float32Array.of(0.5, NaN, Infinity, -0.25, 1e30)], 8000, 'float32');
    const { channels, warnings } = await decodeBytes(bytes, 'a.wav');
    expect([...channels[0]]).toEqual([0.5, 0, 0, -0.25, 0]);
    expect(warnings).toEqual(['3 samples are not numbers (NaN or infinite); silence stands in their place.']);
  });
  test('a wrong block size is put right, with a warning', async () => {
    const { frames, warnings } = await decodeBytes(
      riff([
        ['fmt ', fmt(1, 1, 8000, 16, 7)],
        ['data', [1, 0, 2, 0]],
      ]),
      'a.wav',
    );
    expect(frames).toBe(2);
    expect(warnings[0]).toContain('7 bytes');
  });

  test.each([
    [
      'float of 16 bits',
      riff([
        ['fmt ', fmt(3, 1, 8000, 16)],
        ['data', [0, 0]],
      ]),
      '16 bits',
    ],
    [
      'integers of 40 bits',
      riff([
        ['fmt ', fmt(1, 1, 8000, 40)],
        ['data', [0, 0, 0, 0, 0]],
      ]),
      '40 bits',
    ],
    [
      'no sampling rate',
      riff([
        ['fmt ', fmt(1, 1, 0, 16)],
        ['data', [0, 0]],
      ]),
      'sampling rate of 0 Hz',
    ],
    [
      'a thousand channels',
      riff([
        ['fmt ', fmt(1, 1000, 8000, 16)],
        ['data', [0, 0]],
      ]),
      '1000 channels',
    ],
    [
      'Microsoft ADPCM',
      riff([
        ['fmt ', fmt(2, 1, 8000, 4)],
        ['data', [0, 0]],
      ]),
      'Microsoft ADPCM (format tag 0x0002)',
    ],
    [
      'big-endian',
      riff(
        [
          ['fmt ', PLAIN],
          ['data', [0, 0]],
        ],
        { id: 'RIFX' },
      ),
      'RIFX',
    ],
    [
      'extensible without its extension',
      riff([
        ['fmt ', fmt(0xfffe, 1, 8000, 16)],
        ['data', [0, 0]],
      ]),
      'too short',
    ],
    [
      'extensible of a maker’s own',
      riff([
        ['fmt ', [...fmt(0xfffe, 1, 8000, 16), ...new Array<number>(24).fill(7)]],
        ['data', [0, 0]],
      ]),
      'of its maker’s own',
    ],
    [
      'half a sample',
      riff([
        ['fmt ', PLAIN],
        ['data', [1]],
      ]),
      'holds no sound',
    ],
  ])('%s is refused in words', async (_what, bytes, words) => {
    await expect(decodeBytes(bytes, 'a.wav')).rejects.toMatchObject({
      name: 'HarkError',
      kind: 'unreadable-file',
      where: 'a.wav',
      message: expect.stringContaining(words) as string,
    });
  });
});

describe('a damaged WAV', () => {
  const whole = riff([
    ['LIST', [1, 2, 3]],
    ['fmt ', PLAIN],
    ['fact', [4, 0, 0, 0]],
    ['data', [1, 0, 2, 0, 3, 0, 4, 0]],
    ['id3 ', [1, 2]],
  ]);
  const ima = riff([
    ['fmt ', [...fmt(0x11, 1, 8000, 4, 36), 2, 0, 65, 0]],
    ['data', new Array<number>(36).fill(17)],
  ]);

  test('gives sound or a HarkError, never more samples than bytes, and the same from probing', async () => {
    const change = fc.record({
      at: fc.nat(200),
      to: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 127, 128, 255)),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(whole, ima),
        fc.nat(200),
        fc.array(change, { maxLength: 8 }),
        async (from, length, changes) => {
          const bytes = from.slice(0, Math.max(1, Math.min(from.length, length)));
          for (const { at, to } of changes) bytes[at % bytes.length] = to;
          const settle = (work: Promise<{ frames: number }>) =>
            work.then(({ frames }) => frames).catch((thrown: Error) => `${thrown.name}: ${thrown.message}`);
          const decoded = await settle(decodeBytes(bytes, 'a.wav'));
          if (typeof decoded === 'string') expect(decoded).toMatch(/^HarkError: /);
          else expect(decoded).toBeLessThanOrEqual(2 * bytes.length);
          expect(await settle(probeBytes(bytes, 'a.wav'))).toBe(decoded);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
