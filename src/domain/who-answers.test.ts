import { describe, expect, it } from 'vitest';

import { DEFAULT_QUERY, SORT_FIELDS, type AssetQuery } from './asset-query';
import { filtersOf, whoAnswers } from './who-answers';

const COMFY = { sortableBy: SORT_FIELDS, filters: new Set(['text', 'tags', 'metadata', 'public'] as const) };
const ROUGHY = { sortableBy: [], filters: new Set(['state', 'project'] as const) };

const asked = (query: Partial<AssetQuery>, where = '') => [{ ...DEFAULT_QUERY, ...query }, where] as const;

describe('a question of the table', () => {
  it.each([
    ['nothing', {}],
    ['a name', { text: 'fox' }],
    ['a sort', { sort: 'size', order: 'asc' }],
    ['tags', { includeTags: ['output'], excludeTags: ['draft'] }],
    ['metadata', { metadata: [{ key: 'seed', value: '1' }] }],
    ['public assets', { includePublic: true }],
  ] satisfies [string, Partial<AssetQuery>][])('is answered by a Comfy that is asked for %s', (_, query) => {
    expect(whoAnswers(...asked(query), COMFY)).toBe('provider');
  });

  it.each([
    ['nothing', {}],
    ['a state and a project', { state: 'ready', project: 'p' }],
    // A link that was made for another provider.
    ['tags, which it does not have', { includeTags: ['output'] }],
  ] satisfies [string, Partial<AssetQuery>][])('is answered by a Roughy that is asked for %s', (_, query) => {
    expect(whoAnswers(...asked(query), ROUGHY)).toBe('provider');
  });

  it.each([
    ['a name', { text: 'fox' }],
    ['another order', { order: 'asc' }],
    ['another sort', { sort: 'size' }],
    ['a name and a state', { text: 'fox', state: 'ready' }],
  ] satisfies [string, Partial<AssetQuery>][])(
    'goes to the index when a Roughy is asked for %s',
    (_, query) => {
      expect(whoAnswers(...asked(query), ROUGHY)).toBe('index');
    },
  );

  it('goes to the index with any filter that only it has', () => {
    expect(whoAnswers(...asked({}, 'kind:image'), COMFY)).toBe('index');
    expect(whoAnswers(...asked({ state: 'ready' }, 'unused:90'), ROUGHY)).toBe('index');
  });
});

it('names the filters in force with each', () => {
  expect([...filtersOf('provider', ROUGHY)]).toEqual(['state', 'project']);
  expect([...filtersOf('index', ROUGHY)]).toEqual(['state', 'project', 'text']);
  expect([...filtersOf('index', COMFY)]).toEqual(['text', 'tags', 'metadata']);
});
