import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './browser.ts';
import { startFakeLab } from './fake-lab.ts';
const [folder, names, schemes = 'dark', widths = '1280'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const VIEWS: Record<string, any> = {
  start: { hash: '#/compare' },
  settings: { hash: '#/compare', act: async (p: any) => { for (const t of ['Networks', 'Training', 'Split', 'Features']) await p.getByRole('button', { name: new RegExp('^' + t) }).click(); await p.waitForTimeout(400); await p.getByRole('textbox', { name: /Learning rate/ }).fill('-1'); await p.waitForTimeout(300)} , full: true },
  live: { hash: '#/compare/LIVE' },
  prep: { hash: '#/compare', act: async (p: any) => { await p.getByRole('button', { name: 'Compare', exact: true }).click(); await p.waitForTimeout(200)} },
  done: { hash: '#/compare/DONE' },
  donefull: { hash: '#/compare/DONE', full: true },
  cell: { hash: '#/compare/DONE/lstm/*/six/eight' },
  mistakes: { hash: '#/compare/DONE/rnn/*/*/*' },
  big: { hash: '#/compare/BIG', full: true, act: async (p: any) => { await p.getByText('Confusion matrices').scrollIntoViewIfNeeded(); } },
  diff: { hash: '#/compare/diff/1,2' },
  reports: { hash: '#/reports' },
  failed: { hash: '#/compare/FAILED' },
  interrupted: { hash: '#/compare/INTERRUPTED' },
};
const browser = await launchBrowser();
const lab = await startFakeLab({});
const by = (s: string) => lab.state.comparisons.find((c) => c.state === s)?.id;
console.log(lab.state.comparisons.map((c) => [c.id, c.state, c.name, c.spec.seeds.length, c.dataset.summary.name].join(' ')));
for (const name of names.split(',')) for (const scheme of schemes.split(',')) for (const w of widths.split(',')) {
  const v = VIEWS[name];
  const page = await browser.newPage({ viewport: { width: +w, height: v.full ? 2200 : w === '1920' ? 1080 : 800 } });
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log(name, m.text().slice(0, 400)));
  page.on('pageerror', (e) => console.log(name, e.message));
  await page.addInitScript((x) => localStorage.setItem('mantine-color-scheme-value', x), scheme);
  const hash = v.hash.replace('LIVE', by('training')).replace('DONE', by('done')).replace('FAILED', by('failed')).replace('INTERRUPTED', by('interrupted')).replace('BIG', lab.state.comparisons.find((c) => c.dataset.summary.classes > 20)?.id ?? 1);
  await page.goto(lab.url + hash);
  await page.waitForTimeout(1800);
  try { await v.act?.(page); } catch (e) { console.log(name, String(e).slice(0, 600)); }
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(folder, `${name}-${scheme}-${w}.png`) });
  await page.close();
}
await lab.close(); await browser.close();
