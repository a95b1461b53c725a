import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/page.ts';
import { lab, page, testWindows } from '../support/windows.ts';

const open = testWindows({ at: '#/inspect/memory', patience: 10_000, lab: { comparisons: false, epochMs: 20 } });

const button = (name: string) => page.getByRole('button', { name, exact: true });
const chart = () => page.getByRole('group', { name: /^Accuracy by distance/ });
const finding = () => page.getByText(/^With at least/);

describe('the memory laboratory', () => {
  it('shows what the task is, runs it with one click, and says how far each cell holds', async () => {
    await open();
    await page.getByText('How far back each cell can remember').waitFor();
    await page
      .getByRole('img', { name: /^Sequence of 22 frames, 13 inputs: cue, distractors, go; answer [A-H]$/ })
      .waitFor();
    await button('Run').click();
    await button('Run again').waitFor();
    expect(await finding().textContent()).toBe(
      'With at least 90\u00a0% right, RNN holds to a distance of 10, LSTM and GRU to 160, the longest tried.',
    );
    await page.getByText('Bengio, Simard and Frasconi 1994').waitFor();
    await page.getByText(/512 test sequences, .* seed 0\. Chance is 12\.5\s%\./).waitFor();
    await chart()
      .getByRole('img', { name: /^20 frames: RNN 12\.5\s% \(.*\), LSTM 99\.\d\s%/ })
      .waitFor();
    await page.getByText('Table', { exact: true }).click();
    const table = page.getByRole('region', { name: 'Accuracy by distance as numbers' });
    expect(await table.getByRole('row').count()).toBe(1 + 3 * 6);
    expect(await table.getByRole('row').nth(7).textContent()).toMatch(/^20RNN12\.5\s%.*512/);
  });

  it('shows points while more come, on this task’s page alone, and can be stopped', async () => {
    await open({ lab: { mostPoints: 4 } });
    await button('Run').click();
    await page.getByText('4 of 18\u00a0points').waitFor();
    await page.getByRole('progressbar', { name: 'Delayed recall under way' }).waitFor();
    await finding().waitFor();
    await page.getByText('Adding problem', { exact: true }).click();
    await page.getByText('Delayed recall: ').waitFor();
    await page.getByText('How far back each cell can remember').waitFor();
    await button('Stop').click();
    await button('Run').waitFor();
    await page.getByText('Delayed recall', { exact: true }).click();
    await page.getByText('How far back each cell can remember').waitFor();
  });

  it('runs what is set, keeps what was set while the room is left, and refuses what is nothing', async () => {
    await open();
    await page.getByText('Order of phones', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'LSTM' }).uncheck();
    for (const distance of ['5', '80', '160'])
      await page.getByRole('checkbox', { name: distance, exact: true }).press('Space');
    await page.getByRole('link', { name: 'Gates and states' }).click();
    await page.getByRole('link', { name: 'Memory' }).click();
    await button('Run').click();
    await button('Run again').waitFor();
    expect(await finding().textContent()).toContain('RNN holds to a distance of 10, GRU to 40, the longest tried');
    for (const cell of ['RNN', 'GRU']) await page.getByRole('checkbox', { name: cell }).uncheck();
    await page.getByText('Choose a cell.').waitFor();
    expect(await button('Run again').isDisabled()).toBe(true);
  });

  it('draws another sequence, and one of another distance', async () => {
    await open();
    await page.getByText('sequence 1.').waitFor();
    await button('Another').click();
    await page.getByText('sequence 2.').waitFor();
    await page.getByRole('combobox', { name: 'Distance of the example' }).click();
    await page.getByRole('option', { name: '40 frames' }).click();
    await page.getByRole('img', { name: /^Sequence of 42 frames/ }).waitFor();
  });

  it('says what went wrong', async () => {
    await open();
    lab.state.fail('memory.start', { kind: 'conflict', message: 'The lab is being closed.' });
    await button('Run').click();
    await page.getByText('The experiment did not begin').waitFor();
    await page.getByText('The lab is being closed.').waitFor();
    lab.state.setJob({
      ...{
        id: 'job-9',
        kind: 'memory',
        title: 'Memory: Adding problem',
        state: 'failed',
        unit: 'frames',
        subject: null,
      },
      ...{ done: 1, total: 2, message: 'The process that trains the networks ended.', secondsLeft: null },
    });
    await page.getByRole('alert').getByText('The process that trains the networks ended.').waitFor();
  });

  it.each(['dark', 'light'] as const)('is reached and read by everyone, %s', async (scheme) => {
    await open({ scheme });
    await button('Run').focus();
    await page.keyboard.press('Enter');
    await button('Run again').waitFor();
    await chart().waitFor();
    await expectAccessible(page);
    await page.getByText('Table', { exact: true }).click();
    await page.getByRole('region', { name: 'Accuracy by distance as numbers' }).waitFor();
    await expectAccessible(page);
  });
});
