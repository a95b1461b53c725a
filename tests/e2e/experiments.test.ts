import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/page.ts';
import { lab, page, testWindows, type WindowOptions } from '../support/windows.ts';

const PATIENCE_MS = 20_000;
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: PATIENCE_MS });

const openWindow = testWindows({ patience: PATIENCE_MS, lab: { epochMs: 20 } });
const open = (at: string, options: WindowOptions = {}) => openWindow({ at, ...options });

const button = (name: string) => page.getByRole('button', { name, exact: true });
const region = (name: string) => page.getByRole('region', { name, exact: true });
const chart = () => page.getByRole('group', { name: /by level; as numbers/ });
/** What is shown at a level, as those hear it who do not see it. */
const at = (level: string) => chart().getByRole('img', { name: new RegExp(`^${level}:`) });
const results = () => region('Results by level');

async function saved(item: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await button('Save').click();
  await page.getByRole('menuitem', { name: item }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

describe('an ablation', () => {
  it('takes one click, grows level by level, and says what it found', async () => {
    await open('#/experiments', { lab: { mostPoints: 10 } });
    await button('Start: Hidden size').click();
    await eventually(() => page.url()).toMatch(/#\/experiments\/ablations\/\d+$/);
    await page.getByText('How many units does it take?').waitFor();
    // The first levels have points while the last one waits.
    await at('32 units').and(page.getByRole('img', { name: /LSTM \d+\.\d\s% \(.*\)/ })).waitFor(); // prettier-ignore
    expect(await at('512 units').getAttribute('aria-label')).toBe('512 units: waiting for its turn');
    await page.getByRole('progressbar', { name: 'Epochs done' }).waitFor();
    await page.getByText(/level \d of 5 · \d+ of 160\sepochs · .* so far · about .* left/).waitFor();
    lab.state.options.mostPoints = Infinity;
    await page.getByText('Done', { exact: true }).waitFor();
    await at('512 units')
      .and(page.getByRole('img', { name: /DNN .*RNN .*LSTM .*GRU/ }))
      .waitFor();
    await page.getByText(/^LSTM is best at \d+ units \(.* of 300 test clips/).waitFor();
    await page.getByText(/^Each point: 300\stest clips of Spoken digits, official split, .*; seed 0\.$/).waitFor();
    expect(await results().getByRole('row').count()).toBe(1 + 5 * 4);
    expect(await page.getByRole('region', { name: 'Progress' }).count()).toBe(0);
  });

  it('is paused, goes on, and is stopped; what was not begun is said to be', async () => {
    await open('#/experiments', { lab: { mostPoints: 6 } });
    await button('Start: Hidden size').click();
    await at('64 units')
      .and(page.getByRole('img', { name: /RNN/ }))
      .waitFor();
    await button('Pause').click();
    await page.getByText('Paused', { exact: true }).first().waitFor();
    await page.keyboard.press('p');
    await page.getByText('Running', { exact: true }).waitFor();
    await page.keyboard.press('s');
    await button('Stop and test').click();
    await page.getByText('Stopped early', { exact: true }).first().waitFor();
    await eventually(() => at('512 units').getAttribute('aria-label')).toBe('512 units: not begun');
    await results().getByText('Not begun.').first().waitFor();
    expect(lab.state.sweeps[0].comparisons.filter((made) => made !== null)).toHaveLength(2);
  });

  it('is set up with levels of one’s own; a wrong one is refused at its field, one that cannot be run is told of', async () => {
    await open('#/experiments');
    await page.getByRole('link', { name: 'Settings: Hidden size' }).click();
    await page.getByText('20\u00a0trainings, each tested on the same 300\u00a0clips.').waitFor();
    const own = page.getByRole('textbox', { name: 'Own level, 1 to 4096' });
    for (const [typed, said] of [
      ['5000', '5000 is too large: at most 4096.'],
      ['2.5', '2.5 is not whole: units are counted.'],
      ['64', '64 is there already.'],
    ]) {
      await own.fill(typed);
      await own.press('Enter');
      await page.getByText(said).waitFor();
    }
    await own.fill('4000');
    await own.press('Enter');
    await page.getByText('Cannot be run: Its weights do not fit into memory.').waitFor();
    await page.getByText('4000 units cannot be run, as said beside. The others would.').waitFor();
    for (const level of ['128', '256', '512', '64']) await page.getByRole('checkbox', { name: level }).press('Space');
    await page.getByText('4000 units cannot be run, as said beside. Two levels at least are needed.').waitFor();
    expect(await button('Start').isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: '4000' }).press('Space');
    await page.getByText('Choose two levels at least').waitFor();
    await page.getByRole('checkbox', { name: '64' }).press('Space');
    for (const cell of ['DNN', 'RNN']) await page.getByRole('checkbox', { name: cell, exact: true }).press('Space');
    await page.getByRole('textbox', { name: 'Seeds' }).fill('2');
    await page.getByRole('textbox', { name: 'Epochs' }).fill('3');
    await page.getByRole('textbox', { name: 'Name' }).fill('Small ones');
    await page.getByText('8\u00a0trainings, each tested on the same 300\u00a0clips.').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Small ones' }).waitFor();
    const { levels, base } = lab.state.sweeps[0].spec;
    expect({ levels, cells: base.cells, seeds: base.seeds, epochs: base.training.epochs }).toEqual({
      ...{ levels: [32, 64], cells: ['lstm', 'gru'], seeds: [0, 1], epochs: 3 },
    });
  });

  it('may have no limit as a level, where that is one', async () => {
    await open('#/experiments/new/fixLength');
    expect(await page.getByRole('checkbox', { name: 'Whole clips' }).isChecked()).toBe(false);
    await page.getByRole('checkbox', { name: 'Whole clips' }).press('Space');
    await page.getByRole('row', { name: /^Whole clips/ }).waitFor();
    await button('Start').click();
    await page.getByRole('heading', { name: /^Sequence length/ }).waitFor();
    expect(lab.state.sweeps[0].spec.levels).toEqual([5, 10, 20, 40, 80, null]);
  });

  it('needs two levels and a network', async () => {
    await open('#/experiments/new/bidirectional');
    await page.getByRole('checkbox', { name: 'Forwards' }).press('Space');
    await page.getByText('Choose two levels at least').waitFor();
    expect(await button('Start').isDisabled()).toBe(true);
    await button('Reset').click();
    for (const cell of ['RNN', 'LSTM', 'GRU']) await page.getByRole('checkbox', { name: cell }).press('Space');
    await page.getByText('Choose a network.').waitFor();
    expect(await button('Start').isDisabled()).toBe(true);
  });

  it('shows other quantities, its numbers and pictures go with one, and each level leads to its comparison', async () => {
    await open('#/experiments/ablations/1', { lab: { sweeps: true } });
    await page.locator('label', { hasText: /^Parameters$/ }).click();
    await at('64 units')
      .and(page.getByRole('img', { name: /LSTM 27\s786,/ }))
      .waitFor();
    const csv = await saved('Numbers as CSV, a row a level and network');
    expect(csv.name).toBe('Hidden-size-DNN-RNN-LSTM-GRU-parameters.csv');
    const { data } = Papa.parse<Record<string, string>>(csv.bytes.toString().trimEnd(), { header: true });
    expect(data).toHaveLength(20);
    expect(data[6]).toMatchObject({ level: '64', cell: 'lstm', parameters: '27786', test_clips: '300', seeds: '0' });
    const svg = (await saved('Picture as SVG')).bytes.toString();
    expect(svg).toMatch(/^<svg .*Hidden size \(units, logarithmic axis\).*<\/svg>$/s);
    expect((await saved('Picture as PNG')).bytes.subarray(1, 4).toString()).toBe('PNG');
    await results().getByRole('link', { name: '64 units', exact: true }).click();
    await page.getByText('64 units of the ablation').waitFor();
    await page.getByRole('link', { name: 'Hidden size: DNN, RNN, LSTM, GRU', exact: true }).click();
    await page.getByRole('link', { name: 'Look inside: 64 units' }).click();
    await eventually(() => page.url()).toMatch(/#\/inspect\/\d+/);
  });

  it('says at the level what went wrong there', async () => {
    await open('#/experiments/ablations/2', { lab: { sweeps: true } });
    await results().getByText('The loss is no number any more in epoch 2 of RNN, seed 0.').waitFor();
    expect(await at('5 frames').getAttribute('aria-label')).toBe('5 frames: failed');
  });

  it('is renamed, deleted after asking, and found again by dataset', async () => {
    await open('#/experiments', { lab: { sweeps: true } });
    const list = region('List of ablations');
    await list.getByRole('button', { name: /^Rename Hidden size/ }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('How many units');
    await page.keyboard.press('Enter');
    await list.getByRole('link', { name: 'How many units' }).waitFor();
    await list.getByRole('button', { name: /^More for Truncated/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('with the comparisons of its levels').waitFor();
    await button('Delete').click();
    await eventually(() => list.getByRole('row').count()).toBe(2);
    expect(lab.state.comparisons.every(({ sweep }) => sweep?.id !== 2)).toBe(true);
    await page.getByRole('combobox', { name: 'Dataset in use' }).click();
    await page.getByRole('option').nth(1).click();
    await page.getByText('No ablation on this dataset yet.').waitFor();
    await page.getByText('All datasets', { exact: true }).click();
    await list.getByRole('link', { name: 'How many units' }).waitFor();
  });

  it('says what went wrong when it does not begin, or is gone', async () => {
    await open('#/experiments');
    lab.state.fail('experiments.start', { kind: 'conflict', message: 'The lab is being closed.' });
    await button('Start: Layers').click();
    await page.getByText('The ablation did not begin').waitFor();
    await page.getByText('The lab is being closed.').waitFor();
    await page.goto(`${lab.url}#/experiments/ablations/77`);
    await page.getByText('This ablation is not in the lab any more.').waitFor();
    await page.getByRole('link', { name: 'All ablations' }).click();
    await button('Start: Layers').waitFor();
  });

  it('that was cut off can go on, from wherever one is', async () => {
    await open('#/library', { lab: { comparisons: false, mostPoints: 3 } });
    await page.goto(`${lab.url}#/experiments`);
    await button('Start: Layers').click();
    await page.getByRole('heading', { name: /^Layers:/ }).waitFor();
    lab.state.sweeps[0].state = 'interrupted';
    lab.state.changed('experiments');
    await page.keyboard.press('Alt+1');
    const offer = page.getByRole('status').filter({ hasText: /^The ablation Layers: .* was cut off\./ });
    await offer.getByRole('button', { name: 'Go on' }).click();
    await offer.waitFor({ state: 'detached' });
    expect(lab.state.sweeps[0].state).toBe('running');
  });

  it('leads from the status bar to its page', async () => {
    await open('#/experiments', { lab: { comparisons: false, mostPoints: 3 } });
    await button('Start: Layers').click();
    await page.getByRole('heading', { name: /^Layers:/ }).waitFor();
    await page.keyboard.press('Alt+6');
    await eventually(() => page.url()).toMatch(/#\/reports$/);
    await page.getByRole('contentinfo').getByRole('link', { name: /^Layers:/ }).click(); // prettier-ignore
    await page.getByRole('heading', { name: /^Layers:/ }).waitFor();
  });
});

describe('trade-offs', () => {
  const bubbles = () => page.getByRole('group', { name: /^Accuracy by .*, a bubble a network$/ });

  it('show networks of one split by what they cost, with all their numbers', async () => {
    await open('#/experiments/trade-offs', { lab: { sweeps: true } });
    await page.getByText('These networks were tested on 2 different splits').waitFor();
    await page.getByRole('group', { name: 'Accuracy by Parameters, a bubble a network' }).waitFor();
    // Ablations of 5 levels of 4 cells and 4 of 3; the comparisons that are done, running or cut off, of this split.
    const shown = await bubbles().getByRole('link').count();
    expect(shown).toBe(await region('Networks as numbers').getByRole('row').count().then((rows) => rows - 1)); // prettier-ignore
    await page.getByRole('combobox', { name: 'Along' }).click();
    await page.getByRole('option', { name: 'Peak memory (MiB)' }).click();
    await page.getByRole('group', { name: 'Accuracy by Peak memory (MiB), a bubble a network' }).waitFor();
    const best = bubbles().getByRole('link', { name: /^LSTM of 512\sunits, / });
    expect(await best.getAttribute('aria-label')).toMatch(
      /Accuracy 9\d\.\d\s% \(.*%\), Macro F1 .*, Parameters 1\s139\s722, Epoch .*\ss, Inference 1\.42\sms, Memory 341\sMiB, n 300\stest clips, 1\sseed, Split official split/,
    );
    await best.focus();
    await page.getByText('LSTM of 512\u00a0units', { exact: true }).waitFor();
    const { bytes } = await saved('Numbers as CSV, a row a network');
    expect(Papa.parse(bytes.toString().trimEnd(), { header: true }).data).toHaveLength(shown);
    await best.focus();
    await page.keyboard.press('Enter');
    await page.getByText('512 units of the ablation').waitFor();
  });

  it('are filtered by network and by ablation, and by split', async () => {
    await open('#/experiments/trade-offs', { lab: { sweeps: true } });
    await page.getByRole('combobox', { name: 'Of', exact: true }).click();
    await page.getByRole('option', { name: /^Ablation: Hidden size/ }).click();
    await eventually(() => bubbles().getByRole('link').count()).toBe(20);
    for (const cell of ['RNN', 'GRU', 'DNN']) await page.getByRole('checkbox', { name: cell }).press('Space');
    await eventually(() => bubbles().getByRole('link').count()).toBe(5);
    await page.getByRole('checkbox', { name: 'LSTM' }).press('Space');
    await page.getByText('No network is left by what is chosen above.').waitFor();
    await page.getByRole('button', { name: /^Show all/ }).click();
    await page.getByRole('combobox', { name: 'Split' }).click();
    await page.getByRole('option', { name: /^unseen speaker: theo/ }).click();
    await page
      .getByText(/networks? of 1\scomparison on Spoken digits, unseen speaker: theo/)
      .first()
      .waitFor();
  });

  it('say what to do where nothing has been tested', async () => {
    await open('#/experiments/trade-offs', { lab: { comparisons: false } });
    await page.getByText('No network has been tested on Spoken digits yet').waitFor();
    await page.getByRole('link', { name: 'Compare networks' }).click();
    await eventually(() => page.url()).toMatch(/#\/compare/);
  });
});

describe('advice', () => {
  it('says how sure it is in words, and leads to what it rests on', async () => {
    await open('#/experiments/advice', { lab: { sweeps: true } });
    const card = (asks: string) => page.getByRole('article', { name: asks });
    await card('Which cell is best here?').getByText('Hint: cannot be told from chance').waitFor();
    await card('How many units does it take?').getByText('Shown: significant after correction').waitFor();
    await card('Is a second layer worth it?').getByText('Open: not tried yet').waitFor();
    expect(await card('Which cell is best here?').getByRole('link', { name: 'Delayed recall' }).getAttribute('href')).toMatch(/#\/inspect\/memory$/); // prettier-ignore
    await card('How many units does it take?').getByRole('link').click();
    await page.getByRole('heading', { name: /^Hidden size:/ }).waitFor();
  });

  it('starts what would answer an open question, or leads to its settings', async () => {
    await open('#/experiments/advice', { lab: { comparisons: false } });
    await page.getByText('Nothing has been tested on Spoken digits').waitFor();
    await page.getByRole('link', { name: 'Settings' }).last().waitFor();
    await page.getByRole('article').getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Layers on Spoken digits' }).waitFor();
    await page.goBack();
    await button('Start the ablation').click();
    await page.getByRole('heading', { name: /^Layers:/ }).waitFor();
  });
});

describe('the room', () => {
  it('says what it is for where there is no dataset', async () => {
    await open('', { lab: { datasets: [], comparisons: false } });
    await page.keyboard.press('Alt+5');
    await page.getByText('Nothing to experiment on yet').waitFor();
    await page.getByRole('link', { name: 'Trade-offs' }).click();
    await page.getByText('No dataset yet', { exact: true }).first().waitFor();
  });

  it('keeps levels of ablations folded away among the comparisons', async () => {
    await open('#/compare', { lab: { sweeps: true } });
    const rows = region('List of comparisons').getByRole('row');
    await eventually(() => rows.count()).toBe(1 + 4);
    await page.getByRole('switch', { name: '9 of ablations' }).click();
    await eventually(() => rows.count()).toBe(1 + 4 + 9);
    await rows.filter({ hasText: '64 units' }).getByRole('link', { name: 'Hidden size: DNN, RNN, LSTM, GRU', exact: true }).click(); // prettier-ignore
    await page.getByRole('heading', { name: /^Hidden size:/ }).waitFor();
  });

  it('is worked by keys alone', async () => {
    await open('#/experiments', { lab: { sweeps: true } });
    await button('Start: Both directions').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Both directions:/ }).waitFor();
    await page.getByText('Done', { exact: true }).waitFor();
    await at('Forwards').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
      /^Both directions: RNN/,
    );
  });

  it.each(['dark', 'light'] as const)('is read by everyone, %s', async (scheme) => {
    await open('#/experiments', { scheme, lab: { sweeps: true } });
    await button('Start: Hidden size').waitFor();
    await expectAccessible(page);
    for (const [where, what] of [
      ['ablations/2', 'Level by level'],
      ['new/hiddenSize', 'What this comes to'],
      ['trade-offs', 'Networks'],
      ['advice', 'Which cell'],
    ]) {
      await page.evaluate((hash) => (location.hash = hash), `#/experiments/${where}`);
      await page.getByRole('heading', { name: what, exact: true }).waitFor();
      await expectAccessible(page);
    }
  });
});
