import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';

import { collectMatching } from '@/cleanup/collect';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import type { SeenAsset } from '@/domain/plan';
import { COMFY_URL, comfyProvider, deferred, idOf, pretendNetwork } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';

import CollectDialog from './collect-dialog';
import { SelectAllBanner } from './select-all-banner';
import { useCollect, type Collect, type CollectInfo } from './use-collect';

const network = pretendNetwork();
const provider = comfyProvider();
const LIST = `${COMFY_URL}/api/assets`;

const button = (name: string) => screen.getByRole('button', { name });
const dialog = (name: string) => screen.findByRole('alertdialog', { name });
const lists = () => network.requests('GET /api/assets?');

describe('the banner over a page', () => {
  function show(about: Partial<Parameters<typeof SelectAllBanner>[0]>) {
    const told = { onSelectAll: vi.fn() };
    const rendered = renderWithClient(
      <SelectAllBanner
        pageSelected={50}
        pageCount={50}
        total={12_431}
        selectedCount={50}
        allSelected={false}
        untickable={0}
        {...told}
        {...about}
      />,
    );
    return { ...rendered, ...told };
  }

  it('offers all that match once the whole page is ticked', async () => {
    const { user, onSelectAll } = show({});
    expect(screen.getByRole('status')).toHaveTextContent('50 on this page selected.');
    await user.click(button('Select all 12,431 matching'));
    expect(onSelectAll).toHaveBeenCalledOnce();
  });

  it.each([
    ['only a part of the page is ticked', { pageSelected: 49 }],
    ['nothing on the page can be ticked', { pageSelected: 0, pageCount: 0 }],
    ['the page is all there is', { total: 50 }],
  ])('says nothing when %s', (_, about) => {
    show(about);
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
  });

  it('says how many of them cannot be ticked', () => {
    show({ allSelected: true, selectedCount: 12_429, untickable: 2 });
    expect(screen.getByRole('status')).toHaveTextContent(
      'All 12,429 matching selected; 2 protected left out',
    );
  });

  it('says when everything is selected, and offers nothing more', () => {
    show({ allSelected: true, selectedCount: 12_431 });
    expect(screen.getByRole('status')).toHaveTextContent(/^All 12,431 matching selected$/);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('selecting all that match', () => {
  type Done = readonly [assets: readonly SeenAsset[], info: CollectInfo];

  const readFoxes: Collect = (options) =>
    collectMatching(provider, { ...DEFAULT_QUERY, text: 'fox', page: 3 }, options);

  function Page({ onDone }: { onDone: (...done: Done) => void }) {
    const collect = useCollect(onDone);
    return (
      <>
        <button type="button" onClick={() => void collect.start(readFoxes)}>
          Select all
        </button>
        {collect.state.step !== 'idle' && (
          <CollectDialog
            state={collect.state}
            total={1_200}
            onAccept={collect.accept}
            onRetry={collect.retry}
            onCancel={collect.cancel}
          />
        )}
      </>
    );
  }

  function selectAll(count: number) {
    const library = network.serveComfy(
      Array.from({ length: count }, (_, index) => ({ name: `fox ${index + 1}.png` })),
      { cursors: true },
    );
    const done: Done[] = [];
    const rendered = renderWithClient(<Page onDone={(...each) => done.push(each)} />);
    return { ...rendered, library, done, start: () => rendered.user.click(button('Select all')) };
  }

  /** The second page and what follows wait. */
  function holdSecondPage() {
    const gate = deferred();
    network.use(
      http.get(LIST, async ({ request }) => {
        if (new URL(request.url).searchParams.has('after')) await gate.promise;
      }),
    );
    return gate;
  }

  it('sends nothing before it is asked for', () => {
    selectAll(3);
    expect(network.sent).toEqual([]);
  });

  it('reads every page at once when asked, without a word when all is as it seemed', async () => {
    const { start, done } = selectAll(1_200);
    await start();
    await waitFor(() => expect(done).toHaveLength(1));
    const [assets, info] = done[0]!;
    expect(new Set(assets.map((asset) => asset.id)).size).toBe(1_200);
    expect(info).toMatchObject({ totalBefore: 1_200, totalAfter: 1_200, unreadable: 0 });
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    expect(lists().every((request) => request.includes('name_contains=fox'))).toBe(true);
  });

  it('says so when the server lists what the filters do not let through, and leaves it out', async () => {
    const { user, start, done } = selectAll(3);
    network.serveComfy([{ name: 'fox 1.png' }, { name: 'hen.png' }], { cursors: true });
    network.use(
      http.get(LIST, async ({ request }) => {
        const url = new URL(request.url);
        if (!url.searchParams.has('name_contains')) return undefined;
        url.searchParams.delete('name_contains'); // a server that knows no such filter
        return fetch(url, { headers: request.headers });
      }),
    );
    await start();
    expect(await dialog('1 asset was found')).toHaveTextContent(
      '1 listed asset does not match the filters and is not selected.',
    );
    await user.click(button('Select 1'));
    expect(done[0]?.[0].map((asset) => asset.name)).toEqual(['fox 1.png']);
  });

  it('shows how far it is, and gives up at once when cancelled', async () => {
    const { user, start, done } = selectAll(1_200);
    const gate = holdSecondPage();
    await start();
    await dialog('Selecting all 1,200 matching');
    expect(button('Cancel')).toHaveFocus();
    expect(await screen.findByText('Reading 500 of 1,200…')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: 'Reading 500 of 1,200…' })).toHaveAttribute(
      'value',
      '500',
    );
    await waitFor(() => expect(lists()).toHaveLength(2));
    await user.click(button('Cancel'));
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    expect(button('Select all')).toHaveFocus();
    gate.resolve();
    await start(); // what was held comes back to nobody
    await waitFor(() => expect(done).toHaveLength(1));
    expect(done[0]?.[0]).toHaveLength(1_200);
  });

  it('explains what went wrong, and tries again', async () => {
    const { user, start, done } = selectAll(3);
    network.use(
      http.get(LIST, () => HttpResponse.json({ code: 'BAD', message: 'Odd filter' }, { status: 400 }), {
        once: true,
      }),
    );
    await start();
    await dialog('Not everything could be read');
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Nothing more was selected. Comfy Cloud does not accept this request. Odd filter.',
    );
    expect(done).toEqual([]);
    await user.click(button('Try again'));
    await waitFor(() => expect(done).toHaveLength(1));
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
  });

  it('tells when the library changed meanwhile, before anything is selected', async () => {
    const { user, library, start, done } = selectAll(1_200);
    const gate = holdSecondPage();
    await start();
    await screen.findByText('Reading 500 of 1,200…');
    for (let number = 1; number <= 4; number += 1) library.remove(idOf(number));
    gate.resolve();
    await dialog('1,196 assets were found');
    expect(screen.getByRole('status')).toHaveTextContent(
      'The library changed while it was read: 1,200 at first, 1,196 now. 1,196 assets were found.',
    );
    expect(done).toEqual([]);
    await user.click(button('Select 1,196'));
    expect(done[0]?.[0]).toHaveLength(1_196);
  });

  it('tells of rows that nobody could read', async () => {
    const { user, start, done } = selectAll(3);
    network.use(
      http.get(LIST, () =>
        HttpResponse.json({
          assets: [
            { id: idOf(1), name: 'fox 1.png', created_at: '2026-03-12T08:00:00Z' },
            { id: idOf(2), name: 'fox 2.png', created_at: 'some day' },
          ],
          total: 2,
          has_more: false,
        }),
      ),
    );
    await start();
    await dialog('1 asset was found');
    expect(screen.getByRole('status')).toHaveTextContent('1 row could not be read and is not selected.');
    await user.click(button('Cancel'));
    expect(done).toEqual([]);
  });
});
