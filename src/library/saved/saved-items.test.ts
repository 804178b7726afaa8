import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';
import { NO_FILTERS } from '@/domain/library-query';
import { freeName, isSameName, LONGEST_NAME, type Policy, type SavedView } from '@/domain/saved-view';
import { anyFilters } from '@/testing/any-library';

import {
  duplicated,
  NOTHING_SAVED,
  parseSaved,
  policiesOf,
  withEntry,
  withoutEntry,
  writeSaved,
  type Saved,
} from './saved-items';

const { sort, order } = DEFAULT_QUERY;
const aView = (id: string, about: Partial<SavedView> = {}): SavedView => ({
  ...{ id, name: id, kind: 'comfyui', query: { ...NO_FILTERS, includePublic: false, sort, order } },
  ...about,
});
const aPolicy = (id: string, viewId: string, about: Partial<Policy> = {}): Policy => ({
  ...{ id, name: id, kind: 'comfyui', viewId, keep: { type: 'none' }, keepTags: [] },
  ...{ action: { type: 'delete' }, ...about },
});
const saved = (views: readonly SavedView[], policies: readonly Policy[] = []): Saved => ({
  ...NOTHING_SAVED,
  ...{ views, policies },
});

describe('what is kept in the browser', () => {
  it('is read as it was written, whatever the filters are', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        const names =
          filters.includeTags.every((tag) => tag !== '') && filters.excludeTags.every((tag) => tag !== '');
        fc.pre(names);
        const before = saved(
          [aView('old', { query: { ...filters, sort: 'size', order: 'asc' } })],
          [
            aPolicy('p', 'old', {
              keep: { type: 'first', rank: 'largest', count: 3, of: 'job' },
              action: { type: 'remove-tags', tags: ['draft'] },
            }),
          ],
        );
        expect(parseSaved(writeSaved(before))).toEqual(before);
      }),
    );
  });

  it('is nothing at first, and unreadable when it is something else', () => {
    expect(parseSaved('')).toEqual(NOTHING_SAVED);
    for (const text of ['{', '[]', '{"version":2,"views":[],"policies":[]}', '{"version":1,"views":{}}'])
      expect(parseSaved(text)).toBeNull();
  });

  it('keeps what a newer version wrote, without showing or losing it', () => {
    const newer = { ...aView('new'), query: { ...aView('new').query, rating: 5 } };
    const text = JSON.stringify({ version: 1, views: [newer, aView('old')], policies: [{ id: 'x' }] });
    const read = parseSaved(text)!;
    expect(read.views.map(({ id }) => id)).toEqual(['old']);
    const written: unknown = JSON.parse(writeSaved(withoutEntry(read, 'views', 'old')));
    expect(written).toEqual({ version: 1, views: [newer], policies: [{ id: 'x' }] });
  });

  it.each([
    ['an unknown filter', { index: { ...NO_FILTERS.index, rating: 5 } }],
    ['an unknown kind', { index: { ...NO_FILTERS.index, kinds: ['hologram'] } }],
    ['a size that is no number', { index: { ...NO_FILTERS.index, size: { from: '5', to: null } } }],
    ['a time in no zone', { index: { ...NO_FILTERS.index, created: { from: '2026-01-01', to: null } } }],
    ['a text that never ends', { text: 'x'.repeat(1_001) }],
    ['half a metadata filter', { metadata: [{ key: 'width' }] }],
  ])('does not take a view with %s for one without', (_what, wrong) => {
    const view = { ...aView('a'), query: { ...aView('a').query, ...wrong } };
    const read = parseSaved(JSON.stringify({ version: 1, views: [view], policies: [] }));
    expect(read).toMatchObject({ views: [], unread: { views: [view] } });
  });

  it('does not call a filter that an older version did not have in force', () => {
    const view = { id: 'a', name: 'a', kind: 'comfyui', query: { text: 'fox' } };
    const read = parseSaved(JSON.stringify({ version: 1, views: [view], policies: [] }));
    expect(read?.views[0]?.query).toEqual({ ...aView('a').query, text: 'fox' });
  });
});

describe('changing what is kept', () => {
  const both = saved([aView('a', { name: 'Old' }), aView('b')], [aPolicy('p', 'a')]);

  it('replaces an entry where it is, and puts one back where it was', () => {
    const renamed = withEntry(both, 'views', aView('a', { name: 'New' }));
    expect(renamed.views.map(({ name }) => name)).toEqual(['New', 'b']);
    const without = withoutEntry(both, 'views', 'a');
    expect(withEntry(without, 'views', aView('a', { name: 'Old' }), 0)).toEqual(both);
  });

  it('numbers a name that is taken, for the same provider alone', () => {
    expect(withEntry(both, 'views', aView('c', { name: ' OLD' })).views[2]?.name).toBe(' OLD 2');
    expect(withEntry(both, 'views', aView('c', { name: 'Old', kind: 'roughy' })).views[2]?.name).toBe('Old');
  });

  it('puts a copy after its original', () => {
    expect(duplicated(both, 'views', 'a', 'c').views.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'Old'],
      ['c', 'Old 2'],
      ['b', 'b'],
    ]);
    expect(duplicated(both, 'policies', 'p', 'q').policies[1]).toMatchObject({ name: 'p 2', viewId: 'a' });
    expect(duplicated(both, 'views', 'gone', 'c')).toBe(both);
  });

  it('knows which policies act on a view', () => {
    expect(policiesOf(both, 'a').map(({ id }) => id)).toEqual(['p']);
    expect(policiesOf(both, 'b')).toEqual([]);
  });
});

it('finds a free name that is like the wanted one, and not too long', () => {
  const name = fc
    .string({
      minLength: 1,
      maxLength: LONGEST_NAME,
      unit: fc.constantFrom('a', 'A', ' ', '🦊', '2'),
    })
    .filter(({ length }) => length <= LONGEST_NAME);
  fc.assert(
    fc.property(name, fc.array(name), (wanted, others) => {
      const free = freeName(wanted, [...others, wanted]);
      expect([...others, wanted].some((other) => isSameName(other, free))).toBe(false);
      expect(free.length).toBeLessThanOrEqual(LONGEST_NAME);
      expect(free).not.toMatch(/\p{Cs}/u);
    }),
  );
});
