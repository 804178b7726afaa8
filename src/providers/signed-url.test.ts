import { describe, expect, it } from 'vitest';
import { signedUrlExpiry } from './signed-url';

describe('signedUrlExpiry', () => {
  it.each([
    ['X-Amz-Date=20260312T101500Z&X-Amz-Expires=900', '2026-03-12T10:30:00.000Z'],
    ['x-goog-date=20260312T101500Z&x-goog-expires=60', '2026-03-12T10:16:00.000Z'],
    ['Expires=1773310500&Signature=x', '2026-03-12T10:15:00.000Z'],
    ['', null],
    ['X-Amz-Expires=900', null],
    ['X-Amz-Date=yesterday&X-Amz-Expires=900', null],
    ['Expires=soon', null],
    [`Expires=${'9'.repeat(40)}`, null],
  ])('of ?%s', (query, expected) => expect(signedUrlExpiry(`https://s.example/x?${query}`)).toBe(expected));
});
