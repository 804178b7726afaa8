import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ASSET_KINDS } from '@/domain/asset';
import { LEFTOVERS, NO_INDEX_FILTERS, type IndexFilters } from '@/domain/library-query';

import { parseWhere, toLibraryFilters, writeWhere } from './where';

const text = fc
  .array(
    fc.oneof(fc.constantFrom('%', ',', ';', ':', '..', '%2C', '%25', '-', ' ', '', 'ü', '🦊'), fc.string()),
  )
  .map((parts) => parts.join(''));
const word = text.filter((each) => each !== '');
const range = <T>(bound: fc.Arbitrary<T>) => fc.record({ from: fc.option(bound), to: fc.option(bound) });
const bytes = range(fc.nat({ max: 900_000_000_000_000 }));
const digits = fc.integer({ min: 0, max: 999_999_999 }).map((count) => String(count).padStart(9, '0'));
const instant = fc
  .tuple(
    fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
    fc.option(digits.chain((fraction) => fc.nat({ max: 8 }).map((length) => fraction.slice(0, length + 1)))),
  )
  .map(([date, fraction]) => `${date.toISOString().slice(0, 19)}${fraction === null ? '' : `.${fraction}`}Z`);
const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const instants = fc.oneof(
  range(instant),
  fc.tuple(day, day).map(([from, to]) => ({ from: `${from}T00:00:00Z`, to: `${to}T23:59:59.999999Z` })),
);
const maybe = fc.option(fc.boolean());
const listOf = <T>(value: fc.Arbitrary<T>) => fc.uniqueArray(value, { maxLength: 4 });

const anyFilters: fc.Arbitrary<IndexFilters> = fc.record({
  kinds: listOf(fc.constantFrom(...ASSET_KINDS)),
  extensions: listOf(text),
  ...{ size: bytes, created: instants, updated: instants, lastUsed: instants },
  unusedDays: fc.option(fc.integer({ min: 1, max: 99_999 })),
  ...{ hasTags: maybe, hasHash: maybe, hasPreview: maybe, isProtected: maybe },
  ...{ jobId: fc.option(word), contentHash: fc.option(word) },
  leftover: fc.option(fc.constantFrom(...LEFTOVERS)),
  ...{ states: listOf(word), projects: listOf(word), languages: listOf(text) },
  duration: range(fc.nat({ max: 999_999_999 }).map((milliseconds) => milliseconds / 1000)),
});

describe('where', () => {
  it('reads back what it wrote, whatever the characters', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        expect(parseWhere(writeWhere(filters))).toEqual(filters);
      }),
      { numRuns: 500 },
    );
  });

  it('writes nothing for no filter', () => {
    expect(writeWhere(NO_INDEX_FILTERS)).toBe('');
    expect(parseWhere('')).toEqual(NO_INDEX_FILTERS);
  });

  it('can be read by a person', () => {
    const filters: IndexFilters = {
      ...NO_INDEX_FILTERS,
      kinds: ['image', 'video'],
      extensions: ['png', ''],
      size: { from: 1_000_000, to: null },
      created: { from: '2026-01-01T00:00:00Z', to: '2026-01-31T23:59:59.999999Z' },
      unusedDays: 90,
      hasTags: false,
      jobId: 'a,b;c',
      duration: { from: null, to: 2.5 },
    };
    expect(writeWhere(filters)).toBe(
      'kind:image,video;ext:png,;size:1000000..;created:2026-01-01..2026-01-31;unused:90;tags:no;job:a%2Cb%3Bc;duration:..2.5',
    );
  });

  it.each([
    'kind:banana',
    'kind',
    ':image',
    'KIND:image',
    'size:1',
    'size:..',
    'size:a..b',
    'size:-1..',
    'size:1e9..',
    'size:1..b',
    'size:1..2..3',
    'created:yesterday..',
    'created:2026-13-01..',
    'created:2026-01-01T00:00:00..',
    'unused:0',
    'unused:-3',
    'unused:1.5',
    'unused:100000000',
    'tags:maybe',
    'job:',
    'state:',
    'leftover:everything',
    'duration:1.0000001..',
    '__proto__:x;constructor:y',
  ])('ignores %s, and keeps what stands beside it', (junk) => {
    expect(parseWhere(`${junk};hash:yes`)).toEqual({ ...NO_INDEX_FILTERS, hasHash: true });
  });

  it('keeps the good items of a list, each once, and not more than a database takes', () => {
    expect(parseWhere('kind:image,banana,image').kinds).toEqual(['image']);
    const many = Array.from({ length: 50_000 }, (_, index) => `e${index}`).join(',');
    expect(parseWhere(`ext:${many}`).extensions).toHaveLength(200);
  });

  it('takes the first of two that say the same in other ways', () => {
    expect(parseWhere('kind:image;kind:video;hash:no;hash:yes')).toEqual({
      ...NO_INDEX_FILTERS,
      ...{ kinds: ['image'], hasHash: false },
    });
  });

  it('never writes what it would not read back', () => {
    for (const unusedDays of [0, -3, 0.5]) expect(writeWhere({ ...NO_INDEX_FILTERS, unusedDays })).toBe('');
    const longest = writeWhere({ ...NO_INDEX_FILTERS, unusedDays: 1e9 });
    expect(parseWhere(longest).unusedDays).toBe(99_999);
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string(), (junk) => {
        const filters = parseWhere(junk);
        expect(parseWhere(writeWhere(filters))).toEqual(filters);
      }),
    );
  });
});

describe('filters of the table, asked of the index', () => {
  const table = {
    text: 'fox',
    includeTags: ['output'],
    excludeTags: ['input'],
    metadata: [{ key: 'model', value: 'sdxl' }],
    state: 'ready',
    project: 'one',
  };

  it('go along where they mean something there', () => {
    const all = new Set(['tags', 'metadata', 'state', 'project']);
    expect(toLibraryFilters(table, 'kind:image', all)).toEqual({
      ...table,
      includePublic: true,
      index: { ...NO_INDEX_FILTERS, kinds: ['image'] },
    });
  });

  it.each([
    ['tags', { includeTags: [], excludeTags: [] }],
    ['metadata', { metadata: [] }],
    ['state', { state: null }],
    ['project', { project: null }],
  ] as const)('stay behind where there are no %s', (missing, without) => {
    const others = new Set(['tags', 'metadata', 'state', 'project'].filter((each) => each !== missing));
    expect(toLibraryFilters(table, '', others)).toEqual({
      ...table,
      ...without,
      includePublic: true,
      index: NO_INDEX_FILTERS,
    });
  });
});
