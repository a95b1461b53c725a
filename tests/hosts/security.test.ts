import { describe, expect, test } from 'vitest';
import {
  APP_ORIGIN,
  contentSecurityPolicy,
  isAppPage,
  isOwnHost,
  isOwnOrigin,
  mayUse,
  securityHeaders,
  WEB_PREFERENCES,
} from '#main/hosts/security.ts';

describe('content security policy', () => {
  const directives = (policy: string) =>
    new Map(policy.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1)] as const));

  test('nothing is allowed that is not named, and no script but the window’s own files', () => {
    const policy = directives(contentSecurityPolicy());
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.get(name)).toEqual(["'none'"]);
  });

  test('no directive lets another origin in, nor eval', () => {
    expect(contentSecurityPolicy()).not.toMatch(/https?:|wss?:|\*|unsafe-eval/);
  });

  test('the sockets of the web host are added to what may be connected to, and to nothing else', () => {
    const policy = directives(contentSecurityPolicy(['ws://127.0.0.1:1']));
    expect(policy.get('connect-src')).toEqual(["'self'", 'ws://127.0.0.1:1']);
    expect([...policy].filter(([, sources]) => sources.includes('ws://127.0.0.1:1'))).toHaveLength(1);
  });

  test('a report runs in a sandbox and may load and reach nothing', () => {
    const policy = directives(securityHeaders('/bulk/reports/1/a.html')['content-security-policy']);
    expect(policy.get('sandbox')).toEqual(['allow-scripts']);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.has('connect-src')).toBe(false);
    expect(securityHeaders('/bulk/clips/1/a.html')['content-security-policy']).toBe(contentSecurityPolicy());
  });

  test('answers are never sniffed, framed or read by another origin', () => {
    expect(securityHeaders('/')).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
  });
});

describe('the Electron window', () => {
  test('is sandboxed, isolated and without Node', () => {
    expect(WEB_PREFERENCES).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
    });
  });

  test.each([
    [`${APP_ORIGIN}/`, true],
    [`${APP_ORIGIN}/index.html#/compare/1`, true],
    ['hark://elsewhere/', false],
    ['hark://app.evil/', false],
    ['https://app/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['not an address', false],
  ])('may show %s: %s', (url, may) => expect(isAppPage(url)).toBe(may));

  test.each([
    ['media', APP_ORIGIN, ['audio'], true],
    ['media', `${APP_ORIGIN}/`, ['audio'], true],
    ['media', APP_ORIGIN, ['audio', 'video'], false],
    ['media', APP_ORIGIN, ['video'], false],
    ['media', APP_ORIGIN, [], false],
    ['media', 'https://example.org', ['audio'], false],
    ['geolocation', APP_ORIGIN, ['audio'], false],
    ['notifications', APP_ORIGIN, [], false],
    ['display-capture', APP_ORIGIN, ['audio'], false],
    ['clipboard-read', APP_ORIGIN, [], false],
  ])('permission %s for %s (%j): %s', (permission, origin, types, may) =>
    expect(mayUse(permission, origin, types)).toBe(may),
  );
});

describe('the web host', () => {
  test.each([
    ['127.0.0.1:8420', true],
    ['localhost:8420', true],
    ['LOCALHOST:8420', true],
    ['127.0.0.1:8421', false],
    ['127.0.0.1', false],
    ['evil.example:8420', false],
    ['127.0.0.1:8420.evil.example', false],
    ['[::1]:8420', false],
    [undefined, false],
  ])('answers under the name %s: %s', (host, answers) => expect(isOwnHost(host, 8420)).toBe(answers));

  test.each([
    ['http://127.0.0.1:8420', true],
    ['http://localhost:8420', true],
    ['https://127.0.0.1:8420', false],
    ['http://127.0.0.1:9999', false],
    ['http://127.0.0.1:8420.evil.example', false],
    ['null', false],
    [undefined, false],
  ])('takes a page of origin %s for its own: %s', (origin, own) => expect(isOwnOrigin(origin, 8420)).toBe(own));
});
