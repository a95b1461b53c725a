/** Every security setting of both hosts in one place: what the window may load, where it may go, what it may ask of the system. */

/** Where the window comes from in Electron; bulk data lies beside it, so that one origin is enough. */
export const APP_SCHEME = 'hark';
export const APP_HOST = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** The custom protocol behaves like https: an origin of its own, fetch, and media that can be sought in. */
export const APP_PRIVILEGES = { standard: true, secure: true, supportFetchAPI: true, stream: true } as const;

/**
 * The window's content security policy: its own origin and nothing else. `style-src` allows inline styles because the component
 * library sets them; scripts never.
 * @param sockets further origins for the RPC socket (`ws://127.0.0.1:8420`)
 */
export function contentSecurityPolicy(sockets: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src ${["'self'", ...sockets].join(' ')}`,
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A report is a page of its own, with styles, pictures and sounds inside: it may load nothing and reach nothing. */
const REPORT_POLICY =
  "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; media-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Headers of every answer of either host.
 * @param pathname what is asked for @param sockets as in `contentSecurityPolicy`
 */
export function securityHeaders(pathname: string, sockets: readonly string[] = []): Record<string, string> {
  const isReport = /^\/bulk\/reports\/.*\.html$/.test(pathname);
  return {
    'content-security-policy': isReport ? REPORT_POLICY : contentSecurityPolicy(sockets),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'microphone=(self), camera=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
  };
}

/** The Electron window: a page in a sandbox, without Node, talking through one port alone. */
export const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

/** The window shows its own page and no other. */
export function isAppPage(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return protocol === `${APP_SCHEME}:` && host === APP_HOST;
  } catch {
    return false;
  }
}

/**
 * Whether the window gets a permission it asks for: the microphone, for its own page, and nothing else.
 * @param mediaTypes what a `media` request is for (Electron: `mediaTypes` of a request, `mediaType` of a check)
 */
export function mayUse(permission: string, origin: string, mediaTypes: readonly string[]): boolean {
  return (
    permission === 'media' && isAppPage(origin) && mediaTypes.length > 0 && mediaTypes.every((type) => type === 'audio')
  );
}

/** Names under which the web host answers; any other is a page elsewhere that has had its name point here. */
export function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/** Whether a request is meant for this host: its name, and the origin of the page it comes from. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return host !== undefined && ownHosts(port).includes(host.toLowerCase());
}

/** @param origin the `Origin` header; browsers send it with every socket and every request that is not a plain GET */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return origin !== undefined && ownHosts(port).some((host) => origin === `http://${host}`);
}
