import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, { command: string; args: string[] }>> = {
  darwin: { command: 'open', args: [] },
  // rundll32 takes the address as it is; `start` would be read by cmd, whose `&` ends an address.
  win32: { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] },
  linux: { command: 'xdg-open', args: [] },
};

/** Whether a browser opened here would be seen. */
export function hasDisplay(platform = process.platform, environment: NodeJS.ProcessEnv = process.env): boolean {
  return platform !== 'linux' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/** Opens an address in the user's browser; where that cannot be done, the printed address is all there is. */
export function openBrowser(url: string): void {
  const opener = OPENERS[process.platform];
  if (!opener || !hasDisplay()) return;
  const child = spawn(opener.command, [...opener.args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
