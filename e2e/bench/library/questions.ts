import { DEFAULT_QUERY, SORT_FIELDS, SORT_ORDERS } from '@/domain/asset-query';
import {
  NO_FILTERS,
  NO_INDEX_FILTERS,
  type IndexFilters,
  type LibraryFilters,
  type LibraryQuery,
} from '@/domain/library-query';
import type { KeepRule } from '@/domain/saved-view';
import type { LibraryStore } from '@/library/library-store';
import type { CallName, CallParams } from '@/library/store/calls';
import { FACET_NAMES } from '@/library/store/facets';

import { END, hashOf, makeRow } from './rows';

/** One thing to ask a library of `rows` rows; what a person waits for is the whole way from the page and back. */
export interface Question {
  readonly label: string;
  readonly goalMs: number | null;
  readonly ask: (store: LibraryStore) => Promise<unknown>;
}

const ask = <Name extends CallName>(
  label: string,
  goalMs: number | null,
  name: Name,
  params: CallParams<Name>,
): Question => ({ label, goalMs, ask: (store) => store.call(name, params) });

/** Part by part, each from where the one before it ended. */
const gather = <Cursor>(
  label: string,
  read: (store: LibraryStore, after: Cursor | null) => Promise<{ readonly next: Cursor | null }>,
): Question => ({
  label,
  goalMs: null,
  ask: async (store) => {
    let after: Cursor | null = null;
    do after = (await read(store, after)).next;
    while (after !== null);
  },
});

export function questionsFor(rows: number): readonly Question[] {
  const page = (label: string, goalMs: number | null, query: Partial<LibraryQuery>) =>
    ask(label, goalMs, 'page', { query: { ...DEFAULT_QUERY, ...NO_FILTERS, ...query }, now: END });
  const filtered = (label: string, filters: Partial<LibraryFilters>) =>
    page(`filter: ${label}`, 100, filters);
  const indexed = (label: string, filters: Partial<IndexFilters>) =>
    filtered(label, { index: { ...NO_INDEX_FILTERS, ...filters } });
  const search = (label: string, text: string) => page(`search: ${label}`, 300, { text });
  const facets = (label: string, filters: Partial<LibraryFilters>) =>
    ask(`facets: ${label}`, null, 'facets', {
      ...{ filters: { ...NO_FILTERS, ...filters }, now: END, facets: FACET_NAMES },
    });
  const some = makeRow(Math.floor(rows / 2), rows);
  return [
    page('first page, newest first', 100, {}),
    ...SORT_FIELDS.flatMap((sort) =>
      SORT_ORDERS.map((order) => page(`sort: ${sort} ${order}`, 100, { sort, order })),
    ),
    page('page in the middle, newest first', null, { page: Math.floor(rows / 100) }),
    page('page in the middle, by name', null, { page: Math.floor(rows / 100), sort: 'name' }),
    page('last page, largest first', null, { page: Math.ceil(rows / 50), sort: 'size' }),
    filtered('tag (most)', { includeTags: ['output'] }),
    filtered('tag (1 %)', { includeTags: ['indigo'] }),
    filtered('two tags', { includeTags: ['output', 'amber'] }),
    filtered('without a tag', { excludeTags: ['output'] }),
    filtered('metadata', { metadata: [{ key: 'model', value: 'sdxl' }] }),
    filtered('state', { state: 'failed' }),
    filtered('project', { project: 'project-7' }),
    indexed('kind (most)', { kinds: ['image'] }),
    indexed('kind (0.3 %)', { kinds: ['other'] }),
    indexed('extension', { extensions: ['webp', 'jpg'] }),
    indexed('size (over 100 MB)', { size: { from: 100_000_000, to: null } }),
    indexed('size (over 1 MB)', { size: { from: 1_000_000, to: null } }),
    indexed('created (one month)', { created: { from: '2025-03-01T00:00:00Z', to: '2025-03-31T23:59:59Z' } }),
    indexed('created (two years)', { created: { from: '2023-06-01T00:00:00Z', to: '2025-05-31T23:59:59Z' } }),
    indexed('updated (one month)', { updated: { from: '2025-03-01T00:00:00Z', to: '2025-03-31T23:59:59Z' } }),
    indexed('last used (one month)', {
      lastUsed: { from: '2025-03-01T00:00:00Z', to: '2025-03-31T23:59:59Z' },
    }),
    indexed('not used for 90 days', { unusedDays: 90 }),
    indexed('not used for 3 years', { unusedDays: 1_060 }),
    indexed('no tags', { hasTags: false }),
    indexed('no hash', { hasHash: false }),
    indexed('preview missing', { hasPreview: false }),
    indexed('protected', { isProtected: true }),
    indexed('job', { jobId: some.jobId }),
    indexed('content hash', { contentHash: hashOf(Math.floor(rows / 2)) }),
    indexed('languages', { languages: ['ja'] }),
    indexed('duration', { duration: { from: 3_500, to: null } }),
    indexed('leftover: unknown size', { leftover: 'unknown-size' }),
    indexed('leftover: preview in use', { leftover: 'preview-in-use' }),
    indexed('leftover: orphan preview', { leftover: 'orphan-preview' }),
    indexed('leftover: missing', { leftover: 'missing' }),
    search('in one name', some.name.toLowerCase()),
    search('in 0.02 %', 'fox_wolf'),
    search('in 2 %', 'tiger'),
    search('in most (comfyui)', 'comfyui'),
    search('two letters (fx)', 'fx'),
    search('two letters, in most (_0)', '_0'),
    search('one letter (q)', 'q'),
    search('not Latin (渲)', '渲'),
    search('in none', 'zzyzx'),
    page('search in 2 %, largest first', 300, { text: 'tiger', sort: 'size' }),
    page('kind, tag and size, by name', 300, {
      ...{ sort: 'name', order: 'asc', includeTags: ['output'] },
      index: { ...NO_INDEX_FILTERS, kinds: ['image'], size: { from: 2_000_000, to: null } },
    }),
    facets('all seven of everything', {}),
    facets('all seven, kind image', { index: { ...NO_INDEX_FILTERS, kinds: ['image'] } }),
    facets('all seven, searching "tiger"', { text: 'tiger' }),
    facets('all seven, not used for 90 days', { index: { ...NO_INDEX_FILTERS, unusedDays: 90 } }),
    ...reports(),
    ask('1,000 of "all matching"', null, 'matching', {
      ...{ filters: { ...NO_FILTERS, includeTags: ['output'] }, now: END, after: null, limit: 1_000 },
    }),
  ];
}

/** What the other views ask, of everything. */
function reports(): readonly Question[] {
  const everything = { filters: NO_FILTERS, now: END };
  const wish = { rules: [], pinned: [], chosen: [] };
  const listed = { page: 1, pageSize: 20 };
  const tagged = { text: '', atMost: null, unusedDays: null, now: END };
  return [
    ask('duplicates', 2_000, 'duplicates', {
      ...{ ...everything, ...listed, likeness: 'same', wish, hidden: [], onlyHidden: false, perGroup: 6 },
    }),
    ask('maybe duplicates', null, 'duplicates', {
      ...{ ...everything, ...listed, likeness: 'maybe', wish, hidden: [], onlyHidden: false, perGroup: 6 },
    }),
    ask('jobs, largest first', null, 'jobs', {
      ...{
        ...listed,
        sort: 'bytes',
        atLeast: 2,
        mostMembers: 12,
        rule: { keep: 'newest', count: 1 },
        pinned: [],
      },
    }),
    ask('leftovers', null, 'leftovers', { now: END, first: 5 }),
    ask('tags, most used first', null, 'tags', { ...tagged, ...listed, sort: 'count', order: 'desc' }),
    ask('tags spelt alike', null, 'spellings', { ...tagged, ...listed }),
    ask('overview', null, 'overview', { most: 12 }),
    ask('treemap by tag', null, 'treemap', { by: 'tag', measure: 'bytes' }),
    ask('size against last use', null, 'sizePlot', everything),
    gather('all but the keepers', (store, after: string | null) =>
      store.call('extraCopies', {
        ...{ ...everything, wish, hidden: [], onlyHidden: false, after, limit: 2_000 },
      }),
    ),
    ...[false, true].map((withAssets) =>
      gather(`rest of all jobs, ${withAssets ? 'selected' : 'added up'}`, (store, after: number | null) =>
        store.call('jobRest', {
          ...{
            rule: { keep: 'newest', count: 1 },
            pinned: [],
            after,
            limit: withAssets ? 1_000 : 5_000,
            withAssets,
          },
        }),
      ),
    ),
    dryRun('not used for 90 days', { type: 'none' }, 90),
    dryRun('the newest of each job', { type: 'first', rank: 'newest', count: 1, of: 'job' }, null),
    dryRun('one of each content', { type: 'copy', rank: 'newest' }, null),
    ask('cumulative curve', null, 'sizeCurve', { ...everything, percents: [1, 5, 10, 20, 50] }),
  ];
}

/** What a policy would delete of what was not used for so long. */
const dryRun = (label: string, keep: KeepRule, unusedDays: number | null): Question =>
  ask(`dry run: ${label}`, null, 'policyRun', {
    policy: { id: 'bench', keep, keepTags: [], action: { type: 'delete' } },
    filters: { ...NO_FILTERS, index: { ...NO_INDEX_FILTERS, unusedDays } },
    ...{ policyIds: ['bench'], pinned: [], now: END, record: false, longest: 100_000 },
  });
