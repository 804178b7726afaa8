import { describe, expect, it } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';
import { NO_FILTERS } from '@/domain/library-query';
import type { Policy, SavedView } from '@/domain/saved-view';

import {
  imported,
  LARGEST_FILE,
  planImport,
  readSavedFile,
  writeSavedFile,
  type SavedFile,
} from './saved-file';
import { NOTHING_SAVED, withEntry, type Saved } from './saved-items';

const { sort, order } = DEFAULT_QUERY;
const query = { ...NO_FILTERS, includePublic: false, sort, order };
const old: SavedView = { id: 'v1', name: 'Old', kind: 'comfyui', query: { ...query, text: 'draft' } };
const films: SavedView = { id: 'v2', name: 'Films', kind: 'roughy', query };
const weekly: Policy = {
  ...{ id: 'p1', name: 'Weekly', kind: 'comfyui', viewId: 'v1', keepTags: ['keep'] },
  ...{ keep: { type: 'copy', rank: 'oldest' }, action: { type: 'delete' } },
};
const all: Saved = { ...NOTHING_SAVED, views: [old, films], policies: [weekly] };

const contents = (read: SavedFile | string): SavedFile => {
  if (typeof read === 'string') throw new Error(read);
  return read;
};
const file = (more: object) =>
  readSavedFile(
    JSON.stringify({ application: 'winnow', content: 'views', version: 1, views: [], policies: [], ...more }),
  );
const numbered = () => {
  let last = 0;
  return () => `new-${(last += 1)}`;
};
const take = (read: SavedFile, here: Saved) => imported(here, planImport(read, here, numbered()));

describe('a file of views', () => {
  const read = contents(readSavedFile(writeSavedFile(all)));

  it('has everything, and is here already when it comes back', () => {
    expect(read).toEqual({ views: all.views, policies: all.policies, problems: [] });
    expect(planImport(read, all, numbered()).map(({ action }) => action)).toEqual(['skip', 'skip', 'skip']);
    expect(take(read, all)).toEqual(all);
  });

  it('arrives elsewhere under new ids, policies with the views that they are for', () => {
    const there = take(read, NOTHING_SAVED);
    expect(there.views.map(({ id, name }) => [id, name])).toEqual([
      ['new-1', 'Old'],
      ['new-2', 'Films'],
    ]);
    expect(there.policies).toEqual([{ ...weekly, id: 'new-3', viewId: 'new-1' }]);
  });

  it('replaces nothing: what has the same name is given a number', () => {
    const mine: Saved = {
      ...NOTHING_SAVED,
      views: [{ ...old, id: 'v1', query: { ...query, text: 'mine' } }],
      policies: [{ ...weekly, keepTags: [] }],
    };
    const steps = planImport(read, mine, numbered());
    expect(steps.map(({ action, entry, renamed }) => [action, entry.name, renamed])).toEqual([
      ['add', 'Old 2', 'Old'],
      ['add', 'Films', null],
      ['add', 'Weekly 2', 'Weekly'],
    ]);
    const after = imported(mine, steps);
    expect(after.views[0]).toBe(mine.views[0]);
    expect(after.policies[1]).toMatchObject({ name: 'Weekly 2', viewId: 'new-1' });
  });

  it('joins a policy to the view that is here already', () => {
    const here = withEntry(NOTHING_SAVED, 'views', { ...old, id: 'here' });
    expect(take(read, here).policies[0]?.viewId).toBe('here');
  });

  it('numbers names that the file itself has twice', () => {
    const twice = contents(file({ views: [old, { ...old, id: 'v3', query }] }));
    expect(take(twice, NOTHING_SAVED).views.map(({ name }) => name)).toEqual(['Old', 'Old 2']);
  });
});

describe('a hostile file', () => {
  it.each([
    ['something that is not JSON', '{', 'This file is not valid JSON.'],
    ['depth', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /not (?:valid JSON|a file of views)/],
    [
      'another kind of file',
      '{"application":"winnow","connections":[]}',
      'This is not a file of views that Winnow exported.',
    ],
    ['no object', 'null', 'This is not a file of views that Winnow exported.'],
    ['size', ' '.repeat(LARGEST_FILE + 1), 'This file is too large to be a list of views.'],
  ])('is refused for %s', (_what, text, message) => {
    expect(readSavedFile(text)).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });

  it('is refused when it is of another version, or has no end', () => {
    expect(file({ version: 2 })).toBe(
      'This Winnow reads files of version 1; this one is of another version.',
    );
    expect(file({ views: new Array(501).fill(old) })).toBe('This file has more than 500 views or policies.');
  });

  it.each([
    [
      'a key',
      { ...old, apiKey: 'sk_1' },
      'View 1 cannot be used: “apiKey” is not known here: a newer Winnow may have written it.',
    ],
    [
      'an unknown filter',
      { ...old, query: { ...query, index: { rating: 5 } } },
      'View 1 cannot be used: “query.index.rating” is not known here: a newer Winnow may have written it.',
    ],
    ['no name', { ...old, name: '  ' }, 'View 1 cannot be used: name: must not be empty.'],
    ['an id that is none', { ...old, id: '../x' }, 'View 1 cannot be used: id: is not an id.'],
    [
      'text for a number',
      { ...old, query: { ...query, index: { unusedDays: '90' } } },
      'View 1 cannot be used: query.index.unusedDays: must be a number.',
    ],
    ['nothing in it', null, 'View 1 cannot be used: it: must be an object.'],
    ['text for a query', { ...old, query: 'all' }, 'View 1 cannot be used: query: must be an object.'],
    ['a list for a query', { ...old, query: [] }, 'View 1 cannot be used: query: must be an object.'],
    [
      'a list for filters',
      { ...old, query: { ...query, index: [] } },
      'View 1 cannot be used: query.index: must be an object.',
    ],
    ['no query', { ...old, query: undefined }, 'View 1 cannot be used: query: is missing.'],
    [
      'an order that there is not',
      { ...old, query: { ...query, order: 'up' } },
      'View 1 cannot be used: query.order: must be "asc" or "desc".',
    ],
  ])('loses an entry with %s, and says so', (_what, entry, problem) => {
    const { views, problems } = contents(file({ views: [entry, films] }));
    expect(views).toEqual([films]);
    expect(problems).toEqual([problem]);
  });

  it('cannot reach into objects of the page', () => {
    const text = writeSavedFile(all).replace('"id": "v1"', '"__proto__": {"kind": "roughy"}, "id": "v1"');
    const { views, problems } = contents(readSavedFile(text));
    expect(views.map(({ id }) => id)).toEqual(['v2']);
    expect(problems[0]).toContain('“__proto__” is not known here');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('cannot name a view for a policy that it does not bring', () => {
    const { policies, problems } = contents(file({ policies: [weekly] }));
    expect(policies).toEqual([]);
    expect(problems).toEqual(['Policy 1 cannot be used: the view that it needs is not in the file.']);
    expect(contents(file({ views: [{ ...films, id: 'v1' }], policies: [weekly] })).policies).toEqual([]);
  });

  it.each([
    ['nothing to remove', { action: { type: 'remove-tags', tags: [] } }, 'action.tags: must name a tag'],
    [
      'an unknown action',
      { action: { type: 'restore-tags', undoes: 'x' } },
      'action.type: must be "delete" or "remove-tags"',
    ],
    [
      'less than one to keep',
      { keep: { type: 'first', rank: 'newest', count: 0, of: 'job' } },
      'keep.count: must be at least 1',
    ],
    [
      'half a one to keep',
      { keep: { type: 'first', rank: 'newest', count: 1.5, of: 'job' } },
      'keep.count: must be whole',
    ],
    ['an unknown rule', { keep: { type: 'best' } }, 'keep.type: must be "none", "first", or "copy"'],
    ['half a rule', { keep: { type: 'first', rank: 'newest', count: 1 } }, 'keep.of: is missing'],
    [
      'a rule with more to it',
      { keep: { type: 'none', unless: 'x' } },
      '“keep.unless” is not known here: a newer Winnow may have written it',
    ],
  ])('cannot bring a policy with %s', (_what, wrong, problem) => {
    const { policies, problems } = contents(file({ views: [old], policies: [{ ...weekly, ...wrong }] }));
    expect(policies).toEqual([]);
    expect(problems).toEqual([`Policy 1 cannot be used: ${problem}.`]);
  });
});
