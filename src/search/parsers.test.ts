import fc from 'fast-check';
import { createLoader, createSerializer, type inferParserType } from 'nuqs';
import { describe, expect, it } from 'vitest';

import { DEFAULT_QUERY, PAGE_SIZES, SORT_FIELDS, SORT_ORDERS } from '@/domain/asset-query';

import { searchParsers, VIEWS } from './parsers';

type Search = inferParserType<typeof searchParsers>;

const write = createSerializer(searchParsers);
const load = createLoader(searchParsers);
/** What a browser makes of the query string. */
const read = (queryString: string): Search => load(new URLSearchParams(queryString));
const valueOf = (values: Partial<Search>, name: string) => new URLSearchParams(write(values)).get(name);

const DEFAULTS: Search = {
  connection: null,
  q: '',
  include: [],
  exclude: [],
  meta: [],
  public: false,
  state: null,
  project: null,
  where: '',
  sort: 'created_at',
  order: 'desc',
  page: 1,
  size: 50,
  asset: null,
  view: null,
  job: null,
};

const awkward = fc.constantFrom(
  '&',
  '+',
  '%',
  '%2C',
  '%25',
  '%2c',
  '%20',
  '%3D',
  ',',
  '=',
  '#',
  '?',
  ' ',
  '2C',
  'ü',
  '🦊',
  'مرحبا',
);
const words = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''))
  .filter((text) => !/\p{Surrogate}/u.test(text)); // a URL cannot hold half of a pair
const name = fc.option(words);
const anySearch: fc.Arbitrary<Search> = fc.record({
  ...{ connection: name, state: name, project: name, asset: name },
  q: fc.oneof(fc.constant(''), words),
  where: fc.oneof(fc.constant(''), words),
  include: fc.array(words, { maxLength: 4 }),
  exclude: fc.array(words, { maxLength: 4 }),
  meta: fc.array(fc.record({ key: words, value: fc.oneof(fc.constant(''), words) }), { maxLength: 3 }),
  public: fc.boolean(),
  sort: fc.constantFrom(...SORT_FIELDS),
  order: fc.constantFrom(...SORT_ORDERS),
  page: fc.integer({ min: 1, max: 999_999_999 }),
  size: fc.constantFrom(...PAGE_SIZES),
  view: fc.option(fc.constantFrom(...VIEWS)),
  job: name,
});

describe('the parsers of the URL', () => {
  it('read back what they wrote, whatever the characters', () => {
    fc.assert(
      fc.property(anySearch, (search) => {
        expect(read(write(search))).toEqual(search);
      }),
      { numRuns: 500 },
    );
  });

  it('write nothing that is the default, and only parameters that are documented', () => {
    expect(write(DEFAULTS)).toBe('');
    fc.assert(
      fc.property(anySearch, (search) => {
        for (const [parameter, text] of new URLSearchParams(write(search))) {
          expect(read(new URLSearchParams([[parameter, text]]).toString())).not.toEqual(DEFAULTS);
        }
      }),
    );
    expect(Object.keys(searchParsers).join(', ')).toBe(
      'connection, q, include, exclude, meta, public, state, project, where, sort, order, page, size, asset, view, job',
    );
  });

  it('start from the default query when the URL says nothing', () => {
    const { sort, order, page, size, q, public: includePublic } = read('');
    expect(read('')).toEqual(DEFAULTS);
    expect({ sort, order, page, pageSize: size, text: q, includePublic }).toMatchObject({
      ...{ sort: DEFAULT_QUERY.sort, order: DEFAULT_QUERY.order, page: DEFAULT_QUERY.page },
      ...{ pageSize: DEFAULT_QUERY.pageSize, text: DEFAULT_QUERY.text },
      includePublic: DEFAULT_QUERY.includePublic,
    });
  });

  it('join ordinary tags with plain commas', () => {
    expect(valueOf({ include: ['output', 'a b', '50%', 'naïve'] }, 'include')).toBe('output,a b,50%,naïve');
    expect(read('include=output,draft&exclude=temp')).toMatchObject({
      ...{ include: ['output', 'draft'], exclude: ['temp'] },
    });
  });

  it('write metadata as key=value', () => {
    expect(valueOf({ meta: [{ key: 'seed', value: '123' }] }, 'meta')).toBe('seed=123');
    expect(read('meta=seed%3D123,model%3D50%25')).toMatchObject({
      meta: [
        { key: 'seed', value: '123' },
        { key: 'model', value: '50%' },
      ],
    });
  });

  it.each([
    'sort=banana',
    'sort=Name',
    'order=up',
    'page=0',
    'page=-1',
    'page=1.5',
    'page=1e3',
    'page=two',
    'page=99999999999',
    'page=',
    'size=33',
    'size=0',
    'size=1000',
    'size=',
    'public=yes',
    'public=',
    'q=',
    'include=',
    'include=,,',
    'exclude=,',
    'meta=',
    'meta=novalue',
    'meta==value,,',
    'connection=',
    'state=',
    'project=',
    'where=',
    'asset=',
    'view=grid&unknown=1',
  ])('fall back to the default for %s', (junk) => {
    expect(read(junk)).toEqual(DEFAULTS);
  });

  it('keep the good items of a list with bad ones', () => {
    expect(read('include=,output,,draft,').include).toEqual(['output', 'draft']);
    expect(read('meta=bad,seed%3D1').meta).toEqual([{ key: 'seed', value: '1' }]);
  });

  it('survive any query string', () => {
    const parameter = fc.constantFrom(...Object.keys(searchParsers));
    fc.assert(
      fc.property(fc.array(fc.tuple(parameter, fc.oneof(awkward, fc.string()))), (pairs) => {
        const search = read(pairs.map(([key, value]) => `${key}=${value}`).join('&'));
        expect(search.page).toBeGreaterThanOrEqual(1);
        expect(PAGE_SIZES).toContain(search.size);
        expect([...search.include, ...search.exclude, search.asset]).not.toContain('');
      }),
    );
  });
});
