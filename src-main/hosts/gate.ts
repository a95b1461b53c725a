import { randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 32;
const COOKIE_BYTES = 32;

/** What became of a token that was presented. */
export type Admission = { admitted: true; cookie: string } | { admitted: false };

/**
 * Who may in: a token in the printed address is good for one visit, which leaves a session behind in a cookie. Both are 256 random
 * bits and live as long as the process.
 */
export class Gate {
  readonly #cookieName: string;
  readonly #sessions = new Set<string>();
  #token: string | null = null;

  /** @param port part of the cookie's name, since browsers share cookies between the ports of a host */
  constructor(port: number) {
    this.#cookieName = `hark-${port}`;
  }

  /** The token that is good for the next visit; a new one after each. */
  get token(): string {
    this.#token ??= randomBytes(BYTES).toString('base64url');
    return this.#token;
  }

  /** Spends a token. The answer's cookie opens everything else. */
  admit(token: string): Admission {
    if (this.#token === null || !same(token, this.#token)) return { admitted: false };
    this.#token = null;
    const session = randomBytes(COOKIE_BYTES).toString('base64url');
    this.#sessions.add(session);
    return { admitted: true, cookie: `${this.#cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/` };
  }

  /** @param cookies the request's `Cookie` header */
  knows(cookies: string | undefined): boolean {
    return (cookies ?? '')
      .split(';')
      .map((pair) => pair.trim().split('='))
      .some(([name, value]) => name === this.#cookieName && [...this.#sessions].some((one) => same(value ?? '', one)));
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
