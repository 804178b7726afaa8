import { describe, expect, it } from 'vitest';
import { buildUrl, queryString } from './url';

describe('queryString', () => {
  it('is empty when there is nothing to send', () => {
    expect(queryString({})).toBe('');
    expect(queryString({ a: '', b: null, c: undefined, d: [] })).toBe('');
  });

  it('joins lists by a bare comma in ONE parameter and encodes everything else', () => {
    expect(queryString({ tags: ['a b', 'c=d', 'ü'], n: 0, no: false })).toBe(
      '?tags=a%20b,c%3Dd,%C3%BC&n=0&no=false',
    );
  });

  it('survives half an emoji', () => expect(queryString({ q: 'a\uD83D' })).toBe('?q=a%EF%BF%BD'));
});

describe('buildUrl', () => {
  it.each(['http://h', 'http://h/', 'http://h//'])('appends to %s with one slash', (base) => {
    expect(buildUrl('P', base, ['api', 'assets'])).toBe('http://h/api/assets');
  });

  it.each(['a/b', '../x', 'a?b=c', 'a#b', 'a%2Fb', 'a\\b', 'a;b', '__proto__', '\u202Eid'])(
    'keeps the segment "%s" one segment',
    (segment) => {
      const { pathname, search, hash } = new URL(buildUrl('P', 'http://h', ['api', segment]));
      expect(pathname.split('/').slice(2).map(decodeURIComponent)).toEqual([segment]);
      expect(search + hash).toBe('');
    },
  );

  it.each(['', '.', '..', 'a\uD83D'])('refuses "%s" as a segment', (segment) => {
    expect(() => buildUrl('P', 'http://h', ['api', segment])).toThrow('cannot be an id');
  });
});
