import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peaksOf } from '#main/audio/sounds/peaks.ts';
import { BASE, buildPyramid, Range, runsOf, seeLane, type Lane } from '#main/audio/signal/pyramid.ts';
import { mixedSamples } from '#main/audio/signal/mixed.ts';
import { joined, signalFrom, silentSignal, sliced, type Signal } from '#main/audio/signal/signal.ts';
import type { Source } from '#main/audio/signal/source.ts';
import { Random } from '#shared/math/random.ts';
import { temporaryFolder } from '../../support/lab.ts';

const FRAMES = 70 * BASE + 13;

/** Stereo, 16-bit, in a file of this test. */
function noise(): Signal {
  const random = new Random(7);
  const file = path.join(temporaryFolder(), 'noise.raw');
  writeFileSync(
    file,
    Int16Array.from({ length: 2 * FRAMES }, () => random.below(65_536) - 32_768),
  );
  const source = (channel: number): Source => ({
    kind: 'file',
    path: file,
    encoding: 's16le',
    offset: 2 * channel,
    stride: 4,
  });
  return signalFrom([source(0), source(1)], FRAMES, 8000);
}

const extremes = (samples: Float32Array) => [Math.min(...samples), Math.max(...samples)];

test('a pyramid says of any part what its samples say', () => {
  const [{ lane }] = runsOf(noise(), null);
  const samples = mixedSamples(noise());
  fc.assert(
    fc.property(fc.nat(FRAMES), fc.nat(FRAMES), fc.nat(FRAMES - 1), fc.nat(FRAMES), (first, size, a, b) => {
      const pyramid = buildPyramid(lane, first, Math.min(FRAMES, first + size));
      const range = new Range();
      const [from, end] = [Math.min(a, b), Math.max(a + 1, b)];
      seeLane(lane, pyramid, from, end, range);
      expect([range.low, range.high]).toEqual(extremes(samples.subarray(from, end)));
    }),
    { numRuns: 300 },
  );
});

test('the upper levels are used: few samples are read for a long part', () => {
  const [{ lane }] = runsOf(noise(), 0);
  const pyramid = buildPyramid(lane, 0, FRAMES);
  const [source] = lane.sources as [Extract<Source, { kind: 'file' }>];
  // Samples that are not there can only be answered from the pyramid.
  const gone: Lane = { ...lane, sources: [{ ...source, path: `${source.path}.gone` }] };
  const range = new Range();
  seeLane(gone, pyramid, 2 * BASE, 68 * BASE, range);
  expect([range.low, range.high]).toEqual(extremes(mixedSamples(noise(), 0).subarray(2 * BASE, 68 * BASE)));
  expect(() => seeLane(gone, pyramid, 1, 68 * BASE, range)).toThrow('not there any more');
});

test('peaks of cut and pasted sound are those of its samples, of each channel and the mix, at every zoom', () => {
  const whole = noise();
  const cuts = fc.array(fc.tuple(fc.nat(FRAMES), fc.nat(FRAMES)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      cuts,
      fc.constantFrom(null, 0, 1),
      fc.integer({ min: 1, max: 90 }),
      fc.nat(),
      fc.nat(),
      (parts, channel, points, a, b) => {
        const silence = silentSignal({ frames: 300, sampleRate: 8000, channels: 2 });
        const signal = joined(
          silence,
          ...parts.map(([from, end]) => sliced(whole, Math.min(from, end), Math.max(from, end))),
        );
        const runs = runsOf(signal, channel);
        const pyramids = runs.map(({ lane, from, frames }) =>
          lane.sources[0].kind === 'file' ? buildPyramid(lane, from, from + frames) : null,
        );
        const [from, end] = [a % signal.frames, 1 + (b % signal.frames)].sort((x, y) => x - y);
        const found = peaksOf(runs, pyramids, from, end, points);
        const samples = mixedSamples(signal, channel);
        const count = end - from;
        for (let point = 0; count > 0 && point < points; point++) {
          const first = Math.floor((point * count) / points);
          const last = Math.max(first + 1, Math.floor(((point + 1) * count) / points));
          expect([...found.subarray(2 * point, 2 * point + 2)]).toEqual(
            extremes(samples.subarray(from + first, from + last)),
          );
        }
      },
    ),
    { numRuns: 200 },
  );
});
