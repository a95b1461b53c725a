import { Menu, type MenuItemConstructorOptions } from 'electron';

const isMac = process.platform === 'darwin';

/** What every app of the system has; Hark's own actions are in its window, with their keys. */
const TEMPLATE: MenuItemConstructorOptions[] = [
  ...(isMac ? [{ role: 'appMenu' } as const] : []),
  { label: 'File', submenu: [isMac ? { role: 'close' } : { role: 'quit' }] },
  {
    label: 'Edit',
    // Undo and redo are the lab's own, in the window.
    submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  },
  {
    label: 'View',
    submenu: [
      { role: 'reload' },
      { role: 'toggleDevTools' },
      { type: 'separator' },
      ...[{ role: 'resetZoom' } as const, { role: 'zoomIn' } as const, { role: 'zoomOut' } as const],
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  },
  { role: 'windowMenu' },
];

export const setMenu = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(TEMPLATE));
