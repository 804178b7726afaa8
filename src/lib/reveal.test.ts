import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { reveal, shownName } from './reveal';

describe('reveal', () => {
  it.each([
    ['an override', 'photo\u202Egnp.exe', 'photo[U+202E]gnp.exe'],
    ['an embedding', '\u202Aa\u202C', '[U+202A]a[U+202C]'],
    ['an isolate', '\u2066a\u2069', '[U+2066]a[U+2069]'],
    ['an override amid right-to-left letters', 'שלום\u202Ea', 'שלום[U+202E]a'],
    ['a direction mark amid letters from left to right', 'a\u200F.exe', 'a[U+200F].exe'],
    ['a zero-width space', 'pay\u200Bpal', 'pay[U+200B]pal'],
    ['a word joiner', 'a\u2060b', 'a[U+2060]b'],
    ['a byte order mark', '\uFEFFa', '[U+FEFF]a'],
    ['a soft hyphen', 'a\u00ADb', 'a[U+00AD]b'],
    ['a joiner between Latin letters', 'a\u200Db', 'a[U+200D]b'],
    ['a second joiner', 'می\u200C\u200Cخ', 'می\u200C[U+200C]خ'],
    ['a joiner after an emoji that joins nothing', '🎨\u200D.png', '🎨[U+200D].png'],
    ['controls', 'a\0b\x1B[31m\x7F\x9B', 'a[U+0000]b[U+001B][31m[U+007F][U+009B]'],
    ['line breaks', 'a\nb\u2028c\u2029', 'a[U+000A]b[U+2028]c[U+2029]'],
    ['tag characters', 'a\u{E0041}\u{E007F}', 'a[U+E0041][U+E007F]'],
    ['letters drawn as nothing', 'a\u3164b\u2800', 'a[U+3164]b[U+2800]'],
    ['half an emoji', 'a\uD83D', 'a[U+D83D]'],
  ])('writes out %s', (_what, text, shown) => expect(reveal(text)).toBe(shown));

  it.each([
    ['plain names', 'Fox & hen (2) – final.png'],
    ['other scripts', '日本語 ภาษา κόσμος.png'],
    ['Arabic', 'صورة جميلة.png'],
    ['Hebrew with a direction mark', 'שלום (1)\u200F.png'],
    ['Persian with a joiner', 'می\u200Cخواهم.png'],
    ['Hindi with a joiner', 'क्\u200Dष.png'],
    ['a family', '👩\u200D👩\u200D👧.png'],
    ['a profession with a skin tone', '👩🏽\u200D🚀.png'],
    ['a heart on fire', '❤\uFE0F\u200D🔥.png'],
    ['a flag of two letters', '🇩🇪.png'],
    ['the flag of Scotland', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}.png'],
    ['an Arabic sign that encloses', '\u06DD12'],
    ['accents put together', 'e\u0301.png'],
  ])('leaves %s alone', (_what, text) => expect(reveal(text)).toBe(text));

  it('keeps lines where there may be some', () => {
    expect(reveal('a\n\tb\u202E', { lines: true })).toBe('a\n\tb[U+202E]');
  });

  it.each(['\x7F', '\x80', '\x9F', '\u00AD', '\u200B', '\u2028', '\u202A'])(
    'writes out %j beside plain letters',
    (hidden) => expect(reveal(`é “${hidden}” – ü…`)).toMatch(/^é “\[U\+[0-9A-F]{4}\]” – ü…$/),
  );

  it('never lets through what turns text around', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('a', 'א', '🎨', '\u200D', '\u202E', '\u2066', '\u2069', '\u0007'),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        expect(reveal(text)).not.toMatch(/[\u202A-\u202E\u2066-\u2069\p{Cc}]/u);
      }),
    );
  });
});

describe('shownName', () => {
  it('keeps both ends of a name of a megabyte', () => {
    const shown = shownName(`start${'x'.repeat(1_000_000)}.exe`);
    expect(shown).toHaveLength(501);
    expect(shown).toMatch(/^start.*….*\.exe$/);
  });
});
