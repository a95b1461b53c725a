import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/page.ts';
import { lab, page, testWindows } from '../support/windows.ts';

const open = testWindows({ lab: { comparisons: false } });

const row = (n: number) => page.getByRole('grid', { name: 'Clips' }).getByRole('row').nth(n);
const playhead = () => page.getByRole('slider', { name: 'Playhead' });
const clipNamed = (file: string) => page.getByRole('region', { name: `Clip ${file}` });

describe('clips', () => {
  it('draws the clip one chooses, plays it with Space, and walks with the arrows', async () => {
    await open({ at: '#/library/1' });
    await row(1).click();
    await clipNamed('0_george_0.wav').waitFor();
    await page.getByText(/^hann 200 · FFT 256 · hop/).waitFor();
    const shades = await page.locator('canvas[aria-hidden]').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    expect(shades).toBeGreaterThan(50);

    await page.keyboard.press('Space');
    await page.waitForFunction(() => Number(document.querySelector('[aria-label=Playhead]')?.ariaValueNow) > 0.1);
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();

    await page.keyboard.press('ArrowDown');
    await clipNamed('1_george_0.wav').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await clipNamed('1_george_0.wav').waitFor();
    expect(await playhead().getAttribute('aria-valuenow')).toBe('0.00');
  });

  it('plays from where one clicks in the picture, and says seconds and Hz under the pointer', async () => {
    await open({ at: '#/library/1' });
    await row(1).click();
    await page.getByText(/^hann 200 · FFT 256/).waitFor();
    const picture = (await page.locator('canvas[aria-hidden]').boundingBox())!;
    await page.mouse.move(picture.x + picture.width / 2, picture.y + 20);
    await page.getByText(/^0\.18\d s · 3\.\d+ kHz$/).waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForFunction(() => Number(document.querySelector('[aria-label=Playhead]')?.ariaValueNow) > 0.18);
  });

  it('scrolls through 100,000 clips and keeps only those in sight', async () => {
    await open({ at: '#/library/2' });
    await row(1).click();
    await page.getByRole('grid', { name: 'Clips' }).focus();
    await page.keyboard.press('End');
    await page.getByRole('grid').locator('[aria-rowindex="100001"][aria-selected=true]').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(120);
    await page.keyboard.press('ArrowUp');
    await page.getByRole('grid').locator('[aria-rowindex="100000"][aria-selected=true]').waitFor();
  });

  it('searches, filters and sorts', async () => {
    await open({ at: '#/library/2' });
    await page.getByText('100\u202f000 clips', { exact: true }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('sheila nohash');
    await page.getByText(/^\d+ of 100\u202f000 clips$/).waitFor();
    expect(await row(1).textContent()).toContain('sheila');
    await page.keyboard.press('Escape');
    await page.getByText('100\u202f000 clips', { exact: true }).waitFor();

    await page.getByRole('combobox', { name: 'Class' }).click();
    await page.keyboard.type('zero');
    await page.getByRole('option', { name: /^zero \(/ }).click();
    await page.getByText(/^285\d of/).waitFor();
    await page.getByRole('button', { name: 'Duration' }).click();
    await page.getByRole('columnheader', { name: 'Duration' }).and(page.locator('[aria-sort=ascending]')).waitFor();
    await expect.poll(async () => (await row(1).getByRole('gridcell').nth(3).textContent())?.slice(0, 3)).toBe('0.4');
  });

  it('mends a label with Enter, and takes it back with Ctrl+Z', async () => {
    await open({ at: '#/library/1' });
    await row(3).click();
    await page.getByRole('button', { name: 'Label: two. Change' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Label' }).fill('seven');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Label: seven. Change' }).waitFor();
    await expect.poll(() => row(3).textContent()).toContain('seven');
    expect(lab.state.clip(3).clip.label).toBe('seven');

    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+z');
    await page.getByText('Label "two" to "seven": 2_george_0.wav').waitFor();
    await page.getByRole('button', { name: 'Label: two. Change' }).waitFor();
    expect(lab.state.clip(3).clip.label).toBe('two');

    await page.keyboard.press('Control+Shift+z');
    await page.getByRole('button', { name: 'Label: seven. Change' }).waitFor();
    await page.keyboard.press('Control+h');
    await page.getByRole('button', { name: 'As it was before all of these' }).click();
    await expect.poll(() => lab.state.clip(3).clip.label).toBe('two');
  });

  it('says of a missing file where it was and how it is found again', async () => {
    await open({ at: '#/library/2' });
    await page.getByRole('combobox', { name: 'Only' }).click();
    await page.getByRole('option', { name: 'Missing files' }).click();
    await page.getByText('5 of 100\u202f000 clips').waitFor();
    await row(1).click();
    await page.getByText('The file is not there any more').waitFor();
    await page.getByRole('link', { name: 'found again' }).click();
    await page.getByRole('button', { name: 'Find them again' }).click();
    await page.getByRole('textbox', { name: 'Path' }).fill('/media/disk');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Look here' }).click();
    await page.getByText('3\u00a0files found again').waitFor();
    await page.getByText('2 missing', { exact: true }).waitFor();
  });
});

describe('datasets', () => {
  it('imports a folder: browsed to, recognised, named, watched, with what was left out and why', async () => {
    await open({ lab: { datasets: [], importMs: 600 }, at: '#/library' });
    await page.getByText('Bring recordings').waitFor();
    await page.getByRole('button', { name: 'Import a folder' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'recordings', exact: true }).click();
    await dialog.getByRole('button', { name: 'speech_commands_v0.02' }).click();
    await dialog.getByRole('radio', { name: /^Speech Commands \(best match\)/ }).waitFor();
    await dialog.getByRole('radio', { name: /^A folder per class/ }).check();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Words of the course');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText('“Words of the course” is in the lab').waitFor();
    await dialog.getByText('stop/IMG_0042.mov').waitFor();
    await dialog.getByRole('button', { name: 'Copy the list' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('left/take 14.wav\tThe file is empty.');
    expect(lab.state.datasets[0].summary).toMatchObject({ name: 'Words of the course', layout: 'folder' });
    await dialog.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('heading', { name: 'Words of the course' }).waitFor();
  });

  it('keeps what is typed while the first listing is still under way', async () => {
    let answer = (): void => {};
    await open({ lab: { listing: new Promise<void>((resolve) => (answer = resolve)) }, at: '#/library' });
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await page.keyboard.press('Control+i');
    const field = page.getByRole('dialog').getByRole('textbox', { name: 'Path' });
    await field.fill('/media/disk');
    answer();
    await page.getByRole('dialog').getByRole('button', { name: 'recordings', exact: true }).waitFor();
    expect(await field.inputValue()).toBe('/media/disk');
  });

  it('gives way to what is typed once it says where it begins', async () => {
    await open({ at: '#/library' });
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await page.keyboard.press('Control+i');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Desktop' }).first().waitFor();
    const field = dialog.getByRole('textbox', { name: 'Path' });
    expect(await field.inputValue()).toBe('/home/ada');
    await page.keyboard.type('/media/disk');
    expect(await field.inputValue()).toBe('/media/disk');
  });

  it('goes where one says even if the first listing comes in that very moment', async () => {
    let answer = (): void => {};
    await open({ lab: { listing: new Promise<void>((resolve) => (answer = resolve)) }, at: '#/library' });
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await page.keyboard.press('Control+i');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Path' }).fill('/home/ada/recordings/my words/');
    // Sent as the listing is drawn, before what its coming has as a consequence.
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        if (!document.querySelector('[role=dialog] [aria-label=Places] button')) return;
        seen.disconnect();
        document.querySelector<HTMLFormElement>('[role=dialog] form')!.requestSubmit();
      });
      seen.observe(document.body, { childList: true, subtree: true });
    });
    answer();
    await dialog.getByRole('radio', { name: /^A folder per class/ }).waitFor();
  });

  it('takes a folder that is written in another way than the lab writes it', async () => {
    await open({ at: '#/library' });
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await page.keyboard.press('Control+i');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Path' }).fill('/home/ada/recordings/my words/');
    await page.keyboard.press('Enter');
    await dialog.getByRole('radio', { name: /^A folder per class/ }).waitFor();
    await dialog.getByRole('button', { name: 'Import', exact: true }).waitFor();
  });

  it('says why a folder cannot be looked into, and can be driven by keys alone', async () => {
    await open({ at: '#/library' });
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await page.keyboard.press('Control+i');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Desktop' }).first().waitFor();
    await dialog.getByRole('textbox', { name: 'Path' }).fill('/home/ada/locked');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('This folder may not be read.').waitFor();
    await dialog.getByText('Ask its owner for the right to read it.').waitFor();
    await dialog.getByRole('textbox', { name: 'Path' }).fill('/home/ada');
    await page.keyboard.press('Enter');
    const first = dialog.getByRole('group', { name: 'Folders here' }).getByRole('button').first();
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Path' }).inputValue()).toBe('/home/ada/Documents');
    await dialog.getByRole('button', { name: 'thesis' }).focus();
    await page.keyboard.press('Backspace');
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Path' }).inputValue()).toBe('/home/ada');
  });

  it('renames, removes and brings back', async () => {
    await open({ at: '#/library/1' });
    await page.getByRole('button', { name: 'More on this dataset' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Digits');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Digits' }).waitFor();
    await page.getByRole('button', { name: 'More on this dataset' }).click();
    await page.getByRole('menuitem', { name: 'Remove from the lab' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'Digits' }).count()).toBe(0);
    await page.getByRole('region', { name: 'Datasets' }).focus();
    await page.keyboard.press('Control+z');
    await page.getByRole('link', { name: 'Digits' }).waitFor();
  });

  it('leads from a class to its clips', async () => {
    await open({ at: '#/library/2/overview' });
    await page.getByRole('region', { name: 'Classes' }).getByRole('button', { name: 'sheila' }).click();
    await page.getByText(/^2857 of/).waitFor();
    expect(await row(1).textContent()).toContain('sheila');
  });

  it('shows what a split comes to, and what leaks', async () => {
    await open({ at: '#/library/1/split' });
    await page.getByText(/^6 speakers have clips both/).waitFor();
    await page.getByRole('radio', { name: 'Unseen speakers' }).check();
    await page.getByRole('combobox', { name: 'Held out' }).click();
    await page.getByRole('option', { name: 'theo' }).click();
    await page.getByText('unseen speaker: theo').waitFor();
    await page.getByRole('row', { name: /^test 500 /i }).waitFor();
    await page.getByText('Nothing stands on both sides.').waitFor();
  });
});

describe('the shell', () => {
  it('says when the lab is out of reach, and mends itself', async () => {
    await open({ at: '#/library', complaints: /^WebSocket connection .* failed/ });
    await page.getByRole('link', { name: 'Spoken digits' }).waitFor();
    lab.cutConnections(1500);
    await page.getByText('Connection lost, reconnecting').waitFor();
    lab.state.datasets[0].summary.name = 'Renamed meanwhile';
    await page.getByText('Connected').waitFor();
    await page.getByRole('link', { name: 'Renamed meanwhile' }).waitFor();
  });

  it('shows an error with its place and remedy, and tries again', async () => {
    await open({ lab: { datasets: ['digits'] } });
    lab.state.fail('library.statistics', {
      kind: 'internal',
      message: 'The store cannot be read.',
      where: 'lab.sqlite',
      remedy: 'Start Hark again.',
    });
    await page.goto(`${lab.url}#/library/1/overview`);
    const alert = page.getByRole('alert').filter({ hasText: 'The dataset could not be counted' });
    await alert.waitFor();
    for (const words of ['The store cannot be read.', 'lab.sqlite', 'Start Hark again.'])
      expect(await alert.textContent()).toContain(words);
    lab.state.fail('library.statistics', null);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('region', { name: 'Durations' }).waitFor();
  });

  it('offers to go on with what was cut off', async () => {
    await open({ at: '#/library', lab: { comparisons: true } });
    await page.getByText(/was cut off/).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => lab.state.comparison(3).state).toBe('training');
    await expect.poll(() => page.getByText(/was cut off/).count()).toBe(0);
  });

  it('stops a job from the bar', async () => {
    await open({ at: '#/library', lab: { importMs: 60_000 } });
    await page.getByRole('button', { name: 'Render the built-in sample' }).click();
    await page.getByRole('button', { name: 'Stop: Import Built-in sample' }).click();
    await page.getByText(/^stopped: Stopped after/).waitFor();
    await page.getByRole('button', { name: 'Dismiss: Import Built-in sample' }).click();
    await page.getByText('No work in hand').waitFor();
  });

  it('finds actions and places in the palette, lists the keys, and lets them be changed', async () => {
    await open({ at: '#/library' });
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Find an action' }).fill('speech com');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Speech Commands v2' }).waitFor();
    await page.getByRole('textbox', { name: 'Find an action' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: 'Add a key to Library' }).click();
    await page.keyboard.press('Control+Shift+o');
    await page.reload();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Control+Shift+o');
    await page.getByRole('heading', { name: 'Library' }).waitFor();
  });

  it('lets panels be resized by keys and remembers it', async () => {
    await open({ at: '#/library/1' });
    const divider = page.getByRole('separator');
    const before = Number(await divider.getAttribute('aria-valuenow'));
    await divider.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
    await page.reload();
    await expect.poll(async () => Number(await divider.getAttribute('aria-valuenow'))).toBe(before + 48);
  });
});

describe('access', () => {
  const places = [
    '#/library',
    '#/library/1',
    '#/library/2/overview',
    '#/library/1/split',
    '#/library/2/files',
    '#/settings',
  ];
  it.each(['dark', 'light'] as const)('has no serious finding in any place, %s', async (scheme) => {
    await open({ scheme, lab: { comparisons: true } });
    for (const place of places) {
      await page.goto(lab.url + place);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      if (place === '#/library/1') {
        await row(4).click();
        await page.getByText(/^hann/).waitFor();
      }
      await expectAccessible(page);
    }
    await page.goto(`${lab.url}#/library`);
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await page.keyboard.press('Control+i');
    await page.getByRole('dialog').getByRole('button', { name: 'recordings', exact: true }).waitFor();
    await expectAccessible(page);
  });

  it('reaches every room by Tab, and holds together at 200 % zoom', async () => {
    await open({ at: '#/library', width: 640, height: 400 });
    await page.getByRole('link', { name: 'Spoken digits' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
    const reached = new Set<string>();
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''));
    }
    for (const name of ['Skip to the room', 'Library', 'Compare', 'Reports', 'Settings', 'Spoken digits'])
      expect(reached).toContain(name);
  });
});
