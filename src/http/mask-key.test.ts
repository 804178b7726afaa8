import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { maskAnswer, maskKey } from './mask-key';

const inKey = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const aKey = fc.array(inKey, { minLength: 16, maxLength: 60 }).map((characters) => characters.join(''));

const entities = (text: string) =>
  Array.from(text, (character) => `&#${character.codePointAt(0) ?? 0};`).join('');
const unicode = (text: string) =>
  Array.from(text, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join(
    '',
  );
const markup = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

describe('a key that a server repeats is masked', () => {
  it.each<[string, (key: string) => string]>([
    ['as it is', (key) => key],
    ['in capital letters', (key) => key.toUpperCase()],
    ['as part of a URL', encodeURIComponent],
    ['as part of a URL, encoded twice', (key) => encodeURIComponent(encodeURIComponent(key))],
    ['as a JSON string', (key) => JSON.stringify(key).slice(1, -1)],
    ['as PHP writes JSON', (key) => JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/')],
    ['as escaped characters', unicode],
    ['as markup', markup],
    ['as numbered entities', entities],
  ])('%s', (_how, written) => {
    fc.assert(
      fc.property(aKey, (key) => {
        const masked = maskKey(`The key ${written(key)} is unknown`, key);
        expect(masked).toBe('The key [key] is unknown');
      }),
    );
  });

  it('each time', () => {
    expect(maskKey('sk_1 and sk_1', 'sk_1')).toBe('[key] and [key]');
  });
});

it('leaves text without the key, and text that no key was sent for, as it is', () => {
  expect(maskKey('The key sk_2 is unknown', 'sk_1')).toBe('The key sk_2 is unknown');
  expect(maskKey('anything', null)).toBe('anything');
  expect(maskKey('anything', '')).toBe('anything');
});

it('leaves names and ids alone where the key is a common word', () => {
  expect(maskAnswer('{"name":"test.png"}', 'test')).toBe('{"name":"test.png"}');
  expect(maskAnswer('{"name":"sk_0123456789abcdef"}', 'sk_0123456789abcdef')).toBe('{"name":"[key]"}');
});
