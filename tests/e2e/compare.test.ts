import { describe, expect, it } from 'vitest';
import type { FakeLabOptions } from '../support/fake/state.ts';
import { expectAccessible } from '../support/page.ts';
import { lab, page, testWindows } from '../support/windows.ts';

/** The made lab's finished comparison: four cells, two seeds. */
const DONE = 1;
const PATIENCE_MS = 10_000;

const eventually = <T>(look: () => T) => expect.poll(look, { timeout: PATIENCE_MS });

const openWindow = testWindows({ patience: PATIENCE_MS });
const open = (at: string, made: FakeLabOptions = {}, scheme: 'dark' | 'light' = 'dark') =>
  openWindow({ at, lab: made, scheme });

const grid = (cell: string) => page.getByRole('grid', { name: new RegExp(`Confusion matrix, ${cell}`) });
const panel = () => page.getByRole('complementary', { name: 'Clips behind the matrix' });
const chosen = () => panel().getByRole('option', { selected: true });

describe('starting a comparison', () => {
  it('takes one click, and leads to networks that learn until they are done', async () => {
    await open('#/compare', { epochMs: 25 });
    const settled = page.getByText(/Trains RNN, LSTM and GRU with 128 units each on Spoken digits, .* for 15\sepochs/);
    await settled.waitFor();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('progressbar', { name: 'LSTM, seed 0' }).waitFor();
    await page.getByRole('heading', { name: 'Results', exact: true }).waitFor();
    await eventually(() => page.getByRole('grid').count()).toBe(3);
    expect(page.url()).toMatch(/#\/compare\/\d+$/);
  });

  it('says what is wrong at the field, does not start, and starts once it is mended', async () => {
    await open('#/compare');
    await page.getByRole('button', { name: /^Training/ }).click();
    const rate = page.getByRole('textbox', { name: /Learning rate/ });
    await rate.fill('0');
    await page.getByText('must be above 0').waitFor();
    const start = page.getByRole('button', { name: 'Compare', exact: true });
    expect(await start.isDisabled()).toBe(true);
    await page.getByText('1 field to mend').waitFor();
    await rate.fill('0.01');
    await eventually(() => start.isDisabled()).toBe(false);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('region', { name: 'Training' }).waitFor();
    expect(lab.state.comparisons[0].spec.training.learningRate).toBe(0.01);
  });

  it('shows what equal parameters come to before anything is trained', async () => {
    await open('#/compare');
    const sizes = page.getByRole('complementary', { name: 'What this comes to' });
    const units = async (cell: string) =>
      Number(await sizes.getByRole('row', { name: new RegExp(`^${cell}`) }).getByRole('cell').nth(1).innerText()); // prettier-ignore
    await eventually(() => units('RNN')).toBe(128);
    await page.getByRole('button', { name: /^Networks/ }).click();
    await page.getByText('Equal parameters', { exact: true }).click();
    await eventually(() => units('RNN')).toBeGreaterThan(200);
    expect(await units('LSTM')).toBe(128);
  });

  it('says so where the lab refuses', async () => {
    await open('#/compare');
    lab.state.fail('compare.start', { kind: 'conflict', message: 'A comparison is training already.', remedy: 'Wait for it.' }); // prettier-ignore
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('A comparison is training already.').waitFor();
    await page.getByText('Wait for it.').waitFor();
  });

  it('runs again with the settings of an old one', async () => {
    await open(`#/compare/${DONE}`);
    await page.getByRole('link', { name: 'Run again with changes' }).click();
    await page.getByRole('heading', { name: /Run again/ }).waitFor();
    await page.getByText(/Trains RNN, LSTM, GRU and DNN .* 2 seeds \(0, 1\)/).waitFor();
  });

  it('without any dataset tells what the room is for', async () => {
    await open('#/compare', { datasets: [], comparisons: false });
    await page.getByText('Nothing to compare on yet').waitFor();
    await page.getByRole('link', { name: 'Go to the library' }).click();
    await eventually(() => page.url()).toContain('#/library');
  });
});

describe('while networks train', () => {
  it('pauses and goes on by a key, and stops only when it is meant', async () => {
    await open('#/compare/2');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'Paused' }).waitFor();
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'Training', exact: true }).waitFor();
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Stop and test' }).click();
    await page.getByText('Stopped early').waitFor();
  });

  it('shows curves as charts or as numbers', async () => {
    await open('#/compare/2');
    await page.getByRole('img', { name: /^Loss by epoch/ }).waitFor();
    await page.getByText('Smoothed').click();
    await page.getByRole('switch', { name: 'Log axis for loss' }).check();
    await page.getByText('Table', { exact: true }).click();
    await page.getByRole('region', { name: 'Learning curves as numbers' }).getByText('(best)').first().waitFor();
  });

  it.each([
    ['interrupted', 3, 'Training was cut off.'],
    ['failed', 4, 'The loss is no number any more'],
  ])('one that was %s says why and can go on', async (_state, id, words) => {
    await open(`#/compare/${id}`);
    await page.getByText(words).first().waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });
});

describe('the clips behind a matrix', () => {
  it('are walked by arrows, seen, and kept in the address', async () => {
    await open(`#/compare/${DONE}`);
    await grid('RNN').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await panel().getByText('mistakes of').waitFor();
    const first = await chosen().innerText();
    await page.keyboard.press('ArrowDown');
    await eventually(() => chosen().innerText()).not.toBe(first);
    const second = await chosen().innerText();
    await panel()
      .getByRole('region', { name: /^Clip / })
      .waitFor();
    await panel().getByRole('rowheader', { name: /truth/ }).waitFor();

    await page.reload();
    await eventually(() => chosen().innerText()).toBe(second);
    await panel().getByRole('listbox').press('Escape');
    await eventually(() => page.url()).toMatch(/#\/compare\/1$/);
    await eventually(() => grid('RNN').evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('are played as they are chosen', async () => {
    await open(`#/compare/${DONE}`);
    await page.getByRole('button', { name: /mistakes of/ }).first().click(); // prettier-ignore
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/audio.wav') && asked.push(request.url()));
    await panel().getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await eventually(() => asked.length).toBeGreaterThan(0);
    await panel().getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('have their label mended by a digit, told beside the numbers, and taken back by Ctrl+Z', async () => {
    await open(`#/compare/${DONE}/rnn/*/*/*`);
    await panel().getByRole('option').first().waitFor();
    const button = panel().getByRole('group', { name: 'Classes' }).getByRole('button', { pressed: false }).first(); // prettier-ignore
    const [name, digit] = (await button.innerText()).split(/\s+/);
    const before = await panel().getByRole('button', { name: /^Label: / }).getAttribute('aria-label'); // prettier-ignore
    await panel().getByRole('listbox').press(digit);
    await panel()
      .getByRole('button', { name: `Label: ${name}. Change` })
      .waitFor();
    await panel()
      .getByText(/counted so until the networks are run again/)
      .waitFor();
    await page.getByText(/1\slabel changed since these runs were tested/).waitFor();
    await page.keyboard.press('Control+z');
    await panel().getByRole('button', { name: before! }).waitFor();
    await eventually(() => page.getByText(/changed since these runs were tested/).count()).toBe(0);
  });

  it('stay reachable when the lab cannot list them', async () => {
    await open(`#/compare/${DONE}`);
    await grid('LSTM').waitFor();
    lab.state.fail('compare.cellClips', { kind: 'internal', message: 'The store is busy.' });
    await page.keyboard.press('m');
    await panel().getByText('The store is busy.').waitFor();
    lab.state.fail('compare.cellClips', null);
    await panel().getByRole('button', { name: 'Try again' }).click();
    await panel().getByRole('option').first().waitFor();
  });

  it('follow the matrix from counts to per cent and from class to confusion', async () => {
    await open(`#/compare/${DONE}`);
    await grid('RNN').waitFor();
    const rows = () => grid('RNN').getByRole('rowheader').allInnerTexts();
    const byClass = await rows();
    await page.keyboard.press('o');
    await eventually(rows).not.toEqual(byClass);
    expect([...(await rows())].sort()).toEqual([...byClass].sort());
    await page.keyboard.press('n');
    await eventually(() => grid('RNN').getByRole('gridcell').allInnerTexts().then((all) => all.includes('97') || all.includes('98'))).toBe(true); // prettier-ignore
  });
});

describe('the list of comparisons', () => {
  it('renames, pins, and deletes after asking', async () => {
    await open('#/compare');
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
    await page.getByRole('button', { name: 'Rename Learning rate 1' }).click();
    await page.getByRole('textbox', { name: /New name of/ }).fill('Too fast');
    await page.keyboard.press('Enter');
    await row('Too fast').waitFor();
    await row('Too fast').getByRole('button', { name: 'Pin Too fast' }).click();
    await eventually(() => lab.state.comparison(4).pinned).toBe(true);
    await row('Too fast').getByRole('button', { name: /More for/ }).click(); // prettier-ignore
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await eventually(() => row('Too fast').count()).toBe(0);
  });

  it('lays two beside each other: what differs, and their results', async () => {
    await open('#/compare');
    await page.getByRole('checkbox', { name: /Choose RNN, LSTM/ }).check();
    await page.getByRole('checkbox', { name: /Choose Equal parameters/ }).check();
    await page.getByRole('button', { name: 'Compare again' }).click();
    await page.getByRole('row', { name: /Split rule/ }).getByText('speaker').waitFor(); // prettier-ignore
    await page.getByText(/not tested on the same clips/).waitFor();
    expect(await page.getByRole('row', { name: /Learning rate/ }).count()).toBe(0);
  });
});

describe('reports', () => {
  it('are exported from a result and listed with their downloads', async () => {
    await open(`#/compare/${DONE}`);
    await page.getByRole('button', { name: 'Export report' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'CSV' }).check();
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByRole('button', { name: 'All reports' }).click();
    const link = page.getByRole('link', { name: /^Download .*\.csv$/ });
    await link.waitFor();
    expect(await link.getAttribute('href')).toMatch(/^\/bulk\/reports\/1\/.+\.csv$/);
    expect(await page.getByRole('listitem').count()).toBe(3);
  });

  it('without any says what a report is', async () => {
    await open('#/reports');
    await page.getByText('No report yet').waitFor();
  });
});

describe('axe finds nothing wrong', () => {
  it.each([
    [
      'the start with all settings',
      '#/compare',
      async () => {
        for (const name of ['Networks', 'Training', 'Split', 'Features']) await page.getByRole('button', { name: new RegExp(`^${name}`) }).click(); // prettier-ignore
        await page.getByText('Coefficients').waitFor();
      },
    ],
    ['a training', '#/compare/2', () => page.getByRole('img', { name: /^Loss/ }).waitFor()],
    [
      'a result with clips',
      `#/compare/${DONE}/rnn/*/*/*`,
      () => panel().getByRole('rowheader', { name: /truth/ }).waitFor(),
    ],
    ['two beside each other', '#/compare/diff/1,2', () => page.getByText('Settings that differ').first().waitFor()],
    ['reports', '#/reports', () => page.getByText('No report yet').waitFor()],
  ])('with %s, dark and light', async (_name, hash, ready) => {
    for (const scheme of ['dark', 'light'] as const) {
      await open(hash, {}, scheme);
      await ready();
      await page.waitForTimeout(300);
      await expectAccessible(page);
    }
  });
});
