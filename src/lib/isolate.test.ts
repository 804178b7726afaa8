import { expect, it } from 'vitest';

import { isolate } from './isolate';

it('leaves names alone that cannot disturb a sentence', () => {
  expect(isolate('fox 日本語 🎨 é.png')).toBe('fox 日本語 🎨 é.png');
});

it.each(['صورة.png', 'שלום.png', 'a\u200Fא'])('isolates %j', (name) => {
  expect(isolate(name)).toBe(`\u2068${name}\u2069`);
});

it('writes out what would turn a name around, or end its isolation', () => {
  expect(isolate('invoice\u202Egnp.exe')).toBe('invoice[U+202E]gnp.exe');
  expect(isolate('א\u2069b')).toBe('\u2068א[U+2069]b\u2069');
});
