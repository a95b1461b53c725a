import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DatasetSummary, ImportResult } from '#shared/domain/dataset.ts';
import { SplitCounts } from '#shared/domain/split.ts';
import { SweepView } from '#shared/domain/sweep.ts';
import { BACKENDS, Doctor } from '#shared/domain/system.ts';
import { hark, harkJson, launch } from '../support/hark.ts';
import { temporaryFolder } from '../support/lab.ts';
import { describeShared, sharedPath } from '../support/shared.ts';
import { writeTones } from '../support/comparison-lab.ts';

const CLIPS = 30;
const CLASSES = ['falling', 'rising'];
const ALL = CLASSES.length * CLIPS;

/** What `compare --json` is held to: the issue's own words. */
const Compared = z.object({
  comparison: z.number().int(),
  backend: z.string().min(1),
  runs: z.array(
    z.object({
      run: z.number().int(),
      cell: z.enum(['rnn', 'lstm', 'gru', 'dnn']),
      seed: z.number().int(),
      parameters: z.number().int().positive(),
      testClips: z.number().int().positive(),
      testAccuracy: z.number().min(0).max(1),
      interval: z.tuple([z.number(), z.number()]),
      macroF1: z.number().min(0).max(1),
      confusion: z.array(z.array(z.number().int())),
      classes: z.array(z.string()),
      bestEpoch: z.number().int().positive(),
      epochs: z.number().int().positive(),
      epochSeconds: z.number().positive(),
      trainSeconds: z.number().positive(),
      inferenceMs: z.object({ p50: z.number().positive(), p95: z.number().positive() }),
      peakMemoryMB: z.number().positive(),
    }),
  ),
  tests: z.array(z.object({ a: z.string(), b: z.string(), p: z.number().min(0).max(1) })),
});
type Compared = z.infer<typeof Compared>;

let base: string;
let lab: string;
let sounds: string;
beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), 'hark-cli-'));
  lab = path.join(base, 'lab');
  sounds = path.join(base, 'tones');
  writeTones(sounds, CLIPS);
  return () => rmSync(base, { recursive: true, force: true });
});

describe('the main job from the command line', () => {
  test('import, and once more: nothing new', async () => {
    const first = ImportResult.parse(await harkJson(lab, 'import', sounds, '--name', 'Tones'));
    expect(first).toMatchObject({ dataset: 1, name: 'Tones', layout: 'folder', clips: ALL, added: ALL });
    expect(first.classes).toEqual(CLASSES.map((name) => ({ name, clips: CLIPS })));
    expect(await harkJson(lab, 'import', sounds)).toMatchObject({ dataset: 1, clips: ALL, added: 0 });
    expect(z.array(DatasetSummary).parse(await harkJson(lab, 'datasets'))).toMatchObject([
      { name: 'Tones', state: 'ready' },
    ]);
  });

  test('split by number, name and folder is the same split', async () => {
    const counts = await Promise.all([harkJson(lab, 'split', '1', '--by', 'random', '--seed', '3')]);
    for (const name of ['tones', sounds])
      counts.push(await harkJson(lab, 'split', name, '--by', 'random', '--seed', '3'));
    const [first, ...others] = counts.map((each) => SplitCounts.parse(each));
    for (const other of others) expect(other).toEqual(first);
    expect(first.train + first.validation + first.test).toBe(ALL);
  });

  test('features take the file’s own rate and the spec’s defaults', async () => {
    const file = path.join(sounds, 'rising/0.wav');
    const spec = JSON.stringify({ kind: 'mfcc', nFft: 256, winLength: 200, hopLength: 80, nMfcc: 13 });
    const { shape, values } = await harkJson<{ shape: [number, number]; values: number[][] }>(
      lab,
      'features',
      file,
      '--spec',
      spec,
    );
    const samples = (statSync(file).size - 44) / 2;
    expect(shape).toEqual([1 + Math.floor(samples / 80), 13]);
    expect([values.length, values[0].length]).toEqual(shape);
    expect(values.flat().every(Number.isFinite)).toBe(true);
  });

  let compared: Compared;
  test('compare gives the figures of every run, and the same again for the same seed', async () => {
    const args = [
      'compare',
      '1',
      '--cells',
      'rnn,gru',
      '--seeds',
      '0,1',
      '--units',
      '16',
      '--epochs',
      '4',
      '--split',
      'random',
      '--no-report',
    ];
    compared = Compared.parse(await harkJson(lab, ...args));
    expect(compared.runs.map(({ cell, seed }) => `${cell} ${seed}`).sort()).toEqual([
      'gru 0',
      'gru 1',
      'rnn 0',
      'rnn 1',
    ]);
    for (const { testClips, confusion, testAccuracy, classes } of compared.runs) {
      expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(testClips);
      expect(confusion.reduce((sum, row, index) => sum + row[index], 0) / testClips).toBeCloseTo(testAccuracy, 12);
      expect(classes).toEqual(CLASSES);
    }
    expect(compared.tests).toMatchObject([{ a: 'rnn', b: 'gru' }]);

    const again = Compared.parse(await harkJson(lab, ...args));
    const figures = ({ runs }: Compared) =>
      runs.map(({ cell, seed, testAccuracy, macroF1, confusion, bestEpoch }) => ({
        cell,
        seed,
        testAccuracy,
        macroF1,
        confusion,
        bestEpoch,
      }));
    expect(figures(again)).toEqual(figures(compared));
  });

  test('predict answers each file with its probabilities', async () => {
    const files = ['rising/0.wav', 'falling/1.wav'].map((file) => path.join(sounds, file));
    const { run } = compared.runs.find(
      ({ testAccuracy }) => testAccuracy === Math.max(...compared.runs.map((each) => each.testAccuracy)),
    )!;
    const answers = await harkJson<{ file: string; label: string; probabilities: Record<string, number> }[]>(
      lab,
      'predict',
      String(run),
      ...files,
    );
    expect(answers.map(({ file }) => file)).toEqual(files);
    for (const { label, probabilities } of answers) {
      expect(Object.keys(probabilities).sort()).toEqual(CLASSES);
      expect(Object.values(probabilities).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
      expect(probabilities[label]).toBe(Math.max(...Object.values(probabilities)));
    }
  });

  test('report writes every format where it is told to', async () => {
    const out = path.join(base, 'reports');
    const { files } = await harkJson<{ files: string[] }>(
      lab,
      'report',
      String(compared.comparison),
      '--format',
      'html,pdf,md,csv',
      '--out',
      out,
    );
    expect(files.map((file) => path.extname(file))).toEqual(['.html', '.pdf', '.md', '.csv']);
    for (const file of files) expect(path.dirname(file), file).toBe(out);
    expect(readFileSync(files[1]).subarray(0, 5).toString()).toBe('%PDF-');
    expect(readFileSync(files[3], 'utf8').trim().split('\n').length).toBeGreaterThan(compared.runs.length);
  });

  test('without --json the same command speaks to people and names the report', async () => {
    const { code, stdout } = await hark(
      lab,
      'compare',
      'Tones',
      '--cells',
      'gru',
      '--units',
      '8',
      '--epochs',
      '2',
      '--split',
      'random',
      '--backend',
      'cpu',
      '--threads',
      '1',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/one seed, cpu, /);
    expect(stdout).toMatch(/^cell +test accuracy/m);
    const [, report] = /^Report: (.*\.html)$/m.exec(stdout)!;
    expect(existsSync(report)).toBe(true);
  });

  test('a recipe and a model from a file of earlier settings and from options, and in the report’s words', async () => {
    const file = path.join(base, 'settings.json');
    const features = { kind: 'mfcc', sampleRate: 8000 };
    const earlier = { epochs: 2, schedule: 'constant', clipping: { kind: 'none' } };
    const model = { hiddenSize: 8 };
    writeFileSync(
      file,
      JSON.stringify({ split: { by: 'random' }, features, cells: ['gru'], model, training: earlier }),
    );
    const procedure = async (...options: string[]) => {
      const { code, stdout } = await hark(lab, 'compare', 'Tones', '--spec', file, ...options);
      expect(code).toBe(0);
      return readFileSync(/^Report: (.*\.html)$/m.exec(stdout)![1], 'utf8');
    };
    expect(await procedure()).toContain('learning rate 0.002 throughout, in batches');
    const asked = [
      ...['--schedule', '{"kind":"step","stepSize":1,"gamma":0.5}', '--warmup', '0.5', '--learning-rate', '0.01'],
      ...['--optimiser', '{"name":"sgd","momentum":0.9}', '--clipping', 'value:2', '--truncation', '20'],
      ...['--layers', '2', '--residual', '--initial-state', 'learnt', '--recurrent-dropout', '0.25', '--layer-norm'],
    ];
    const report = (await procedure(...asked)).replaceAll('\u00a0', ' ');
    expect(report).toContain(
      'SGD with momentum 0.9, learning rate 0.01 times 0.5 every epoch, after a linear warm-up from 0.1 of it over 0.5 epochs',
    );
    expect(report).toContain('Gradient values are clipped to ±2. Backpropagation through time is cut every 20 frames.');
    expect(report).toContain('The states that the recurrent layers begin a clip with are learnt.');
    expect(report).toContain('Layer normalisation is applied inside of the recurrent cells');
    expect(report).toContain('From the second layer on, the input of a layer is added to its output.');
    expect(report).toContain('25 % of the recurrent state, the same values at all frames of a clip');
  });

  test('ablate changes one setting alone and tells what it found; what stays is asked for as in compare', async () => {
    const options = ['--cells', 'dnn,gru', '--units', '6', '--epochs', '1', '--split', 'random', '--name', 'Windows'];
    const args = ['ablate', 'Tones', '--factor', 'context', '--levels', '0,2', ...options];
    const view = SweepView.parse(await harkJson(lab, ...args));
    expect(view).toMatchObject({ name: 'Windows', state: 'done', progress: { done: 4, total: 4 } });
    expect(view.levels.map(({ words, state }) => [words, state])).toEqual([
      ['The frame alone', 'done'],
      ['2 on each side', 'done'],
    ]);
    const [none, two] = view.levels.map(({ summary }) => summary.map(({ parameters }) => parameters));
    const { nMels } = view.spec.base.features;
    expect(two).toEqual([none[0] + 4 * Math.min(nMels, view.spec.base.features.nMfcc) * 6, none[1]]);
    expect(view.findings.map(({ cell }) => cell)).toEqual(['gru', 'dnn']);
    const { code, stdout } = await hark(lab, ...args.slice(0, -2), '--levels', '0,1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Context frames of the DNN on Tones \(ablation \d+, done\): Tones, /);
    expect(stdout).toMatch(/The frame alone +DNN +[\d.]+ %/);
    expect(stdout).toContain('DNN: best is ');
    const resumed = await hark(lab, 'ablate', '--resume', String(view.id));
    expect([resumed.code, resumed.stderr]).toEqual([1, expect.stringContaining('nothing to go on with')]);
  });

  test('comparisons are renamed, listed and deleted with their files', async () => {
    const id = String(compared.comparison);
    await harkJson(lab, 'rename', 'comparison', id, 'First try');
    expect(await harkJson(lab, 'comparisons')).toContainEqual(
      expect.objectContaining({ id: compared.comparison, name: 'First try' }),
    );
    const weights = path.join(lab, 'models', id);
    expect(existsSync(weights)).toBe(true);
    await harkJson(lab, 'delete', 'comparison', id);
    expect(existsSync(weights)).toBe(false);
    expect((await hark(lab, 'show', id)).code).toBe(1);
  });

  test('doctor tells the backend and where the lab is', async () => {
    const found = Doctor.parse(await harkJson(lab, 'doctor'));
    expect(found).toMatchObject({ lab, hark: '0.1.0' });
    expect(found.versions['node']).toBe(process.versions.node);
    const { stdout } = await launch(['cli', 'doctor', '--lab', lab], { HARK_BACKEND: 'cpu', HARK_THREADS: '' }).ended;
    expect(stdout).toMatch(/^Backend: cpu, 1 thread\n {2}chosen in Settings: the fastest there is, all cores$/m);
    expect(stdout).toContain('the environment stands above it: HARK_BACKEND=cpu');
    for (const name of BACKENDS) expect(stdout).toMatch(new RegExp(`^  ${name}: (ready|not available: .)`, 'm'));
  });

  test('a backend that cannot be had is refused before anything begins', async () => {
    const before = await harkJson<unknown[]>(lab, 'comparisons');
    const { code, stdout } = await launch(['cli', 'compare', 'Tones', '--backend', 'native', '--json', '--lab', lab], {
      HARK_NATIVE_ADDON: 'nowhere.node',
    }).ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { kind: 'unavailable', message: expect.stringContaining('kernels are not built') },
    });
    expect(await harkJson(lab, 'comparisons')).toEqual(before);
  });
});

describe('failures', () => {
  test.each<[string, string[], string]>([
    ['no command', [], 'command'],
    ['an unknown command', ['trane'], 'trane'],
    ['an unknown option', ['datasets', '--jsn'], '--jsn'],
    ['a missing argument', ['import'], 'path'],
    ['a layout that does not exist', ['import', '.', '--layout', 'tar'], '--layout'],
    ['a rule that does not exist', ['split', '1', '--by', 'luck'], '--by'],
    ['a fold beyond the folds', ['split', '1', '--by', 'fold:6/5'], '--by'],
    ['a cell that does not exist', ['compare', '1', '--cells', 'rnn,transformer'], '--cells'],
    ['a backend that does not exist', ['compare', '1', '--backend', 'abacus'], '--backend'],
    ['no threads', ['compare', '1', '--threads', '0'], '--threads'],
    ['a number that is none', ['compare', '1', '--epochs', 'many'], '--epochs'],
    ['a schedule that does not exist', ['compare', '1', '--schedule', 'sine'], 'plateau'],
    ['a parameter of another schedule', ['compare', '1', '--schedule', '{"kind":"step","gama":1}'], 'gama'],
    ['an optimiser with a wrong parameter', ['compare', '1', '--optimiser', '{"name":"sgd","momentum":2}'], 'momentum'],
    ['a clipping without its bound', ['compare', '1', '--clipping', 'norm'], 'norm:MAX'],
    ['a truncation of nothing', ['compare', '1', '--truncation', '0'], '--truncation'],
    ['dropping all of the state', ['compare', '1', '--recurrent-dropout', '1'], '--recurrent-dropout'],
    ['an initial state that does not exist', ['compare', '1', '--initial-state', 'noise'], '--initial-state'],
    ['an ablation of nothing', ['ablate', '1'], '--factor'],
    ['an ablation of what is no setting', ['ablate', '1', '--factor', 'luck'], 'hiddenSize'],
    ['more context than there may be', ['compare', '1', '--context', '51'], '--context'],
    ['features that are not JSON', ['features', 'a.wav', '--spec', '{kind}'], '--spec'],
    ['a feature that does not exist', ['features', 'a.wav', '--spec', '{"kind":"mfcc","nMfccs":13}'], 'nMfccs'],
    ['a feature of the wrong kind', ['features', 'a.wav', '--spec', '{"kind":"mfcc","nFft":"big"}'], 'nFft'],
    ['a feature of a comparison that does not exist', ['compare', '1', '--features', '{"hop":1}'], 'hop'],
    ['a file of settings that is not there', ['compare', '1', '--spec', 'no-such.json'], 'no-such.json'],
    ['a file of settings that is none', ['compare', '1', '--spec', 'package.json'], '--spec'],
    ['a format that does not exist', ['report', '1', '--format', 'docx'], '--format'],
  ])('%s: exit code 2, the place named, one JSON value', async (_, args, place) => {
    const { code, stdout, stderr } = await hark(temporaryFolder(), ...args, '--json');
    expect(code).toBe(2);
    expect(stderr).toContain(place);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'bad-input' } });
  });

  test.each<[string, string[], string]>([
    ['a folder that is not there', ['import', '/no/such/folder'], 'not-found'],
    ['a dataset that is not there', ['split', '99', '--by', 'random'], 'not-found'],
    ['a comparison that is not there', ['report', '99'], 'not-found'],
    ['a run that is not there', ['predict', '99', 'a.wav'], 'not-found'],
  ])('%s: exit code 1, one JSON value', async (_, args, kind) => {
    const { code, stdout } = await hark(temporaryFolder(), ...args, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind } });
  });

  test('--help and --version succeed', async () => {
    for (const args of [['--help'], ['compare', '--help'], ['--version']]) {
      const { code, stdout } = await launch(['cli', ...args]).ended;
      expect(code, args.join(' ')).toBe(0);
      expect(stdout).not.toBe('');
    }
  });

  test('a second process is told that the lab is open, and by whom', async () => {
    const busy = temporaryFolder();
    const first = launch(['cli', 'serve', '--no-open', '--lab', busy]);
    await first.until(/http:\/\/127\.0\.0\.1:\d+/);
    const { code, stdout } = await hark(busy, 'datasets', '--json');
    expect(code).toBe(1);
    const { error } = JSON.parse(stdout) as { error: { kind: string; message: string } };
    expect(error.kind).toBe('lab-busy');
    expect(error.message).toContain(String(first.child.pid));
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
    expect((await hark(busy, 'datasets')).code).toBe(0);
  });

  test('a lab that cannot be made is told in words', async () => {
    const file = path.join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    const { code, stderr } = await hark(path.join(file, 'lab'), 'datasets');
    expect(code).toBe(1);
    expect(stderr).toContain('--lab DIR');
  });

  test('a reader that closes its end early is no failure', async () => {
    const spec = '{"kind":"spectrogram","hopLength":1}';
    const running = launch(['cli', 'features', path.join(sounds, 'rising/0.wav'), '--spec', spec, '--json']);
    running.child.stdout!.destroy();
    expect((await running.ended).code).toBe(0);
  });
});

describe('serve', () => {
  test('with --json prints its address and nothing else, and ends well on SIGINT', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'lab'));
    const running = launch(['cli', 'serve', '--no-open', '--json', '--lab', path.join(folder, 'lab')]);
    await running.until(/"url".*\n/);
    const { url } = JSON.parse(running.said().stdout) as { url: string };
    const answer = await fetch(url, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
  });
});

describeShared('real recordings', () => {
  test('the Free Spoken Digit Dataset by its own layout and lists', async () => {
    const folder = sharedPath('data/fsdd/recordings');
    const fresh = temporaryFolder();
    const imported = ImportResult.parse(await harkJson(fresh, 'import', folder));
    expect(imported).toMatchObject({ layout: 'fsdd', sampleRates: [8000], skipped: [] });
    expect(imported.classes.map(({ name }) => name)).toEqual([...'0123456789']);
    const {
      train,
      validation,
      test: tested,
      leaks,
    } = SplitCounts.parse(await harkJson(fresh, 'split', '1', '--by', 'official'));
    expect(train + validation + tested).toBe(imported.clips);
    expect(tested).toBe(imported.clips / 10);
    expect(leaks).toBe(imported.speakers);
  });
});
