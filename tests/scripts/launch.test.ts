import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashSources, isBuilt } from '../../scripts/build.mjs';
import { electronFailedToStart, noWindowReason } from '../../scripts/electron.mjs';
import { mendLock, PREBUILT } from '../../scripts/lock.mjs';
import { bundledNode, isNewEnough, ROOT, tooOld } from '../../scripts/node.mjs';
import { parseStart } from '../../scripts/start.mjs';
import { count, totalsLine } from '../../scripts/test.mjs';
import { temporaryFolder } from '../support/lab.ts';

describe('the Node that runs', () => {
  test.each([
    ['18.20.4', false],
    ['20.19.0', false],
    ['22.17.1', false],
    ['22.18.0', true],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('%s is new enough: %s', (version, enough) => expect(isNewEnough(version)).toBe(enough));

  test('too old a one is told in one line', () => {
    expect(tooOld('20.20.2')).toMatch(/^Hark needs Node 22\.18 or newer; this is 20\.20\.2\. [^\n]+$/);
  });

  test('an installation without the bundled one says that there is none', () => {
    expect(bundledNode(temporaryFolder())).toBeNull();
  });

  test('launch.mjs and what it loads before it knows its Node are readable by Node 18', () => {
    for (const file of ['launch.mjs', 'node.mjs', 'postinstall.mjs', 'addon.mjs']) {
      const text = readFileSync(path.join(ROOT, 'scripts', file), 'utf8');
      expect(text, file).not.toMatch(/import\.meta\.(dirname|filename)|\bwith \{|\busing\b|\.ts'/);
    }
  });

  test.skipIf(!olderNode())('an older Node hands over to the bundled one', () => {
    const { status, stdout } = spawnSync(olderNode()!, [path.join(ROOT, 'scripts/launch.mjs'), 'start', '--help']);
    expect(status).toBe(0);
    expect(String(stdout)).toContain('usage: npm start');
  });

  test.skipIf(!olderNode())('what an older Node is told, the bundled one is told', async () => {
    const folder = temporaryFolder();
    const child = spawn(olderNode()!, [
      path.join(ROOT, 'scripts/launch.mjs'),
      'cli',
      'serve',
      '--no-open',
      '--lab',
      folder,
    ]);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text: Buffer) => {
          said += String(text);
          if (said.includes('Ctrl+C ends Hark')) resolve();
        });
      child.on('close', () => reject(new Error(said)));
    });
    child.removeAllListeners('close');
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });

  test.skipIf(!olderNode())('an older Node alone ends with one line and exit code 1', () => {
    const alone = temporaryFolder();
    mkdirSync(path.join(alone, 'scripts'));
    for (const file of ['launch.mjs', 'node.mjs'])
      writeFileSync(path.join(alone, 'scripts', file), readFileSync(path.join(ROOT, 'scripts', file)));
    const { status, stderr } = spawnSync(olderNode()!, [path.join(alone, 'scripts/launch.mjs'), 'start']);
    expect(status).toBe(1);
    expect(String(stderr).trim()).toMatch(/^Hark needs Node 22\.18 or newer; this is \d+\.[^\n]+$/);
  });
});

/** The machine's own Node, where it is older than Hark needs. */
function olderNode(): string | null {
  const own = ['/usr/bin/node', '/usr/local/bin/node'].find((file) => existsSync(file));
  if (!own) return null;
  return isNewEnough(
    String(spawnSync(own, ['--version']).stdout)
      .trim()
      .slice(1),
  )
    ? null
    : own;
}

describe('start', () => {
  test('reads its options', () => {
    expect(parseStart(['--lab', '/a', '--port', '8420', '--no-open'])).toMatchObject({
      values: { lab: '/a', port: 8420, 'no-open': true },
    });
  });
  test.each([[['--prot', '1']], [['--port', 'x']], [['--port', '70000']], [['--lab']], [['extra']]])(
    '%j is refused',
    (args) => expect(parseStart(args)).toHaveProperty('wrong'),
  );
  test('a window needs a display, and Electron’s sandbox another user than root', () => {
    expect(noWindowReason('linux', {}, 1000)).toMatch(/display/);
    expect(noWindowReason('linux', { DISPLAY: ':0' }, 0)).toMatch(/root/);
    expect(noWindowReason('linux', { WAYLAND_DISPLAY: 'w' }, 1000)).toBeNull();
    expect(noWindowReason('darwin', {}, 501)).toBeNull();
  });
  test('a crash before the first window leads to the browser, an ordinary end does not', () => {
    expect(electronFailedToStart({ code: 127, signal: null })).toBe(true);
    expect(electronFailedToStart({ code: null, signal: 'SIGTRAP' })).toBe(true);
    expect(electronFailedToStart({ code: 0, signal: null })).toBe(false);
    expect(electronFailedToStart({ code: 1, signal: null })).toBe(false);
    expect(electronFailedToStart({ code: null, signal: 'SIGTERM' })).toBe(false);
  });
});

describe('build', () => {
  test('is out of date as soon as a source changes, is added, or is renamed', () => {
    const root = temporaryFolder();
    mkdirSync(path.join(root, 'src-main'));
    writeFileSync(path.join(root, 'src-main/a.ts'), '1');
    const hashes = [hashSources(root)];
    const change = (file: string, text: string) => {
      writeFileSync(path.join(root, file), text);
      hashes.push(hashSources(root));
    };
    change('src-main/a.ts', '2');
    change('src-main/b.ts', '2');
    change('package.json', '{}');
    expect(new Set(hashes).size).toBe(4);
    change('src-main/a.ts', '2');
    expect(hashes.at(-1)).toBe(hashes.at(-2));
  });

  test('counts only when all of it is there', () => {
    const root = temporaryFolder();
    for (const folder of ['out/renderer', 'out/main']) mkdirSync(path.join(root, folder), { recursive: true });
    writeFileSync(path.join(root, 'out/sources.sha256'), 'abc\n');
    writeFileSync(path.join(root, 'out/renderer/index.html'), '');
    expect(isBuilt('abc', root)).toBe(false);
    writeFileSync(path.join(root, 'out/main/electron.js'), '');
    expect(isBuilt('abc', root)).toBe(true);
    expect(isBuilt('abd', root)).toBe(false);
  });
});

describe('package-lock.json', () => {
  const lock = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');

  test('says of every package with binaries ready made that it needs no compiler', () => {
    expect(mendLock(lock), 'run: node scripts/lock.mjs').toBe(lock);
    const { packages } = JSON.parse(lock) as { packages: Record<string, { gypfile?: boolean }> };
    for (const name of PREBUILT) expect(packages[name].gypfile).toBe(false);
  });

  test('is mended where npm has written it anew', () => {
    const stripped = JSON.stringify({ packages: { [PREBUILT[0]]: { version: '1' } } });
    expect(JSON.parse(mendLock(stripped))).toEqual({ packages: { [PREBUILT[0]]: { version: '1', gypfile: false } } });
  });

  test('names no registry: each machine takes the packages from its own', () => {
    expect(lock).not.toContain('"resolved"');
  });
});

describe('totals of the tests', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [] };

  test('a file that cannot be loaded is a failure', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const failing = { status: 'failed', assertionResults: [{}] };
    expect(count({ ...report, testResults: [broken, failing] })).toEqual({ passed: 5, failed: 2, skipped: 0 });
  });

  test('the last line', () => {
    expect(totalsLine(count(report))).toBe('5 passed, 1 failed');
    expect(totalsLine(count({ ...report, numPendingTests: 2, numTodoTests: 1 }))).toBe('5 passed, 1 failed, 3 skipped');
  });
});
