import { describe, expect, test } from 'vitest';
import { Gate } from '#main/hosts/gate.ts';

const sessionOf = (cookie: string) => cookie.split(';')[0];

describe('Gate', () => {
  test('a token holds at least 128 random bits and is another for each gate', () => {
    const [a, b] = [new Gate(1).token, new Gate(1).token];
    expect(Buffer.from(a, 'base64url').length).toBeGreaterThanOrEqual(16);
    expect(a).not.toBe(b);
  });

  test('a token is good once, and what it leaves behind is a session', () => {
    const gate = new Gate(8420);
    const { token } = gate;
    const first = gate.admit(token);
    if (!first.admitted) throw new Error('a fresh token was refused');
    expect(gate.knows(sessionOf(first.cookie))).toBe(true);
    expect(gate.admit(token)).toEqual({ admitted: false });
    expect(gate.token).not.toBe(token);
  });

  test('a second browser comes in with the next token, and the first stays in', () => {
    const gate = new Gate(8420);
    const [first, second] = [gate.admit(gate.token), gate.admit(gate.token)];
    if (!first.admitted || !second.admitted) throw new Error('a fresh token was refused');
    expect([first, second].map(({ cookie }) => gate.knows(sessionOf(cookie)))).toEqual([true, true]);
  });

  test('the cookie cannot be read by scripts nor sent from other sites', () => {
    const gate = new Gate(8420);
    const admission = gate.admit(gate.token);
    expect(admission).toMatchObject({
      cookie: expect.stringMatching(/^hark-8420=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/) as string,
    });
  });

  test.each(['', 'x', 'a'.repeat(43)])('refuses the token "%s"', (token) => {
    const gate = new Gate(8420);
    void gate.token;
    expect(gate.admit(token)).toEqual({ admitted: false });
  });

  test('knows a session only under its own name, among other cookies', () => {
    const gate = new Gate(8420);
    const admission = gate.admit(gate.token);
    if (!admission.admitted) throw new Error('a fresh token was refused');
    const session = sessionOf(admission.cookie);
    expect(gate.knows(`a=b; ${session}; c=d`)).toBe(true);
    expect(gate.knows(session.replace('hark-8420', 'hark-8421'))).toBe(false);
    expect(gate.knows(`${session}x`)).toBe(false);
    expect(gate.knows('hark-8420=')).toBe(false);
    expect(gate.knows(undefined)).toBe(false);
  });
});
