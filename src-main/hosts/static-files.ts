import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Answer, text } from '#main/router/answer.ts';

/** Only what a build holds is served: a file of another kind is none of the window's. */
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The built window's files. Names under `assets/` carry a hash of their content and may be kept; the page itself may not.
 * @param folder the build's folder
 * @param pathname of the URL, still percent-encoded
 */
export async function serveStatic(folder: string, pathname: string): Promise<Answer> {
  const missing = text(404, 'There is no such file.');
  try {
    const name = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
    const type = TYPES[path.extname(name).toLowerCase()];
    if (type === undefined || name.includes('\0') || name.includes('\\')) return missing;
    const root = await realpath(folder);
    const file = await realpath(path.join(root, name));
    if (!file.startsWith(root + path.sep)) return missing;
    const kept = name.startsWith('/assets/');
    return {
      status: 200,
      headers: { 'content-type': type, 'cache-control': kept ? 'private, max-age=31536000, immutable' : 'no-cache' },
      body: await readFile(file),
    };
  } catch {
    return missing;
  }
}
