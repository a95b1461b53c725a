import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/page.ts';
import { lab, page, testWindows } from '../support/windows.ts';

const PATIENCE_MS = 10_000;

const open = testWindows({ at: '#/inspect/training', patience: PATIENCE_MS, lab: { epochMs: 60 } });

const section = (name: string | RegExp) => page.getByRole('region', { name });
const gradients = () => section('Gradient back through time');
const finding = (words: RegExp) => gradients().getByText(words);
const idOf = (state: string) => lab.state.comparisons.find((one) => one.state === state)!.id;

describe('gradients while networks are trained', () => {
  it('shows how far back they reach after the last epoch, and after any other', async () => {
    await open();
    await page.goto(`${lab.url}#/inspect/training/${idOf('done')}`);
    await gradients()
      .getByRole('img', { name: /^Gradient back through time: \|∂L\/∂h\|/ })
      .waitFor();
    await finding(/^40\s*frames back there is left of the gradient: RNN 0\.01\d*\s% \(it vanishes\); LSTM 23\s%; GRU 15\s%\.$/).waitFor(); // prettier-ignore
    await gradients()
      .getByText(/^n = 16\s*training clips at each distance, chosen by seed 0/)
      .waitFor();
    const slider = page.getByRole('slider', { name: 'Epoch' });
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^epoch (\d+) of \1$/);
    await slider.press('Home');
    await gradients().getByText('Before training', { exact: true }).waitFor();
    await finding(/LSTM 6\.4e−5\s% \(it vanishes\)/).waitFor();
    await slider.press('ArrowRight');
    await gradients()
      .getByText(/^Epoch 1 of/)
      .waitFor();
  });

  it('plays through the epochs, and follows the cell state', async () => {
    await open();
    await page.goto(`${lab.url}#/inspect/training/${idOf('done')}`);
    await gradients().getByRole('button', { name: 'Play through the epochs' }).click();
    await gradients().getByText('Before training', { exact: true }).waitFor();
    await gradients()
      .getByText(/^Epoch 2 of/)
      .waitFor();
    await gradients().getByRole('button', { name: 'Pause' }).click();
    await page.locator('label', { hasText: /^Cell state c \(LSTM\)$/ }).click();
    const words = finding(/^40\s*frames back/);
    await expect.poll(() => words.textContent(), { timeout: PATIENCE_MS }).not.toContain('RNN');
    expect(await words.textContent()).toContain('LSTM');
  });

  it('has the numbers in tables and in files', async () => {
    await open();
    await page.goto(`${lab.url}#/inspect/training/${idOf('done')}`);
    await gradients()
      .locator('label', { hasText: /^Table$/ })
      .click();
    const table = page.getByRole('region', { name: 'Gradient back through time as numbers' });
    expect(await table.getByRole('row').nth(21).textContent()).toMatch(/^RNN15201616/);
    const saved = async (item: string) => {
      await gradients().getByRole('button', { name: 'Save' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ]);
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
    };
    const csv = await saved('Numbers as CSV');
    expect(csv.name).toMatch(/-seed-0-gradients-epoch-\d+\.csv$/);
    expect(csv.text.split('\r\n')[0]).toBe(
      'Cell,Epoch,Frames back,Clips,Reached,Geometric mean,Lower quartile,Upper quartile,Left',
    );
    expect(csv.text.split('\r\n')).toHaveLength(1 + 3 * 60 + 1);
    const svg = await saved('Picture as SVG');
    expect(svg.text).toContain('frames back from the loss');
    expect(svg.text).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('shows radii by gate and what clipping did', async () => {
    await open();
    await page.goto(`${lab.url}#/inspect/training/${idOf('done')}`);
    const radius = section('Spectral radius of the recurrent weights');
    await radius.getByText(/^Largest: RNN from 0\.580 to .*; LSTM \(output gate\) from 0\.760 to/).waitFor();
    await radius.locator('label', { hasText: /^Table$/ }).click();
    expect(await radius.getByRole('row').nth(1).textContent()).toMatch(/^RNNHidden state00\.580$/);
    const norms = section('Norm of the gradient');
    await norms.getByText(/^LSTM, epoch \d+: clipped in \d.*\s% of the steps; median norm 0\.\d+/).waitFor();
    await norms.getByText(/^n = \d+\s*steps an epoch \(batches of 64 clips\), training part, seed 0\./).waitFor();
    const share = section('Share of steps clipped');
    await share.locator('label', { hasText: /^Table$/ }).click();
    await share.getByRole('columnheader', { name: 'Median after' }).waitFor();
  });

  it('follows a training as it goes on, from the page of its comparison', async () => {
    await open({ lab: { epochMs: 1500 } });
    const id = idOf('training');
    await page.goto(`${lab.url}#/compare/${id}`);
    await page.getByRole('link', { name: 'Gradients while training' }).click();
    await gradients().getByRole('button', { name: 'Newest', pressed: true }).waitFor();
    // The LSTM is at work: with each of its epochs its radii move.
    const radii = section('Spectral radius of the recurrent weights').getByText(
      /^Largest: RNN .*; LSTM \(output gate\)/,
    );
    const first = await radii.textContent();
    await expect.poll(() => radii.textContent(), { timeout: 60_000 }).not.toBe(first);
    await page.getByRole('slider', { name: 'Epoch' }).press('Home');
    await gradients().getByRole('button', { name: 'Newest', pressed: false }).waitFor();
    await gradients().getByText('Before training', { exact: true }).waitFor();
  });

  it('says what this is for where nothing was trained, and what went wrong', async () => {
    await open({ lab: { comparisons: false } });
    await page.getByText('No training to look at yet').waitFor();
    expect(await page.getByRole('link', { name: 'Compare networks' }).getAttribute('href')).toBe('#/compare');
    await page.goto(`${lab.url}#/inspect/training/77`);
    await page.getByText('This training cannot be shown').waitFor();
    await page.getByText('This comparison is not in the lab any more.').waitFor();
  });

  it('says where networks were not looked into', async () => {
    await open();
    lab.state.probes = false;
    await page.goto(`${lab.url}#/inspect/training/${idOf('done')}`);
    await page.getByText('These networks were not looked into').waitFor();
    await page.getByRole('link', { name: 'Run again' }).waitFor();
    // What the curves know of clipping is there all the same.
    await section('Norm of the gradient')
      .getByText(/^RNN, epoch/)
      .waitFor();
  });

  it.each(['dark', 'light'] as const)('is reached and read by everyone, %s', async (scheme) => {
    await open({ scheme });
    await page.goto(`${lab.url}#/inspect/training/${idOf('done')}`);
    await finding(/^40\s*frames back/).waitFor();
    await expectAccessible(page);
    await gradients()
      .locator('label', { hasText: /^Table$/ })
      .click();
    await expectAccessible(page);
  });
});
