import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { decodeBytes, decodeFile } from '#main/audio/decode.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { launchBrowser } from '../support/browser.ts';
import { launch } from '../support/hark.ts';
import { expectAccessible } from '../support/page.ts';
import { openPage } from '../support/windows.ts';

/** Where the pictures are left, to be looked at. */
const SHOTS = path.join(import.meta.dirname, '../../screenshots/studio-editing');
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** The stream the page was given. */
interface Asked {
  stream: MediaStream;
}

interface Window {
  page: Page;
  /** The lab's folder. */
  lab: string;
  origin: string;
  shot(name: string): Promise<unknown>;
}

/** A new lab on the real host, its sample rendered, in a browser. */
async function openLab(browser: Browser): Promise<Window> {
  mkdirSync(SHOTS, { recursive: true });
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'hark-editing-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const lab = path.join(folder, 'lab');
  const hark = launch(['start', '--no-open', '--lab', lab]);
  const [url] = await hark.until(/http:\/\/\S+/);
  const page = await openPage(browser);
  await page.goto(url);
  await page.getByText(/done: 880 clips/).waitFor({ timeout: 120_000 });
  const shot = (name: string) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
  return { page, lab, origin: new URL(url).origin, shot };
}

/** The samples of the clip that lies open, as the lab answers them now. */
async function soundOf(page: Page, clip: number): Promise<Float32Array> {
  const bytes = await page.evaluate(async (id) => {
    const answer = await fetch(`/bulk/clips/${id}/audio.wav?v=${Math.random()}`);
    return Array.from(new Uint8Array(await answer.arrayBuffer()));
  }, clip);
  return (await decodeBytes(Uint8Array.from(bytes), 'clip.wav')).channels[0];
}

async function openClip(page: Page, origin: string, clip: number): Promise<void> {
  await page.goto(`${origin}/#/studio/clip/${clip}`);
  await page.getByRole('toolbar', { name: 'Edit sound' }).waitFor();
  await page.getByRole('tab', { name: 'Edits' }).click();
}

async function select(page: Page, from: number, to: number, band?: [number, number]): Promise<void> {
  const bar = page.getByRole('group', { name: 'Selection' });
  const type = async (field: string, value: number) => {
    await bar.getByRole('textbox', { name: field, exact: true }).fill(String(value));
    await bar.getByRole('textbox', { name: field, exact: true }).press('Enter');
  };
  await type('Start, s', from);
  await type('End, s', to);
  if (band) {
    await type('From, Hz', band[0]);
    await type('To, Hz', band[1]);
  }
  // The keys of the editor are not for a field that is typed in.
  await bar.getByRole('textbox', { name: 'Start, s', exact: true }).press('Escape');
}

/** What becomes true when the lab and the window have done their work, on a busy machine too. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const editRows = (page: Page) => page.getByRole('list', { name: /^Edits of the clip/ }).getByRole('listitem');
/** Level of a band within the box's time, dB. */
function decibels(samples: Float32Array, fMin: number, fMax: number): number {
  const [from, end] = [2400, 5600];
  let power = 0;
  for (let hertz = fMin; hertz <= fMax; hertz += 50) {
    let [re, im] = [0, 0];
    for (let n = from; n < end; n++) {
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * (n - from)) / (end - from));
      re += hann * samples[n] * Math.cos((2 * Math.PI * hertz * n) / 16_000);
      im += hann * samples[n] * Math.sin((2 * Math.PI * hertz * n) / 16_000);
    }
    power += re * re + im * im;
  }
  return 10 * Math.log10(power);
}

const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

it('edits a clip, previews, takes back, does the same to many, and exports what is heard', async () => {
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const { page, lab, origin, shot } = await openLab(browser);
  const clip = 1;
  await openClip(page, origin, clip);
  const original = await soundOf(page, clip);

  // Cut 0.1 s to 0.2 s and put it in at the beginning: the same samples in another order.
  await select(page, 0.1, 0.2);
  await page.keyboard.press('Control+x');
  await eventually(() => editRows(page).count()).toBe(2);
  expect(await soundOf(page, clip)).toHaveLength(original.length - 1600);
  // The view is as long as what is left.
  const length = () => page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuemax');
  await eventually(async () => Number(await length())).toBeCloseTo((original.length - 1600) / 16_000, 3);
  await select(page, 0, 0);
  await page.keyboard.press('Control+v');
  await eventually(() => editRows(page).count()).toBe(3);
  const moved = new Float32Array([...original.slice(1600, 3200), ...original.slice(0, 1600), ...original.slice(3200)]);
  expect(await soundOf(page, clip)).toEqual(moved);
  await shot('1-cut-and-paste');
  for (const left of [2, 1]) {
    await page.keyboard.press('Control+z');
    if (left > 1) await eventually(() => editRows(page).count()).toBe(left);
  }
  await page.getByText('Not edited').waitFor();
  expect(await soundOf(page, clip)).toEqual(original);
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+Shift+z');
  await eventually(() => editRows(page).count()).toBe(3);
  expect(await soundOf(page, clip)).toEqual(moved);

  // A box is turned down: heard and drawn before it is taken, left, and taken.
  await select(page, 0.1, 0.4, [200, 2000]);
  const previews: string[] = [];
  page.on('request', (request) => request.url().includes('attenuateBox') && previews.push(request.url()));
  await page.keyboard.press('Alt+b');
  const form = page.getByRole('form', { name: 'Attenuate the box' });
  await form.getByRole('textbox', { name: 'Level (dB)' }).fill('200');
  await form.getByText('Between −120 and 24 dB.').waitFor();
  expect(await form.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
  await form.getByRole('textbox', { name: 'Level (dB)' }).fill('-60');
  await eventually(() => previews.some((url) => url.includes('/audio.wav'))).toBe(true);
  await eventually(() => previews.some((url) => url.includes('/spectrogram'))).toBe(true);
  await shot('2-box-previewed');
  expect(await soundOf(page, clip)).toEqual(moved);
  await page.keyboard.press('v');
  await eventually(() => form.getByRole('radio', { name: 'Before' }).isChecked()).toBe(true);
  await page.keyboard.press('v');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await eventually(() => form.count()).toBe(0);
  expect(await soundOf(page, clip)).toEqual(moved);
  await page.keyboard.press('Alt+b');
  await form.getByRole('textbox', { name: 'Level (dB)' }).fill('-60');
  await page.keyboard.press('Enter');
  await eventually(() => editRows(page).count()).toBe(4);
  const quieter = await soundOf(page, clip);
  const drop = (from: number, to: number) => decibels(quieter, from, to) - decibels(moved, from, to);
  expect(drop(400, 1800)).toBeLessThan(-40);
  expect(Math.abs(drop(3000, 7000))).toBeLessThan(1);
  expect(quieter.slice(8000)).toEqual(moved.slice(8000));

  // Back to an edit in the list, as one step that undo takes back.
  await page.getByRole('button', { name: /^Back to here: edit 1,/ }).click();
  await eventually(() => editRows(page).count()).toBe(2);
  await shot('3-back-in-the-list');
  await page.keyboard.press('Control+z');
  await eventually(() => editRows(page).count()).toBe(4);
  expect(await soundOf(page, clip)).toEqual(quieter);
  await page.getByRole('radio', { name: 'Original' }).locator('..').click();
  await eventually(() => page.getByRole('listitem').filter({ hasText: 'The original' }).count()).toBe(1);
  await page.getByRole('radio', { name: 'Edited' }).locator('..').click();

  // The same to many: all of the dataset's clips of one class, marked in the library's list.
  await page.goto(`${origin}/#/library/1/clips`);
  await page.getByRole('textbox', { name: 'Search clips' }).fill('sima/');
  const rows = page.getByRole('grid', { name: 'Clips' }).getByRole('row');
  await rows.nth(1).filter({ hasText: 'sima' }).waitFor();
  await rows.nth(2).click();
  await rows.nth(9).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: '8 clips marked' }).click();
  await page.getByRole('menuitem', { name: /^Edit the sound of 8/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Peak (dBFS)' }).fill('-20');
  await shot('4-edit-many');
  await dialog.getByRole('button', { name: 'Edit 8 clips' }).click();
  await dialog.getByText(/done to 8.clips/).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const peak = async (id: number) =>
    (await soundOf(page, id)).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const ids = [3, 5, 8];
  for (const id of ids) expect(await peak(id)).toBeCloseTo(0.1, 3);
  await page.keyboard.press('Control+z');
  for (const id of ids) await eventually(() => peak(id)).toBeGreaterThan(0.11);

  // The files say to the sample what is heard.
  await openClip(page, origin, clip);
  for (const [name, ending] of [
    ['WAV, 16 bit', 'wav'],
    ['FLAC', 'flac'],
  ]) {
    await page.keyboard.press('Control+Shift+e');
    await dialog.getByRole('radio', { name }).check();
    await shot(`5-export-${ending}`);
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByText(/1.file written into/).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const folder = path.join(lab, 'audio/exports');
    const file = readdirSync(folder).find((one) => one.endsWith(`.${ending}`))!;
    const { channels, sampleRate } = await decodeFile(path.join(folder, file));
    expect(sampleRate).toBe(16_000);
    const heard = await soundOf(page, clip);
    expect(channels[0]).toHaveLength(heard.length);
    const step = 1 / 32_768;
    expect(channels[0].every((value, n) => Math.abs(value - heard[n]) <= step)).toBe(true);
    if (ending === 'wav') expect(channels[0]).toEqual(heard);
  }

  // Many clips are those that are marked, in whichever list, else all that the list beside the editor shows.
  const list = page.getByRole('listbox', { name: 'Clips' });
  await page.getByText(/, 8 marked/).waitFor();
  await list
    .getByRole('option')
    .nth(2)
    .click({ modifiers: ['Control'] });
  await page.getByText(/, [79] marked/).waitFor();
  await shot('6-marked');
  await page.getByRole('button', { name: 'Clear marks' }).click();
  await page.getByRole('textbox', { name: 'Search the clips' }).fill('sima/');
  await list.getByRole('option').first().filter({ hasText: 'sima' }).waitFor();
  await page.getByRole('button', { name: 'Edit sound' }).click();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: /many/ }).click();
  await dialog.getByRole('button', { name: /^Edit 88.clips$/ }).waitFor();
  await page.keyboard.press('Escape');
  await eventually(() => dialog.count()).toBe(0);
  await openClip(page, origin, clip);

  // Split where it is silent: what would come of it is told before.
  await page.keyboard.press('Alt+s');
  const split = page.getByRole('form', { name: 'Split into clips' });
  await split.getByRole('textbox', { name: 'Silence below (dBFS)' }).fill('-30');
  await split.getByRole('button', { name: /^Split into \d+ clips?$/ }).waitFor();
  await shot('6-split');
  const parts = Number(/\d+/.exec(await split.getByRole('button', { name: /^Split into/ }).innerText())![0]);
  await split.getByRole('button', { name: /^Split into/ }).click();
  await page.getByText(new RegExp(`${parts}.new clips?`)).waitFor();
  await page.keyboard.press('Control+z');

  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'light'));
  await page.reload();
  await page.getByRole('toolbar', { name: 'Edit sound' }).waitFor();
  await page.keyboard.press('Alt+q');
  await page.waitForTimeout(800);
  await shot('7-light-and-wide');
  await expectAccessible(page);
});

it('records words by the keyboard alone, and recovers what a crash has left', async () => {
  const sound = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'hark-microphone-'))), 'tone.wav');
  onTestFinished(() => rmSync(path.dirname(sound), { recursive: true, force: true }));
  // Half a second of tone, a second of silence, over and over.
  const tone = Float32Array.from({ length: 72_000 }, (_, n) => (n < 24_000 ? 0.3 * Math.sin(n / 10) : 0));
  writeFileSync(sound, encodeWav([tone], 48_000));
  const browser = await launchBrowser([...MICROPHONE, `--use-file-for-fake-audio-capture=${sound}`]);
  onTestFinished(() => browser.close());
  const { page, lab, origin, shot } = await openLab(browser);
  await page.goto(`${origin}/#/studio/record`);
  await page.getByRole('button', { name: 'Use the microphone' }).click();
  await page.getByRole('button', { name: 'Switch the microphone off' }).waitFor();
  const meter = page.getByRole('meter', { name: 'Level of the microphone' });
  await eventually(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(-20); // prettier-ignore
  await expectAccessible(page);

  await page.getByRole('radiogroup', { name: 'What is recorded' }).getByText('Series of words').click();
  await page.getByRole('textbox', { name: 'Words' }).fill('yes\nno');
  await page.getByRole('textbox', { name: 'Takes of each' }).fill('2');
  await page.getByRole('button', { name: 'Begin the series' }).click();
  await page.getByText('take 1 of 2 · 1 of 4').waitFor();
  await shot('8-prompt');
  const kept = page.getByRole('region', { name: 'Takes kept' }).getByRole('row');
  for (let take = 1; take <= 2; take++) {
    await page.keyboard.press('Space');
    await page.getByText('Recording', { exact: true }).waitFor({ timeout: 10_000 });
    if (take === 1) await shot('9-recording');
    // Each ends by itself when the tone has been over for a while.
    await eventually(() => kept.count()).toBe(take + 1);
  }
  await page.getByText('3 of 4').waitFor();
  await page.keyboard.press('n');
  await page.getByText('4 of 4').waitFor();
  await shot('10-kept');

  const [folder] = [path.join(lab, 'audio/recordings')];
  const files = readdirSync(folder);
  expect(files).toHaveLength(2);
  for (const file of files) {
    const { channels, sampleRate } = await decodeFile(path.join(folder, file));
    // The tone, or what was left of it when the take began, with a tenth of a second on both sides.
    const seconds = channels[0].length / sampleRate;
    expect(seconds).toBeGreaterThan(0.15);
    expect(seconds).toBeLessThan(0.8);
    expect(rms(channels[0])).toBeGreaterThan(0.05);
  }
  expect(readdirSync(path.join(lab, 'audio/takes'))).toEqual([]);

  // A take that is cut off with its window is offered again.
  const takes = path.join(lab, 'audio/takes');
  const sizes = () => readdirSync(takes).map((take) => readFileSync(path.join(takes, take)).length);
  await page.keyboard.press('Space');
  await page.getByText('Recording', { exact: true }).waitFor({ timeout: 10_000 });
  await eventually(() => Math.max(0, ...sizes())).toBeGreaterThan(44);
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => ((globalThis as unknown as Asked).stream = await ask(wanted));
  });
  await page.reload();
  const cutOff = page.getByRole('region', { name: 'Takes that were cut off' });
  await cutOff.getByRole('textbox', { name: 'Label of the take that was cut off' }).fill('found');
  await shot('11-cut-off');
  await cutOff.getByRole('button', { name: 'Keep' }).click();
  await eventually(sizes).toEqual([]);
  expect(readdirSync(folder)).toContain('found.wav');

  // A microphone that is pulled out ends its take; what was recorded up to there is kept.
  await page.getByRole('button', { name: 'Use the microphone' }).click();
  await page.getByRole('button', { name: 'Switch the microphone off' }).waitFor();
  await page.getByRole('radiogroup', { name: 'What is recorded' }).getByText('Free').click();
  await page.getByRole('textbox', { name: 'Label of the clip' }).fill('pulled');
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('Recording', { exact: true }).waitFor({ timeout: 10_000 });
  await eventually(() => Math.max(0, ...sizes())).toBeGreaterThan(44);
  await page.evaluate(() => (globalThis as unknown as Asked).stream.getTracks()[0].dispatchEvent(new Event('ended')));
  await page.getByText('The microphone has gone.').waitFor();
  await eventually(() => readdirSync(folder).includes('pulled.wav')).toBe(true);
  await shot('12-pulled-out');
  await page.goto(`${origin}/#/library`);
  await page.getByRole('row', { name: /Recordings/ }).waitFor();
});

it('says what to do where there is no microphone', async () => {
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const { page, origin, shot } = await openLab(browser);
  await page.goto(`${origin}/#/studio/record`);
  await page.getByRole('button', { name: 'Use the microphone' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.innerText()).toMatch(/microphone.*\n.*(again|Choose)/is);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await shot('13-no-microphone');
  expect(await page.getByRole('button', { name: 'Record', exact: true }).isDisabled()).toBe(true);
  await expectAccessible(page);
});
