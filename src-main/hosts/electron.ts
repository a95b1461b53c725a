import { RPCHandler } from '@orpc/server/message-port';
import { app, BrowserWindow, dialog, ipcMain, Notification, protocol, session, shell } from 'electron';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { asHarkError } from '#shared/domain/errors.ts';
import type { Host } from '#main/lab/host.ts';
import type { Answer } from '#main/router/answer.ts';
import { setMenu } from './electron-menu.ts';
import { startUtility } from './electron-process.ts';
import { type House, labFolder, openHouse } from './open-house.ts';
import {
  APP_HOST,
  APP_ORIGIN,
  APP_PRIVILEGES,
  APP_SCHEME,
  isAppPage,
  mayUse,
  securityHeaders,
  WEB_PREFERENCES,
} from './security.ts';
import { onAsked } from './shutdown.ts';
import { serveStatic } from './static-files.ts';
import { describeFailure } from './words.ts';

/** The build puts this file into out/main, beside out/preload and out/renderer. */
const OUT = path.join(import.meta.dirname, '..');
const WINDOW = path.join(OUT, 'renderer');
const PRELOAD = path.join(OUT, 'preload/preload.cjs');
const BACKGROUND = '#14161a';

const { values: options } = parseArgs({
  args: process.argv.slice(1),
  options: { lab: { type: 'string' } },
  // Chromium's own switches are among the arguments.
  strict: false,
});
const folder = labFolder(typeof options.lab === 'string' ? options.lab : undefined);

let house: House | null = null;
let window: BrowserWindow | null = null;
let closing = false;

/** What Electron lends the services. */
const host: Host = {
  name: 'electron',
  // Threads and processes read no archive: their files are unpacked beside it.
  entry: (name) =>
    path.join(import.meta.dirname, `${name}.js`).replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`),
  startProcess: (name, environment = {}) => startUtility(host.entry(name), environment),
  async choosePath(kind) {
    const choice = {
      folder: { properties: ['openDirectory' as const] },
      manifest: { properties: ['openFile' as const], filters: [{ name: 'Manifests', extensions: ['csv', 'tsv'] }] },
      'save-folder': { properties: ['openDirectory' as const, 'createDirectory' as const] },
    }[kind];
    const { canceled, filePaths } = await (window
      ? dialog.showOpenDialog(window, choice)
      : dialog.showOpenDialog(choice));
    return canceled ? null : (filePaths[0] ?? null);
  },
  showInFolder(file) {
    shell.showItemInFolder(file);
    return Promise.resolve();
  },
  notify: (title, body) => new Notification({ title, body }).show(),
};

protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: APP_PRIVILEGES }]);
// One lab, one Hark: the lock is on the user's data folder, so another lab needs another.
app.setPath('userData', path.join(app.getPath('userData'), encodeURIComponent(folder).slice(-100)));

if (!app.requestSingleInstanceLock()) app.quit();
else {
  app.enableSandbox();
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isAppPage(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (house === null || closing) return;
    event.preventDefault();
    closing = true;
    void house.close().finally(() => app.exit(0));
  });
  onAsked(() => app.quit());
  app
    .whenReady()
    .then(open)
    .catch((thrown: unknown) => {
      const error = asHarkError(thrown);
      console.error(describeFailure(error));
      dialog.showErrorBox('Hark cannot open this lab', describeFailure(error));
      app.exit(1);
    });
}

async function open(): Promise<void> {
  setMenu();
  lockDown();
  house = await openHouse(host, folder);
  const { services, router, bulk } = house;
  const calls = new RPCHandler(router);

  protocol.handle(APP_SCHEME, async (request) => {
    const { pathname, searchParams, host: name } = new URL(request.url);
    if (name !== APP_HOST || request.method !== 'GET') return new Response(null, { status: 403 });
    const answer: Answer = pathname.startsWith('/bulk/')
      ? await bulk({
          ...{ path: pathname, query: searchParams },
          ...{ range: request.headers.get('range'), signal: request.signal },
        })
      : await serveStatic(WINDOW, pathname);
    const headers = { ...securityHeaders(pathname), ...answer.headers };
    return new Response(answer.body as Uint8Array<ArrayBuffer> | string | null, { status: answer.status, headers });
  });
  ipcMain.on('hark:connect', (event) => {
    const [port] = event.ports;
    if (!port || event.senderFrame?.origin !== APP_ORIGIN) return;
    calls.upgrade(port);
    port.start();
  });

  window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Hark',
    backgroundColor: BACKGROUND,
    webPreferences: { ...WEB_PREFERENCES, preload: PRELOAD },
  });
  window.once('ready-to-show', () => window?.show());
  window.on('closed', () => (window = null));
  await window.loadURL(`${APP_ORIGIN}/`);
  services.welcome();
}

/** Permissions: the microphone for Hark's own page, and nothing else. */
function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, decide, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(mayUse(permission, contents.getURL(), mediaTypes));
  });
  defaultSession.setPermissionCheckHandler((_, permission, origin, details) =>
    mayUse(permission, origin, details.mediaType ? [details.mediaType] : []),
  );
  defaultSession.setDevicePermissionHandler(() => false);
}
