/** Opens the lab in a window: Electron's where that can be had, else the browser's over the web host. */
import { parseArgs } from 'node:util';
import { buildAddon } from './addon.mjs';
import { ensureBuilt } from './build.mjs';
import { electronFailedToStart, findElectron, startElectron } from './electron.mjs';

const OPTIONS = {
  lab: { type: 'string', value: 'DIR', words: 'the lab to open (default: $HARK_LAB, else Hark in your home folder)' },
  web: { type: 'boolean', words: 'in the browser, even where Electron could be had' },
  port: { type: 'string', value: 'P', words: 'port of the web host (default: a free one)' },
  'no-open': { type: 'boolean', words: 'print the address only, open no browser' },
  help: { type: 'boolean', short: 'h', words: 'this list' },
};

/** @returns {{ values: Record<string, string | boolean | undefined> } | { wrong: string }} */
export function parseStart(args) {
  try {
    const { values } = parseArgs({ args, options: OPTIONS, strict: true });
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return { wrong: `--port takes 0 to 65535, not "${values.port}".` };
    return { values: { ...values, port } };
  } catch (error) {
    return { wrong: error.message.split('\n', 1)[0] };
  }
}

export function startHelp() {
  const rows = Object.entries(OPTIONS).map(
    ([name, { value, words }]) => `  --${value ? `${name} ${value}` : name}`.padEnd(16) + words,
  );
  return ['usage: npm start -- [options]', 'Opens the lab in a window.', ...rows].join('\n');
}

export async function run(args) {
  const parsed = parseStart(args);
  if ('wrong' in parsed) {
    console.error(`${parsed.wrong}\n${startHelp()}`);
    return 2;
  }
  const { lab, web, port, help, 'no-open': noOpen } = parsed.values;
  if (help) {
    console.log(startHelp());
    return 0;
  }
  const addon = await buildAddon();
  if (!addon.endsWith('ready.')) console.error(addon);
  const built = await ensureBuilt();
  if (built !== 0) return built;

  if (!web && port === 0 && !noOpen) {
    const electron = await findElectron();
    if ('path' in electron) {
      const ended = await startElectron(electron.path, lab ? ['--lab', lab] : []);
      if (!electronFailedToStart(ended)) return ended.code ?? 1;
      console.error('Electron cannot start on this system; Hark opens in the browser instead.');
    } else console.error(`${electron.reason}; Hark opens in the browser instead.`);
  }
  const { main } = await import('../src-main/hosts/web.ts');
  return main({ lab, port, open: !noOpen });
}
