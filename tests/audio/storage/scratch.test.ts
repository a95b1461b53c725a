import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Scratch } from '#main/audio/storage/scratch.ts';
import { channelsOf, signalFrom } from '#main/audio/signal/signal.ts';
import { temporaryFolder } from '../../support/lab.ts';

const floats = (count: number, value: number) => new Float32Array(count).fill(value);

describe('the scratch folder', () => {
  test('a sink’s files are the samples written, under their names only when they are whole', () => {
    const scratch = new Scratch(temporaryFolder());
    const sink = scratch.sink('k')(2);
    sink.write([floats(300_000, 0.25), floats(300_000, 0.5)]);
    sink.write([floats(7, 1), floats(7, -1)]);
    expect(readdirSync(scratch.folder).every((name) => name.endsWith('.part'))).toBe(true);
    const { sources, frames } = sink.end();
    expect(readdirSync(scratch.folder).sort()).toEqual(['k.0-0.f32', 'k.0-1.f32']);
    const [left, right] = channelsOf(signalFrom(sources, frames, 8000));
    expect([left.length, left[299_999], left[300_006], right[0], right[300_000]]).toEqual([300_007, 0.25, 1, 0.5, -1]);
  });

  test('what is not ended leaves nothing, neither at once nor after the end of the process', async () => {
    const scratch = new Scratch(temporaryFolder());
    scratch
      .sink('k')(1)
      .write([floats(9, 1)]);
    scratch.discard();
    expect(readdirSync(scratch.folder)).toEqual([]);

    const program = path.join(scratch.folder, 'writer.ts');
    const module = JSON.stringify(path.resolve('src-main/audio/storage/scratch.ts'));
    writeFileSync(
      program,
      `import { Scratch } from ${module};
      const sink = new Scratch(${JSON.stringify(scratch.folder)}).sink('killed')(1);
      for (let n = 0; n < 8; n++) sink.write([new Float32Array(2 ** 18)]);
      process.send('writing');
      setInterval(() => sink.write([new Float32Array(2 ** 18)]), 1);`,
    );
    const child = fork(program, [], { execArgv: [] });
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const left = readdirSync(scratch.folder).filter((name) => name.startsWith('killed'));
    expect(left).toHaveLength(1);
    expect(left[0]).toMatch(/\.part$/);
    new Scratch(scratch.folder).sweep();
    expect(readdirSync(scratch.folder)).toEqual(['writer.ts']);
  });

  test('what was not used for longest is pruned, all of a key together, and never what is in use', () => {
    const scratch = new Scratch(temporaryFolder());
    for (const [age, key] of ['new', 'middle', 'old', 'used'].entries())
      for (const name of ['a', 'b']) {
        scratch.write(key, name, new Uint8Array(1000));
        const then = new Date(Date.now() - 1000 * (age + 1));
        utimesSync(scratch.file(key, name), then, then);
      }
    scratch.prune(new Set(['used']), 5000);
    expect(readdirSync(scratch.folder).sort()).toEqual(['new.a', 'new.b', 'used.a', 'used.b']);
    scratch.touch('used');
    expect(statSync(scratch.file('used', 'a')).mtimeMs).toBeGreaterThan(statSync(scratch.file('new', 'a')).mtimeMs);
    scratch.prune(new Set(), 3000);
    expect(readdirSync(scratch.folder).sort()).toEqual(['used.a', 'used.b']);
    scratch.prune(new Set());
    expect(readdirSync(scratch.folder)).toHaveLength(2);
  });
});
