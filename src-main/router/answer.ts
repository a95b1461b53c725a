/** What either host sends back: plain data, so that the web server and Electron's protocol say the same. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** null: no body. */
  body: Uint8Array | string | null;
}

export const text = (status: number, body: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
});

export const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});
