import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nearKey, nearTags } from './near-tags';

const SAME: readonly (readonly string[])[] = [
  ['Portrait', 'portrait', 'PORTRAITS', ' portrait '],
  ['mood-board', 'mood board', 'Mood_Boards', 'mood.board', 'moodboard', 'mood–board'],
  ['caf\u00E9', 'cafe\u0301', 'CAFE\u0301S'],
  ['story', 'stories', 'Stories'],
  ['movie', 'movies'],
  ['box', 'boxes'],
  ['glass', 'glasses'],
  ['sketch', 'sketches'],
  ['lora', 'loras'],
  ['board 1', 'board1', 'Board_1'],
  ['v1.0', 'V1 0', 'v1-0'],
];

const APART: readonly (readonly [string, string])[] = [
  ['v1.0', 'v10'],
  ['1-2', '12'],
  ['-5', '5'],
  ['cat', 'car'],
  ['input', 'output'],
  ['bus', 'bu'],
  ['gas', 'ga'],
  ['news', 'new'],
  ['draft 1', 'draft 2'],
  ['c', 'c++'],
  ['a,b', 'ab'],
  ['models/loras', 'models loras'],
  ['cafe', 'caf\u00E9'],
  ['\u{1F98A}', '\u{1F98B}'],
  ['---', '___'],
  ['toe', 'to'],
];

describe('near-equal spellings of tags', () => {
  it.each(SAME)('takes %s and its like for one', (...tags) => {
    expect(nearTags(tags)).toEqual([tags]);
  });

  it.each(APART)('keeps %s and %s apart', (left, right) => {
    expect(nearTags([left, right])).toEqual([]);
  });

  it('names each spelling once, and none that stands alone', () => {
    expect(nearTags(['draft', 'fox', 'Draft', 'draft'])).toEqual([['draft', 'Draft']]);
  });

  const word = fc.constantFrom(
    'fox',
    'box',
    'story',
    'lora',
    'café',
    '東京',
    '7',
    '10',
    'news',
    'glass',
    'a',
  );
  const separator = fc.constantFrom(' ', '-', '_', '.', '  ', '–', '');
  const tag = fc
    .array(fc.tuple(word, separator), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.flat().join(''));

  it('is an equivalence: a tag is in one group at most, and who shares a group with another shares all', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(tag, fc.string({ unit: 'grapheme' }))), (tags) => {
        const groups = nearTags(tags);
        const inGroups = groups.flat();
        expect(new Set(inGroups).size).toBe(inGroups.length);
        for (const left of new Set(tags)) {
          const group = groups.find((each) => each.includes(left)) ?? [left];
          const mates = [...new Set(tags)].filter((right) => nearTags([left, right]).length === 1);
          expect(new Set([left, ...mates])).toEqual(new Set(group));
        }
      }),
    );
  });

  it('does not depend on the order in which tags come', () => {
    const asSets = (groups: readonly (readonly string[])[]) => groups.map((each) => [...each].sort()).sort();
    fc.assert(
      fc.property(fc.array(tag), (tags) => {
        expect(asSets(nearTags([...tags].reverse()))).toEqual(asSets(nearTags(tags)));
      }),
    );
  });

  it('sees through case, composition and what stands between words', () => {
    fc.assert(
      fc.property(tag, fc.constantFrom('NFC', 'NFD'), separator.filter(Boolean), (text, form, between) => {
        const otherwise = text
          .normalize(form)
          .toUpperCase()
          .replace(/[ _.–-]+/g, between);
        expect(nearKey(otherwise)).toBe(nearKey(text));
      }),
    );
  });

  /** What no spelling changes: letters and digits, without the last few letters, where a plural is. */
  const bare = (text: string) =>
    text
      .normalize('NFC')
      .toLowerCase()
      .normalize('NFC')
      .replace(/[\s_.\-\u2010-\u2015\u2212]/gu, '');
  const commonStart = (left: string, right: string) => {
    let at = 0;
    while (at < left.length && left[at] === right[at]) at += 1;
    return at;
  };

  it('never puts clearly different ones together: all but the end of the last word is the same', () => {
    const letters = fc.stringMatching(/^[a-cesxyioz1 -]{0,9}$/);
    fc.assert(
      fc.property(fc.array(letters, { minLength: 2, maxLength: 40 }), (tags) => {
        for (const group of nearTags(tags)) {
          const [first = '', ...others] = group.map(bare);
          for (const other of others) {
            const common = commonStart(first, other);
            expect(`${first.slice(common)}|${other.slice(common)}`).toMatch(
              /^(?:|s|e|es|y|ie|ies)\|(?:|s|e|es|y|ie|ies)$/,
            );
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
