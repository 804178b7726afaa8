import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { safeUrl } from './safe-url';

const BASE = 'https://host.test/library/index.html';

/** What a browser drops or skips inside and before a scheme. */
const invisible = fc.array(fc.constantFrom('\t', '\n', '\r')).map((characters) => characters.join(''));
const leading = fc
  .array(fc.constantFrom('\t', '\n', '\r', ' ', '\u0000', '\u001f', '\u0008'))
  .map((c) => c.join(''));
const dangerous = fc.constantFrom(
  'javascript',
  'JavaScript',
  'data',
  'vbscript',
  'file',
  'about',
  'ftp',
  'ws',
  'view-source',
);

describe('safeUrl', () => {
  it.each([
    ['https://cdn.test/a.png', 'https://cdn.test/a.png'],
    ['http://127.0.0.1:8188/view?filename=a%20b.png', 'http://127.0.0.1:8188/view?filename=a%20b.png'],
    ['blob:https://host.test/0c5a3e1e', 'blob:https://host.test/0c5a3e1e'],
    ['HTTPS://CDN.test/a.png', 'https://cdn.test/a.png'],
    [' https://cdn.test/a.png\n', 'https://cdn.test/a.png'],
  ])('lets %j pass', (raw, safe) => {
    expect(safeUrl(raw)).toBe(safe);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript://host.test/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/svg+xml,<svg onload="alert(1)"/>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://host.test/a.png',
    'about:blank',
    'https://user:secret@cdn.test/a.png',
    'https://user@cdn.test/a.png',
    'https://:secret@cdn.test/a.png',
    'https://cdn.test@evil.test/a.png',
    'https://',
    'http://[::1/a.png',
    '',
  ])('refuses %j', (raw) => {
    expect(safeUrl(raw)).toBeNull();
  });

  it.each([
    ['a.png', 'https://host.test/library/a.png'],
    ['../a.png', 'https://host.test/a.png'],
    ['/api/view?x=1', 'https://host.test/api/view?x=1'],
    ['//cdn.test/a.png', 'https://cdn.test/a.png'],
    ['?x=1', 'https://host.test/library/index.html?x=1'],
    ['', BASE],
  ])('resolves %j against the base, and without one refuses it', (raw, resolved) => {
    expect(safeUrl(raw, BASE)).toBe(resolved);
    expect(safeUrl(raw)).toBeNull();
  });

  it('refuses what is only dangerous once it is resolved', () => {
    expect(safeUrl('//user:secret@cdn.test/a.png', BASE)).toBeNull();
    expect(safeUrl('a.png', 'https://user:secret@host.test/')).toBeNull();
    expect(safeUrl('a.png', 'no base')).toBeNull();
  });

  it('never returns anything but http, https or blob, without credentials', () => {
    const part = fc.oneof(
      dangerous,
      leading,
      fc.constantFrom(':', '//', '@', '/', '\\', 'https:', 'blob:', 'a.test'),
    );
    const pieces = fc.array(fc.oneof(part, fc.string()), { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(pieces, fc.webUrl(), fc.string()), fc.option(fc.constant(BASE)), (raw, base) => {
        const safe = safeUrl(raw, base ?? undefined);
        if (safe === null) return;
        const url = new URL(safe);
        expect(url.href).toBe(safe);
        expect(['http:', 'https:', 'blob:']).toContain(url.protocol);
        expect(url.username + url.password).toBe('');
      }),
      { numRuns: 1_000 },
    );
  });

  it('sees through characters that a browser ignores in a scheme', () => {
    fc.assert(
      fc.property(
        leading,
        dangerous,
        fc.array(invisible, { minLength: 12, maxLength: 12 }),
        (before, scheme, gaps) => {
          const spaced = Array.from(`${scheme}:`, (character, at) => `${character}${gaps[at] ?? ''}`).join(
            '',
          );
          expect(safeUrl(`${before}${spaced}alert(1)`, BASE)).toBeNull();
        },
      ),
    );
  });

  it('refuses every user name and password', () => {
    const word = fc.stringMatching(/^[a-z0-9%.~-]{1,12}$/);
    fc.assert(
      fc.property(word, fc.option(word), fc.constantFrom('http', 'https'), (user, password, scheme) => {
        const credentials = password === null ? user : `${user}:${password}`;
        expect(safeUrl(`${scheme}://${credentials}@cdn.test/a.png`, BASE)).toBeNull();
      }),
    );
  });
});
