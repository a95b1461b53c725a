import { existsSync } from 'node:fs';
import path from 'node:path';
import { asHarkError, HarkError } from '#shared/domain/errors.ts';
import { nodeHost } from './node-host.ts';
import { openBrowser } from './open-browser.ts';
import { openHouse } from './open-house.ts';
import { untilAsked } from './shutdown.ts';
import { startWebServer } from './web-server.ts';
import { tellFailure } from './words.ts';

/** The built window, where `npm run build` puts it. */
const WINDOW = path.join(import.meta.dirname, '../../out/renderer');

export interface WebOptions {
  /** Folder of the lab; the default one when left out. */
  lab?: string | undefined;
  port: number;
  /** Open the address in a browser, where there is a display. */
  open: boolean;
  /** Hears the address once the window can be opened. */
  onReady?: (url: string) => void;
}

/** Serves the window to a browser on this machine until it is told to stop. @throws HarkError */
export async function serve({ lab, port, open, onReady }: WebOptions): Promise<void> {
  if (!existsSync(path.join(WINDOW, 'index.html')))
    throw new HarkError('unavailable', 'The window has not been built.', { where: WINDOW, remedy: 'Run npm start.' });
  // Listened to from the first: whoever reads the address may end Hark at once.
  const asked = untilAsked();
  const house = await openHouse(nodeHost('web'), lab);
  try {
    const server = await startWebServer({
      router: house.router,
      bulk: house.bulk,
      folder: WINDOW,
      port,
      onFreshLink: (url) => console.error(`A fresh link, good once: ${url}`),
    });
    try {
      const url = server.link();
      onReady?.(url);
      console.error(`Lab: ${house.services.lab.folder}\nCtrl+C ends Hark.`);
      if (open) openBrowser(url);
      house.services.welcome();
      await asked;
    } finally {
      await server.close();
    }
  } finally {
    await house.close();
  }
}

/** `npm start` without Electron. Answers the exit code. */
export async function main(options: WebOptions): Promise<number> {
  try {
    await serve({ onReady: (url) => console.log(`Hark is open at ${url}`), ...options });
    return 0;
  } catch (thrown) {
    tellFailure(asHarkError(thrown));
    return 1;
  }
}
