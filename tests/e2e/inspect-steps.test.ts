import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/page.ts';
import { lab, page, testWindows } from '../support/windows.ts';

const open = testWindows({ at: '#/inspect/steps', lab: { comparisons: false } });

const step = (name: string) => page.getByRole('region', { name, exact: true });
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const check = () => page.getByRole('region', { name: 'Check a gradient' });
/** A number beside its name in the check of a gradient. */
const fact = async (name: string | RegExp) =>
  Number((await check().locator('dt', { hasText: name }).locator('+ dd').textContent())!.trim().replaceAll('−', '-'));
/** The line of a value among the equations. */
const line = (name: string) => page.locator(`[data-line="${name}"]`);

describe('step by step', () => {
  it('goes forward to the loss and back again by the arrow keys', async () => {
    await open();
    await step('Forward, t = 1').waitFor();
    for (const name of ['Forward, t = 2', 'Forward, t = 3', 'Loss', 'Back, t = 3']) {
      await page.keyboard.press('ArrowRight');
      await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
    }
    await step('What this step gives to the weights').waitFor();
    await page.keyboard.press('ArrowLeft');
    await step('The way back begins').waitFor();
    await page.keyboard.press('End');
    await step('Back, t = 1').waitFor();
    expect(await page.getByRole('button', { name: 'Next step' }).isDisabled()).toBe(true);
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Forward, t = 2' }).click();
    await step('Forward, t = 2').waitFor();
  });

  it('puts the numbers into the equations of each cell, for the unit one chooses', async () => {
    await open();
    await field('x, row t = 1, column 1').fill('1');
    await page.keyboard.press('Enter');
    for (const [cell, gate] of [
      ['LSTM', 'a_f'],
      ['GRU', 'a_z'],
      ['RNN', 'a_t'],
    ]) {
      await page.getByRole('radiogroup', { name: 'Cell' }).getByText(cell).click();
      await expect.poll(() => line(gate).textContent()).toMatch(/= .*·\s1 \+ .* = −?\d\.\d{4}$/);
    }
    const first = await line('h_t').textContent();
    await page.getByRole('radiogroup', { name: 'Numbers of unit' }).getByText('2').click();
    await expect.poll(() => line('h_t').textContent()).not.toBe(first);
    expect(await page.getByText('(3)', { exact: true }).getAttribute('title')).toBe('Equation 3 of docs/cells/rnn.md');
  });

  it('takes a weight that is typed in, and gives it back with the keys of undo, in the field and out of it', async () => {
    await open();
    const weight = field('W_ih, row f1, column 2');
    const before = await weight.inputValue();
    const gate = await line('a_f').textContent();
    await weight.fill('1,5');
    await page.keyboard.press('Enter');
    expect(await weight.inputValue()).toBe('1.5');
    await expect.poll(() => line('a_f').textContent()).not.toBe(gate);
    await page.keyboard.press('ArrowUp');
    expect(await weight.inputValue()).toBe('1.6');
    await page.keyboard.press('Control+z');
    await expect.poll(() => weight.inputValue()).toBe('1.5');
    await page.getByRole('button', { name: 'Forward, t = 1' }).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => weight.inputValue()).toBe(before);
    expect(await line('a_f').textContent()).toBe(gate);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => weight.inputValue()).toBe('1.5');
    await page.reload();
    await weight.waitFor();
    await expect.poll(() => weight.inputValue()).toBe('1.5');
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect.poll(() => weight.inputValue()).toBe(before);
    await page.getByRole('button', { name: 'New weights' }).click();
    await expect.poll(() => weight.inputValue()).not.toBe(before);
  });

  it('refuses what is no number', async () => {
    await open();
    const weight = field('b_hh, row o2, column 1');
    const before = await weight.inputValue();
    await weight.fill('much');
    expect(await weight.getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Enter');
    expect(await weight.inputValue()).toBe(before);
  });

  it('checks the gradient of the weight one enters, and of e what the slider says', async () => {
    await open();
    await field('W_hh, row g1, column 2').focus();
    await check().getByRole('combobox', { name: 'Weight w' }).waitFor();
    expect(await check().getByRole('combobox', { name: 'Weight w' }).inputValue()).toBe('W_hh, row g1, column 2');
    expect(await fact('Relative difference')).toBeLessThan(1e-6);
    const analytic = await fact('By backpropagation');
    expect(analytic).not.toBe(0);
    expect(await fact(/2e$/)).toBeCloseTo(analytic, 8);
    const parts = await check().locator('dt', { hasText: 'of which' }).locator('+ dd > span').allTextContents();
    const sum = parts.reduce((total, part) => total + Number(part.split(': ')[1].replaceAll('−', '-')), 0);
    expect(sum).toBeCloseTo(analytic, 3);

    await check().getByRole('slider').focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => fact('Relative difference')).toBeGreaterThan(1e-6);
    await step('Forward, t = 1').waitFor();

    await check().getByRole('combobox', { name: 'Weight w' }).fill('W_out');
    await page.getByRole('option', { name: 'W_out, row 1, column 2' }).click();
    await expect.poll(() => fact('By backpropagation')).not.toBe(analytic);
  });
});

describe('activations', () => {
  it('tells value, slope and what is left after n steps where the sliders stand', async () => {
    await open({ at: '#/inspect/activations' });
    const tanh = page.getByRole('region', { name: 'Tanh' });
    await page.getByRole('slider', { name: /^x =/ }).focus();
    await page.keyboard.press('Home');
    await tanh.getByText('−1.000', { exact: true }).waitFor();
    await page.getByRole('slider', { name: /^n =/ }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.getByText('n = 2 steps').waitFor();
    const shown = await tanh.getByRole('definition').allTextContents();
    expect(Number(shown[2].replace('−', '-'))).toBeCloseTo(Number(shown[1].replace('−', '-')) ** 2, 10);
    const chart = (await tanh.locator('svg[role=img]').boundingBox())!;
    await page.mouse.click(chart.x + chart.width / 2 + 12, chart.y + 60);
    await expect.poll(() => page.getByText(/^x = /).textContent()).not.toBe('x = −6.00');
  });
});

describe('access', () => {
  it.each(['dark', 'light'] as const)('has no serious finding, %s', async (scheme) => {
    await open({ scheme });
    await step('Forward, t = 1').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('End');
    await step('Back, t = 1').waitFor();
    await expectAccessible(page);
    await page.goto(`${lab.url}#/inspect/activations`);
    await page.getByRole('region', { name: 'Tanh' }).waitFor();
    await expectAccessible(page);
  });

  it('holds together at 200 % zoom', async () => {
    await open({ width: 640, height: 400 });
    await step('Forward, t = 1').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
    expect(await line('h_t').evaluate((element) => element.getBoundingClientRect().right)).toBeLessThanOrEqual(640);
  });
});
