import { expect, it } from 'vitest';
import { expectAccessible } from '../support/page.ts';
import { lab, page, testWindows } from '../support/windows.ts';

const open = testWindows({ at: '#/settings', lab: { comparisons: false } });

const radio = (name: string) => page.getByRole('radio', { name });

it('shows the engine in use, why another is not, and what the environment says', async () => {
  await open();
  await page.getByText('In use: Native, avx512, 2').waitFor();
  await page.getByText('Not available: @tensorflow/tfjs-node is not installed').waitFor();
  await page.getByText('HARK_THREADS is set to “2”').waitFor();
  expect(await radio('TensorFlow').isDisabled()).toBe(true);
  expect(await radio('Automatic').isChecked()).toBe(true);
});

it('is chosen by the keyboard, backend and threads', async () => {
  await open();
  await radio('Automatic').focus();
  // Past the one that cannot be had.
  for (const expected of ['native', 'wasm'] as const) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => lab.state.engine.backend).toBe(expected);
  }
  await page.getByText('In use: WebAssembly').waitFor();
  await page.getByRole('combobox', { name: 'Threads' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => lab.state.engine).toEqual({ backend: 'wasm', threads: 1 });
});

it('says why a choice is refused, and shows the old one again', async () => {
  await open();
  lab.state.fail('lab.chooseEngine', {
    kind: 'unavailable',
    message: 'The wasm backend cannot be used: its process ended with signal SIGILL.',
    remedy: 'Choose another one.',
  });
  await radio('WebAssembly').click();
  await page.getByRole('alert').getByText('its process ended with signal SIGILL').waitFor();
  await page.getByText('Choose another one.').waitFor();
  expect(await radio('Automatic').isChecked()).toBe(true);
  await expectAccessible(page);
  lab.state.fail('lab.chooseEngine', null);
  await radio('JavaScript').click();
  await page.getByText('In use: JavaScript').waitFor();
  expect(await page.getByText('SIGILL').count()).toBe(0);
});
