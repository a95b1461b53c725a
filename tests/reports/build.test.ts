import { describe, expect, test } from 'vitest';
import { buildReport } from '#main/reports/build.ts';
import type { ReportModel } from '#main/reports/model.ts';
import { repeatCommand } from '#main/reports/sections/repeat.ts';
import type { HarkError } from '#shared/domain/errors.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import { reportSource, type FixtureOptions } from '../support/report-fixture.ts';

/** Every sentence of a report. */
const texts = (model: ReportModel): string[] => [
  ...model.abstract,
  ...model.warnings,
  ...model.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if ('text' in block && block.kind !== 'code') return [block.text];
      if (block.kind === 'list') return block.items;
      if (block.kind === 'table') return [block.caption, ...block.rows.flat()];
      return 'caption' in block ? [block.caption] : [];
    }),
  ),
];

const cases: [string, FixtureOptions][] = [
  ['the usual three', {}],
  [
    'ten seeds and the baseline',
    { cells: ['rnn', 'lstm', 'gru', 'dnn'], seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], perClass: 4 },
  ],
  ['one cell, one seed', { cells: ['lstm'] }],
  ['the baseline alone', { cells: ['dnn'] }],
  ['nothing tested', { untested: true }],
  ['two classes', { classes: ['yes', 'no'] }],
  ['one class, never missed', { classes: ['yes'], errorRate: { rnn: 0, lstm: 0, gru: 0 }, wrongLabels: 0 }],
  ['everything wrong', { errorRate: { rnn: 1, lstm: 1, gru: 1 }, perClass: 3 }],
  ['no speakers, no validation', { speakers: null, validation: false }],
  ['one epoch', { epochs: 1 }],
  [
    'all that a model can be asked for',
    {
      cells: ['gru', 'dnn'],
      model: {
        numLayers: 2,
        bidirectional: true,
        residual: true,
        initialState: 'learnt',
        recurrentDropout: 0.2,
        layerNorm: true,
        recurrentInit: 'orthogonal',
        gateBias: 1,
      },
    },
  ],
  ['leaks and changed labels', { leaks: '6 speakers stand on both sides.', labelsChanged: 1 }],
];

describe('the report', () => {
  test.each(cases)('of %s has whole sentences and no broken number', async (_, options) => {
    const model = await buildReport(reportSource({ ...options, seconds: 0.05 }), { budget: { clips: 2, bytes: 1e6 } });
    expect(model.sections.map(({ id }) => id)).toEqual([
      'introduction',
      'data',
      'models',
      'training',
      'comparison',
      'errors',
      'conclusion',
      'repeat',
    ]);
    for (const text of texts(model)) {
      expect(text).not.toMatch(/NaN|undefined|Infinity|null|\[object|  (?! )|\.\.|,\.|\( | \)/);
      expect(text).not.toMatch(/(^|[^\d.,])1 (clips|classes|epochs|seeds|runs|layers|labels)\b/);
      expect(text).not.toMatch(/\b(and|or) *[,.;]/);
    }
    for (const { kind, text } of model.sections
      .flatMap((s) => s.blocks)
      .flatMap((b) => (b.kind === 'paragraph' || b.kind === 'note' ? [b] : []))) {
      expect(text, kind).toMatch(/[.:]$/);
      expect(text.charAt(0)).toMatch(/[\p{Lu}\d“]/u);
    }
    for (const sentence of model.abstract) expect(sentence).toMatch(/^[\p{Lu}\d“].*\.$/u);
    for (const table of model.sections.flatMap((s) => s.blocks).filter((b) => b.kind === 'table'))
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });

  test('tells of the options of its models, where they come to something', async () => {
    const told = async (cells: Cell[], numLayers: number) => {
      const begun = { recurrentInit: 'identity', gateBias: -0.5 } as const;
      const options = { initialState: 'learnt', recurrentDropout: 0.25, layerNorm: true, ...begun } as const;
      const model = { numLayers, residual: true, ...options };
      const { sections } = await buildReport(reportSource({ cells, model, untested: true }));
      const [paragraph] = sections.find(({ id }) => id === 'models')!.blocks;
      return 'text' in paragraph ? paragraph.text.replaceAll('\u00a0', ' ') : '';
    };
    const [learnt, residual] = ['begin a clip with are learnt.', 'the input of a layer is added to its output.'];
    const dropped = '25 % of the recurrent state, the same values at all frames of a clip.';
    const [normed, ofC] = ['Layer normalisation is applied inside', 'the LSTM’s cell state'];
    const [init, bias] = ['Recurrent weights begin as the identity, each gate’s block', 'update gate begins as -0.5.'];
    const all = await told(['lstm'], 2);
    for (const words of [learnt, residual, dropped, normed, ofC, init]) expect(all).toContain(words);
    expect(all).toContain('LSTM’s forget gate begins as -0.5.');
    expect(await told(['lstm', 'gru'], 2)).toContain(bias);
    expect(await told(['rnn'], 2)).not.toContain('begins as');
    expect(await told(['gru'], 2)).not.toContain(ofC);
    expect(await told(['lstm'], 1)).not.toContain(residual);
    const baseline = await told(['dnn'], 2);
    expect(baseline).toContain(residual);
    for (const words of [learnt, normed, 'recurrent state', 'begin as']) expect(baseline).not.toContain(words);
  });

  test('every number of the results names what it rests on', async () => {
    const model = await buildReport(reportSource({ seeds: [0, 1], leaks: '6 speakers stand on both sides.' }));
    const training = model.sections.find(({ id }) => id === 'training')!;
    const captions = training.blocks.flatMap((block) => ('caption' in block ? [block.caption] : []));
    for (const caption of captions) expect(caption).toMatch(/official split.*|n = /);
    expect(
      captions.filter((caption) => caption.includes('n = 300 test clips, official split, seeds 0 and 1')).length,
    ).toBeGreaterThanOrEqual(3);
    for (const id of ['data', 'training', 'comparison'])
      expect(model.sections.find((section) => section.id === id)!.blocks).toContainEqual(
        expect.objectContaining({ kind: 'note', text: '6 speakers stand on both sides.' }),
      );
  });

  test('sounds stay within their budget, and what is left out is counted', async () => {
    const source = reportSource({ errorRate: { rnn: 0.3 }, seconds: 0.5 });
    const mistakes = source.mistakes().length;
    const model = await buildReport(source, { budget: { clips: 5, bytes: 25_000 } });
    const sounds = model.sections.flatMap((s) => s.blocks).find((block) => block.kind === 'sounds')!;
    const bytes = sounds.items.reduce((sum, item) => sum + (item.wav ? Math.ceil(item.wav.length / 3) * 4 : 0), 0);
    expect(bytes).toBeLessThanOrEqual(25_000);
    expect(sounds.items.filter((item) => item.wav)).toHaveLength(2);
    expect(sounds.omitted).toContain(`${mistakes - sounds.items.length} further misclassified clips`);
  });

  test('a clip that cannot be read is said to be so, and the rest goes in', async () => {
    const source = reportSource();
    const first = (await buildReport(source)).sections.flatMap((s) => s.blocks).find((b) => b.kind === 'sounds')!
      .items[0].clip;
    const model = await buildReport(reportSource({ missing: [first] }));
    const { items } = model.sections.flatMap((s) => s.blocks).find((block) => block.kind === 'sounds')!;
    expect(items[0]).toMatchObject({ wav: null, picture: null, problem: 'The file is no longer there.' });
    expect(items[1].wav!.subarray(0, 4).toString('latin1')).toBe('RIFF');
  });

  test('it can be stopped', async () => {
    const stop = new AbortController();
    const built = buildReport(reportSource(), { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(built).rejects.toMatchObject({ kind: 'cancelled' } satisfies Partial<HarkError>);
  });
});

test('the command to repeat it survives a shell', () => {
  expect(repeatCommand('My “words”; rm -rf ~')).toContain(`compare 'My “words”; rm -rf ~' --spec`);
  expect(repeatCommand("o'neill")).toContain(String.raw`compare 'o'\''neill' --spec`);
  expect(repeatCommand('fsdd')).toContain('compare fsdd --spec');
});
