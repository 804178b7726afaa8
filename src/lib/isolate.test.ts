// @vitest-environment node
import { expect, it } from 'vitest';

import { isolate } from './isolate';

it('leaves names alone that cannot disturb a sentence', () => {
  expect(isolate('fox 日本語 🎨 é.png')).toBe('fox 日本語 🎨 é.png');
});

it.each(['صورة.png', 'שלום.png', 'invoice\u202Egnp.exe', 'a\u200Fb'])('isolates %j', (name) => {
  expect(isolate(name)).toBe(`\u2068${name}\u2069`);
});
