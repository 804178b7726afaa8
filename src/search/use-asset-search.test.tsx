import { act, renderHook } from '@testing-library/react';
import { withNuqsTestingAdapter, type UrlUpdateEvent } from 'nuqs/adapters/testing';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';

import { SearchProvider, useOpenAssetId, useSearch } from './search-provider';
import type { AssetSearch } from './use-asset-search';

/** The hook on a page whose URL has this query string. */
function open(searchParams: string) {
  const onUrlUpdate = vi.fn<(event: UrlUpdateEvent) => void>();
  const Url = withNuqsTestingAdapter({ searchParams, onUrlUpdate, hasMemory: true });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <Url>
      <SearchProvider>{children}</SearchProvider>
    </Url>
  );
  const { result, rerender } = renderHook(() => ({ ...useSearch(), openAssetId: useOpenAssetId() }), {
    wrapper,
  });
  return {
    result,
    rerender,
    /** Does something and waits until the URL has it. */
    async go(step: (search: AssetSearch) => void) {
      const updates = onUrlUpdate.mock.calls.length;
      await act(async () => {
        step(result.current);
        await vi.waitFor(() => expect(onUrlUpdate.mock.calls.length).toBeGreaterThan(updates));
      });
      const last = onUrlUpdate.mock.lastCall?.[0];
      return { url: Object.fromEntries(last?.searchParams ?? []), history: last?.options.history };
    },
  };
}

describe('useAssetSearch', () => {
  it('asks for the default query when the URL says nothing', () => {
    const { query, connectionId, openAssetId } = open('').result.current;
    expect(query).toEqual(DEFAULT_QUERY);
    expect({ connectionId, openAssetId }).toEqual({ connectionId: null, openAssetId: null });
  });

  it('asks for what the URL says', () => {
    const url =
      'connection=cloud&q=+fox+&include=output,draft&exclude=temp&meta=seed%3D1&public=true&state=ready&project=p1&sort=size&order=asc&page=3&size=100&asset=a1';
    const { query, connectionId, openAssetId } = open(url).result.current;
    expect(query).toEqual({
      ...{ text: 'fox', includeTags: ['output', 'draft'], excludeTags: ['temp'], includePublic: true },
      ...{ metadata: [{ key: 'seed', value: '1' }], state: 'ready', project: 'p1' },
      ...{ sort: 'size', order: 'asc', page: 3, pageSize: 100 },
    });
    expect({ connectionId, openAssetId }).toEqual({ connectionId: 'cloud', openAssetId: 'a1' });
  });

  it('starts at page one after every refinement, and keeps the other filters', async () => {
    const page = open('connection=cloud&q=fox&include=output&page=7&size=100&sort=size');
    const { url, history } = await page.go((search) => search.refine({ excludeTags: ['temp'] }));
    expect(url).toEqual({
      ...{ connection: 'cloud', q: 'fox', include: 'output', exclude: 'temp', size: '100', sort: 'size' },
    });
    expect(history).toBe('push');
    expect(page.result.current.query).toMatchObject({ page: 1, excludeTags: ['temp'], text: 'fox' });
  });

  it('refines every filter, and takes each one back', async () => {
    const page = open('');
    const filters = {
      ...{ text: 'fox', includeTags: ['a'], excludeTags: ['b'], metadata: [{ key: 'k', value: 'v' }] },
      ...{ includePublic: true, state: 'ready', project: 'p1' },
    };
    await page.go((search) => search.refine(filters));
    expect(page.result.current.query).toEqual({ ...DEFAULT_QUERY, ...filters });
    const { url } = await page.go((search) =>
      search.refine({
        ...{ text: '', includeTags: [], excludeTags: [], metadata: [] },
        ...{ includePublic: false, state: null, project: null },
      }),
    );
    expect(url).toEqual({});
  });

  it('carries what only the index answers, and clears it with the rest', async () => {
    const page = open('where=kind:image&page=3');
    expect(page.result.current.where).toBe('kind:image');
    const { url } = await page.go((search) => search.refine({ where: 'unused:90' }));
    expect(url).toEqual({ where: 'unused:90' });
    expect(page.result.current.hrefFor({ where: 'size:1000..' })).toBe('?where=size:1000..');
    expect((await page.go((search) => search.clearFilters())).url).toEqual({});
  });

  it('leads from a view of the index to the table with its filters and no others', async () => {
    const page = open('view=overview&q=fox&include=a&where=kind:image&sort=size&page=4&asset=a1');
    const { url, history } = await page.go((search) =>
      search.showAssets({ includeTags: ['b'], where: 'unused:90' }),
    );
    expect(url).toEqual({ include: 'b', where: 'unused:90', sort: 'size' });
    expect(history).toBe('push');
  });

  it('refines in place when asked to, as while typing', async () => {
    const { history } = await open('').go((search) => search.refine({ text: 'f' }, 'replace'));
    expect(history).toBe('replace');
  });

  it('clears all filters and nothing else', async () => {
    const page = open(
      'connection=cloud&q=fox&include=a&exclude=b&meta=k%3Dv&public=true&state=ready&project=p1&where=kind:image&sort=size&order=asc&page=3&size=100&asset=a1',
    );
    const { url } = await page.go((search) => search.clearFilters());
    expect(url).toEqual({ connection: 'cloud', sort: 'size', order: 'asc', size: '100', asset: 'a1' });
  });

  it('sorts from page one', async () => {
    const { url } = await open('q=fox&page=4').go((search) => search.sortBy('name', 'asc'));
    expect(url).toEqual({ q: 'fox', sort: 'name', order: 'asc' });
  });

  it('goes to a page, as a step back leads from', async () => {
    const page = open('q=fox');
    expect(await page.go((search) => search.goToPage(3))).toEqual({
      url: { q: 'fox', page: '3' },
      history: 'push',
    });
    expect(await page.go((search) => search.goToPage(1, 'replace'))).toEqual({
      url: { q: 'fox' },
      history: 'replace',
    });
  });

  it.each([
    { page: 1, shown: 50, size: 500, then: { size: '500' } },
    { page: 5, shown: 50, size: 100, then: { size: '100', page: '3' } }, // row 201 is the first of page 3
    { page: 4, shown: 50, size: 100, then: { size: '100', page: '2' } }, // row 151 is on page 2
    { page: 3, shown: 100, size: 20, then: { size: '20', page: '11' } },
    { page: 2, shown: 500, size: 50, then: { page: '11' } },
  ])(
    'keeps the first row of page $page in view when $shown rows become $size',
    async ({ page, shown, size, then }) => {
      const opened = open(`page=${page}&size=${shown}`);
      expect((await opened.go((search) => search.resizePage(size, shown))).url).toEqual(then);
    },
  );

  it('keeps the first row in view when the provider shows fewer rows than the URL asks for', async () => {
    const { url } = await open('page=3&size=500').go((search) => search.resizePage(50, 100));
    expect(url).toEqual({ page: '5' });
  });

  it('goes to another view and back with the filters as they were, and closes what was open', async () => {
    const page = open('connection=cloud&q=fox&page=3&asset=a1');
    expect(await page.go((search) => search.goToView('marked'))).toEqual({
      url: { connection: 'cloud', q: 'fox', page: '3', view: 'marked' },
      history: 'push',
    });
    expect(page.result.current.hrefForView('jobs')).toBe('?connection=cloud&view=jobs');
    expect((await page.go((search) => search.openJob('j1'))).url).toMatchObject({ view: 'jobs', job: 'j1' });
    expect((await page.go((search) => search.goToView(null))).url).toEqual({
      ...{ connection: 'cloud', q: 'fox', page: '3' },
    });
  });

  it('shows the other connection when it is switched from the jobs, and its marks from the marks', async () => {
    const jobs = open('connection=cloud&view=jobs&job=j1');
    expect((await jobs.go((search) => search.switchConnection('studio'))).url).toEqual({
      connection: 'studio',
    });
    const marks = open('connection=cloud&view=marked&q=fox');
    expect((await marks.go((search) => search.switchConnection('studio'))).url).toEqual({
      connection: 'studio',
      view: 'marked',
    });
  });

  it('opens the drawer as a step of its own, and steps through assets in place', async () => {
    const page = open('q=fox');
    expect(await page.go((search) => search.openAsset('a/1'))).toEqual({
      url: { q: 'fox', asset: 'a/1' },
      history: 'push',
    });
    expect((await page.go((search) => search.openAsset('a2', 'replace'))).history).toBe('replace');
    expect((await page.go((search) => search.openAsset(null))).url).toEqual({ q: 'fox' });
  });

  it('takes only the page size along to another connection', async () => {
    const page = open(
      'connection=cloud&q=fox&include=a&exclude=b&meta=k%3Dv&public=true&state=ready&project=p1&where=kind:image&sort=size&order=asc&page=3&size=100&asset=a1',
    );
    const { url, history } = await page.go((search) => search.switchConnection('roughy'));
    expect(url).toEqual({ connection: 'roughy', size: '100' });
    expect(history).toBe('push');
  });

  it('links to some filters alone, on the same connection', () => {
    const { hrefFor } = open('connection=cloud&q=fox&page=3&asset=a1').result.current;
    const paramsOf = (href: string) => Object.fromEntries(new URLSearchParams(href));
    const job = hrefFor({ metadata: [{ key: 'job', value: 'j 1' }] });
    expect(paramsOf(job)).toEqual({ connection: 'cloud', meta: 'job=j 1' });
    expect(open('').result.current.hrefFor({ includeTags: ['a', 'b'] })).toBe('?include=a,b');
  });

  it('keeps each action the same function, whatever the URL does', async () => {
    const page = open('');
    const actionsOf = (search: AssetSearch) => [
      ...[search.refine, search.clearFilters, search.sortBy, search.goToPage],
      ...[search.resizePage, search.openAsset, search.switchConnection],
    ];
    const before = actionsOf(page.result.current);
    await page.go((search) => search.refine({ text: 'fox' }));
    await page.go((search) => search.openAsset('a1'));
    page.rerender();
    expect(page.result.current.query.text).toBe('fox');
    actionsOf(page.result.current).forEach((action, at) => expect(action).toBe(before[at]));
  });
});
