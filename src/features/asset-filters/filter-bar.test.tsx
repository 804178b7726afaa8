import { fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createRoughyLibrary } from '@/demo/roughy-library';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { roughyProject } from '@/demo/roughy-builders';
import { DEFAULT_QUERY, type AssetQuery } from '@/domain/asset-query';
import type { AssetProvider } from '@/providers/provider';
import { comfyProvider, pretendNetwork, ROUGHY_URL, roughyProvider } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';
import { setViewportWidth } from '@/testing/viewport';
import type { Filters } from '@/search/use-asset-search';

import { activeFilters, ignoredFilters } from './active-filters';
import { FilterBar } from './filter-bar';
import { FilterChips } from './filter-chips';

const network = pretendNetwork();
const EVERYTHING: Partial<AssetQuery> = {
  ...{ text: 'fox', includeTags: ['output', 'draft'], excludeTags: ['temp'], includePublic: true },
  metadata: [{ key: 'seed', value: '42' }],
};
const NOTHING: Filters = {
  ...{ text: '', includeTags: [], excludeTags: [], metadata: [] },
  ...{ includePublic: false, state: null, project: null, where: '' },
};

/** The bar and the chips on a page that does what they ask for. */
function open(first: Partial<AssetQuery> = {}, provider: AssetProvider = comfyProvider()) {
  const refinements: [Partial<Filters>, string | undefined][] = [];
  const opened: string[] = [];
  function Page() {
    const [query, setQuery] = useState<AssetQuery>({ ...DEFAULT_QUERY, ...first });
    const refine = (filters: Partial<Filters>, history?: string) => {
      refinements.push([filters, history]);
      setQuery({ ...query, ...filters });
      return undefined;
    };
    const filters = activeFilters(query, null, provider.filters);
    return (
      <>
        <FilterBar
          clears={0}
          provider={provider}
          query={query}
          refine={refine}
          activeCount={filters.length}
          onMore={() => opened.push('more')}
          moreOpen={false}
        />
        <FilterChips
          filters={filters}
          ignored={ignoredFilters(query, provider.filters)}
          onRefine={refine}
          onClear={() => refine(NOTHING)}
        />
      </>
    );
  }
  return { ...renderWithClient(<Page />), refinements, opened };
}

const chips = () => screen.queryAllByRole('listitem').map((chip) => chip.textContent);
const remove = (text: string) => screen.getByRole('button', { name: `Remove filter: ${text}` });
const searchBox = () => screen.getByRole('searchbox', { name: 'Search by name' });

beforeEach(() => network.serveComfy([]));
afterEach(() => setViewportWidth(1280));

describe('the chips', () => {
  it('say each filter in words', () => {
    open(EVERYTHING);
    expect(chips()).toEqual([
      'Name contains “fox”',
      'Tag output',
      'Tag draft',
      'Not temp',
      'seed = 42',
      'With public assets',
    ]);
  });

  it('say Roughy’s filters in words, and a project by the end of its id while its name is unknown', () => {
    network.use(
      ...roughyHandlers({ baseUrl: ROUGHY_URL, library: createRoughyLibrary({ projects: [], assets: [] }) }),
    );
    open({ state: 'pending_payment', project: '01990000-0000-7000-8000-0000cafe1234' }, roughyProvider());
    expect(chips()).toEqual(['State: Pending payment', 'Project: cafe1234']);
  });

  it.each([
    ['Name contains “fox”', { text: '' }],
    ['Tag output', { includeTags: ['draft'] }],
    ['Not temp', { excludeTags: [] }],
    ['seed = 42', { metadata: [] }],
    ['With public assets', { includePublic: false }],
  ])('take away only their own filter: %s', async (text, left) => {
    const { user, refinements } = open(EVERYTHING);
    await user.click(remove(text));
    expect(refinements).toEqual([[left, undefined]]);
    expect(chips()).toHaveLength(5);
    expect(chips()).not.toContain(text);
  });

  it('hand the focus to the next one, else the one before, else the search', async () => {
    const { user } = open({ text: 'fox', includeTags: ['draft'], excludeTags: ['temp'] });
    await user.click(remove('Tag draft'));
    expect(remove('Not temp')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(remove('Name contains “fox”')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(searchBox()).toHaveFocus();
    expect(screen.getByText('No filters')).toBeVisible();
  });

  it('go all at once, and the focus to the search', async () => {
    const { user } = open(EVERYTHING);
    await user.click(screen.getByRole('button', { name: 'Clear all' }));
    expect(chips()).toEqual([]);
    expect(searchBox()).toHaveFocus();
    expect(searchBox()).toHaveValue('');
  });
});

describe('filters that the provider does not have', () => {
  const LEFT_OUT: readonly [string, Partial<AssetQuery>][] = [
    ['This provider cannot search by name', { text: '' }],
    ['This provider has no tags to filter by', { includeTags: [], excludeTags: [] }],
    ['This provider cannot filter by metadata', { metadata: [] }],
    ['This provider has no public assets', { includePublic: false }],
  ];
  const leftOut = () => {
    const list = screen.queryByRole('list', { name: 'Filters left out' });
    return list === null
      ? []
      : within(list)
          .getAllByRole('listitem')
          .map((each) => each.textContent);
  };
  const active = () => screen.queryByRole('list', { name: 'Active filters' });

  beforeEach(() =>
    network.use(
      ...roughyHandlers({ baseUrl: ROUGHY_URL, library: createRoughyLibrary({ projects: [], assets: [] }) }),
    ),
  );

  it('are said to be left out, and are not among those in force', () => {
    open({ ...EVERYTHING, state: 'failed' }, roughyProvider());
    expect(within(active()!).getAllByRole('listitem')).toHaveLength(1);
    expect(active()).toHaveTextContent('State: Failed');
    expect(leftOut()).toEqual(LEFT_OUT.map(([text]) => text));
  });

  it.each(LEFT_OUT)('can be taken out of the URL: %s', async (text, left) => {
    const { user, refinements } = open(EVERYTHING, roughyProvider());
    await user.click(remove(text));
    expect(refinements).toEqual([[left, undefined]]);
    expect(leftOut()).toHaveLength(LEFT_OUT.length - 1);
    expect(leftOut()).not.toContain(text);
  });

  it('hand the focus on, and say nothing once they are gone', async () => {
    const { user } = open({ text: 'x' }, roughyProvider());
    expect(active()).toBeNull();
    await user.click(remove('This provider cannot search by name'));
    expect(screen.getByText('No filters')).toBeVisible();
    expect(searchBox()).toHaveFocus();
  });

  it('are Roughy’s own at a Comfy', () => {
    open({ text: 'fox', state: 'failed', project: 'p' });
    expect(chips()).toEqual([
      'Name contains “fox”',
      'This provider cannot filter by state',
      'This provider has no projects to filter by',
    ]);
    expect(leftOut()).toHaveLength(2);
  });
});

describe('the bar', () => {
  it('adds tags to those that are there, each once', async () => {
    const { user, refinements } = open({ includeTags: ['draft'] });
    await user.type(screen.getByRole('combobox', { name: 'Include tags' }), 'output{Enter}');
    await user.type(screen.getByRole('combobox', { name: 'Include tags' }), 'draft{Enter}');
    await user.type(screen.getByRole('combobox', { name: 'Exclude tags' }), 'temp{Enter}');
    expect(refinements.map(([filters]) => filters)).toEqual([
      { includeTags: ['draft', 'output'] },
      { includeTags: ['draft', 'output'] },
      { excludeTags: ['temp'] },
    ]);
  });

  it('replaces the value of a metadata key, without the spaces around', async () => {
    const { user, refinements } = open(EVERYTHING);
    const panel = screen.getByLabelText('Filter by metadata');
    // The browser does this when the button is pressed.
    fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
    await user.type(within(panel).getByLabelText('Metadata key'), ' seed ');
    await user.type(within(panel).getByLabelText('Metadata value'), ' 43 {Enter}');
    expect(refinements).toEqual([[{ metadata: [{ key: 'seed', value: '43' }] }, undefined]]);
    expect(within(panel).getByLabelText('Metadata key')).toHaveValue('');
  });

  it('makes a new search a step back can undo, and refines it in place', async () => {
    const { user, refinements } = open();
    await user.type(searchBox(), 'fox{Enter}');
    await user.type(searchBox(), 'es{Enter}');
    await user.clear(searchBox());
    await user.keyboard('{Enter}');
    expect(refinements).toEqual([
      [{ text: 'fox' }, 'push'],
      [{ text: 'foxes' }, 'replace'],
      [{ text: '' }, 'push'],
    ]);
  });

  it('offers what Roughy can filter by and the search that the index has, and nothing else', async () => {
    const [podcast, old] = [roughyProject(), roughyProject({ name: 'Old', state: 'archived' })];
    const library = createRoughyLibrary({ projects: [podcast, old], assets: [] });
    network.use(...roughyHandlers({ baseUrl: ROUGHY_URL, library }));
    const { user, refinements } = open({}, roughyProvider());
    expect(searchBox()).toBeVisible();
    expect(screen.queryByRole('combobox', { name: 'Include tags' })).not.toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: 'Show public' })).not.toBeInTheDocument();
    await screen.findByRole('option', { name: 'Old (archived)' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Project' }), 'Podcast');
    await user.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Failed');
    await user.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Any state');
    expect(refinements.map(([filters]) => filters)).toEqual([
      { project: podcast.id },
      { state: 'failed' },
      { state: null },
    ]);
  });

  it('opens the filters that only the index has', async () => {
    const { user, opened } = open();
    await user.click(screen.getByRole('button', { name: 'More filters' }));
    expect(opened).toEqual(['more']);
  });

  it('says that public assets are not in the index, once that answers', () => {
    const query = { ...DEFAULT_QUERY, includePublic: true };
    const { filters } = comfyProvider();
    expect(ignoredFilters(query, filters, 'index')).toEqual([
      { id: 'public', text: 'Public assets are not in the index', without: { includePublic: false } },
    ]);
    expect(ignoredFilters(query, filters, 'provider')).toEqual([]);
  });

  it('hides all but the search behind a button on a phone', async () => {
    setViewportWidth(390);
    const { user } = open({ includeTags: ['draft'] });
    expect(screen.queryByRole('combobox', { name: 'Include tags' })).not.toBeInTheDocument();
    const unfold = screen.getByRole('button', { name: 'Filters (1)' });
    expect(unfold).toHaveAttribute('aria-expanded', 'false');
    await user.click(unfold);
    expect(screen.getByRole('combobox', { name: 'Include tags' })).toBeVisible();
  });
});
