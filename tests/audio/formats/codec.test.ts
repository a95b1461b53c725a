import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import decoders from 'audio-decode';
import { expect, test } from 'vitest';
import { decodeFile, probeFile } from '#main/audio/decode.ts';
import { openSignal } from '#main/audio/open.ts';
import { channelsOf, shapeOf } from '#main/audio/signal/signal.ts';
import { memorySink } from '#main/audio/signal/sink.ts';
import { describePrograms, inFolder, run } from '../../support/programs.ts';

/** Long enough that each is decoded in several parts, and the MP3 file twice. */
const LONG = [
  { ending: 'mp3', codec: 'mp3', seconds: 240, arguments: ['-b:a', '320k'] },
  { ending: 'ogg', codec: 'oga', seconds: 220, arguments: ['-b:a', '256k'] },
  { ending: 'opus', codec: 'opus', seconds: 150, arguments: ['-c:a', 'libopus', '-b:a', '320k'] },
  { ending: 'flac', codec: 'flac', seconds: 45, arguments: [] },
] as const;

describePrograms('a long compressed sound', () => {
  test.each(LONG)(
    'as $ending is the same part after part as at once',
    async ({ ending, codec, seconds, ...options }) => {
      await inFolder(async (folder) => {
        const file = path.join(folder, `long.${ending}`);
        const noise = [
          '-f',
          'lavfi',
          '-i',
          `anoisesrc=d=${seconds}:c=pink:a=0.3:r=44100:seed=1,aformat=channel_layouts=stereo`,
        ];
        run('ffmpeg', ['-v', 'error', ...noise, ...options.arguments, file]);
        expect(statSync(file).size).toBeGreaterThan(4.5e6);

        const decoder = await decoders[codec]();
        const atOnce = [await decoder(new Uint8Array(readFileSync(file))), await decoder.flush()];
        decoder.free();
        const frames = atOnce.reduce((sum, { channelData }) => sum + (channelData[0]?.length ?? 0), 0);
        const decoded = await decodeFile(file);
        const signal = await openSignal(file, memorySink);
        const shape = { frames, channels: 2, sampleRate: atOnce[0].sampleRate };
        expect(shapeOf(signal)).toEqual(shape);
        expect(await probeFile(file)).toMatchObject(shape);
        // FLAC's integers are divided by another full scale here.
        const near = ending === 'flac' ? 2 ** -15 : 0;
        channelsOf(signal).forEach((samples, channel) => {
          expect(samples).toEqual(decoded.channels[channel]);
          let at = 0;
          for (const { channelData } of atOnce) {
            // The MP3 decoder gives one channel where both are alike.
            const part = channelData[channel] ?? channelData[0] ?? [];
            expect(part.every((value, n) => Math.abs(value - samples[at + n]) <= near)).toBe(true);
            at += part.length;
          }
        });
      });
    },
    60_000,
  );
});
