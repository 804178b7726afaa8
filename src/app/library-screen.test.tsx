import { act, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { NuqsTestingAdapter, type UrlUpdateEvent } from 'nuqs/adapters/testing';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ComfyAssetJson } from '@/demo/comfy-library';
import { rememberKey } from '@/connections/keyring';
import { SearchProvider } from '@/search/search-provider';
import { COMFY_URL, comfyProvider, deferred, idOf, pretendNetwork } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';
import { setViewportWidth } from '@/testing/viewport';
import { clearToasts, Toaster } from '@/ui/toaster';

import type { LocalData } from './local-data';
import { ScreenForTest } from './screen-for-test';

const network = pretendNetwork();
let kept: LocalData | null = null;
const provider = comfyProvider({}, 'the-key');
const LIST = `${COMFY_URL}/api/assets`;

// What the page loads on demand, so that no test waits for it to be compiled.
beforeAll(async () => {
  await import('@/features/asset-deletion/delete-dialog');
  await import('@/features/select-all/collect-dialog');
  await import('@/cleanup/collect');
});
beforeEach(() => {
  setViewportWidth(1280);
  clearToasts();
  localStorage.clear();
  rememberKey(provider.connection.id, 'the-key', false);
});

function open(searchParams = '') {
  const urls: string[] = [];
  const onUrlUpdate = ({ queryString }: UrlUpdateEvent) => urls.push(queryString);
  const rendered = renderWithClient(
    <NuqsTestingAdapter searchParams={searchParams} onUrlUpdate={onUrlUpdate} hasMemory>
      <SearchProvider>
        <ScreenForTest provider={provider} onOpened={(local) => (kept = local)} />
      </SearchProvider>
      <Toaster />
    </NuqsTestingAdapter>,
  );
  return { ...rendered, urls };
}

/** Newest first on the screen: the last one of these. */
const files = (count: number, about: Partial<ComfyAssetJson> = {}) =>
  Array.from({ length: count }, (_, index) => ({ name: `${index + 1}.png`, ...about }));

const names = () =>
  within(screen.getByRole('table'))
    .getAllByRole('link')
    .map((link) => link.textContent);
const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });
const button = (name: string) => screen.getByRole('button', { name });
const shown = (name: string) => screen.findByRole('link', { name });
const asked = (offset: number) =>
  network.requests('GET /api/assets?').filter((each) => offsetOf(each) === offset);
const offsetOf = (request: string) =>
  Number(new URLSearchParams(request.slice(request.indexOf('?'))).get('offset') ?? '0');

describe('paging', () => {
  it('reads the next page once this one is there, and shows it without waiting', async () => {
    network.serveComfy(files(45));
    const gate = deferred();
    network.use(
      http.get(LIST, async () => {
        await gate.promise;
      }),
    );
    const { user, urls } = open('size=20');
    await waitFor(() => expect(asked(0)).toHaveLength(1));
    expect(asked(20)).toEqual([]);
    gate.resolve();
    await shown('45.png');
    await waitFor(() => expect(asked(20)).toHaveLength(1));
    await screen.findByText('1–20 of 45');
    network.use(http.get(LIST, () => new Promise<never>(() => undefined)));
    await user.click(button('Next page'));
    expect(await shown('25.png')).toBeVisible();
    expect(screen.getByText('21–40 of 45')).toBeVisible();
    expect(screen.getByRole('table')).toHaveAttribute('aria-busy', 'false');
    expect(urls.at(-1)).toBe('?size=20&page=2');
    expect(asked(20)).toHaveLength(1);
  });

  it('does not ask for a page after the last', async () => {
    network.serveComfy(files(3));
    open();
    await shown('3.png');
    expect(button('Next page')).toHaveAttribute('aria-disabled', 'true');
    expect(network.requests('GET /api/assets?')).toHaveLength(1);
  });

  it('steps back from a page that others have emptied', async () => {
    network.serveComfy(files(20));
    const { urls } = open('size=20&page=3');
    expect(await screen.findByText('1–20 of 20')).toBeVisible();
    expect(urls.at(-1)).toBe('?size=20');
  });
});

describe('the selection', () => {
  it('takes a range with shift, leaves protected rows out, and outlives the page', async () => {
    network.serveComfy([
      ...files(22),
      { name: 'fixed.png', is_immutable: true },
      ...files(2, { name: 'new.png' }),
    ]);
    const { user } = open('size=20');
    await shown('fixed.png');
    await user.click(box('22.png'));
    await user.keyboard('{Shift>}');
    await user.click(box('20.png'));
    await user.keyboard('{/Shift}');
    const toolbar = await screen.findByRole('toolbar', { name: 'Selection' });
    expect(toolbar).toHaveTextContent('3 selected');
    expect(toolbar).not.toHaveTextContent('not in this view');
    expect(box('fixed.png')).not.toBeChecked();
    await user.click(button('Next page'));
    await shown('1.png');
    expect(toolbar).toHaveTextContent('3 selected, 3 not in this view');
    await user.click(screen.getByRole('checkbox', { name: 'Select page' }));
    expect(toolbar).toHaveTextContent('8 selected, 3 not in this view');
    await user.click(button('Clear selection'));
    expect(screen.queryByRole('toolbar', { name: 'Selection' })).not.toBeInTheDocument();
  });

  it('keeps what could not be deleted, and loses what is gone', async () => {
    network.serveComfy(files(4));
    network.use(
      http.delete(`${LIST}/${idOf(2)}`, () =>
        HttpResponse.json({ code: 'IN_USE', message: 'No' }, { status: 409 }),
      ),
    );
    const { user } = open();
    await shown('4.png');
    for (const name of ['1.png', '2.png', '3.png']) await user.click(box(name));
    await user.click(button('Delete…'));
    await user.click(await screen.findByRole('button', { name: 'Delete 3 forever' }));
    await screen.findByRole('alertdialog', { name: '2 assets were deleted, 1 not deleted' });
    await user.click(button('Close'));
    await waitFor(() => expect(names()).toEqual(['4.png', '2.png']));
    expect(screen.getByRole('toolbar', { name: 'Selection' })).toHaveTextContent('1 selected');
    expect(box('2.png')).toBeChecked();
    expect(screen.getByText('1–2 of 2')).toBeVisible();
  });

  it('keeps what is left when the key is refused half-way, to go with another key', async () => {
    const library = network.serveComfy(files(6));
    let deletions = 0;
    let revoked = false;
    const refusal = () =>
      revoked ? HttpResponse.json({ code: 'NO', message: 'Key revoked' }, { status: 401 }) : undefined;
    network.use(
      http.delete(`${LIST}/:id`, () => {
        deletions += 1;
        revoked ||= deletions === 3;
        return refusal();
      }),
      http.get(LIST, refusal),
    );
    const { user } = open();
    await shown('6.png');
    for (const name of ['1.png', '2.png', '3.png', '4.png', '5.png']) await user.click(box(name));
    await user.click(button('Delete…'));
    await user.click(await screen.findByRole('button', { name: 'Delete 5 forever' }));
    const dialog = await screen.findByRole('alertdialog', { name: '2 assets were deleted, 3 not deleted' });
    expect(dialog).toHaveTextContent('Comfy Cloud does not accept the key');
    await user.click(button('Close'));

    const field = await screen.findByLabelText('API key');
    revoked = false;
    deletions = 3;
    await user.type(field, 'the-key{Enter}');
    const toolbar = await screen.findByRole('toolbar', { name: 'Selection' });
    expect(toolbar).toHaveTextContent('3 selected');
    await user.click(button('Delete…'));
    await user.click(await screen.findByRole('button', { name: 'Delete 3 forever' }));
    await waitFor(() => expect(screen.getByText('3 assets were deleted')).toBeVisible());
    expect(library.list().total).toBe(1);
  });
});

it('dims a row until its deletion is confirmed, then moves the focus to the next', async () => {
  network.serveComfy(files(3));
  const gate = deferred();
  network.use(
    http.delete(`${LIST}/:id`, async () => {
      await gate.promise;
    }),
  );
  const { user } = open();
  await shown('3.png');
  await user.click(button('Delete 2.png…'));
  await user.click(await screen.findByRole('button', { name: 'Delete forever' }));
  await screen.findByRole('alertdialog', { name: 'Deleting 2.png' });
  const row = screen.getByText('2.png', { selector: 'td bdi' }).closest('tr');
  await waitFor(() => expect(row).toHaveAttribute('aria-busy', 'true'));
  gate.resolve();
  await waitFor(() => expect(screen.queryByText('2.png', { selector: 'td bdi' })).not.toBeInTheDocument());
  await waitFor(() => expect(screen.getByRole('link', { name: '1.png' })).toHaveFocus());
  expect(screen.getAllByRole('status').map((each) => each.textContent)).toContain('2.png was deleted');
});

it('puts a tag back when the provider refuses to take it off', async () => {
  network.serveComfy([{ name: 'fox.png', tags: ['draft', 'animal'] }]);
  network.use(
    http.delete(`${LIST}/:id/tags`, () =>
      HttpResponse.json({ code: 'X', message: 'In use' }, { status: 409 }),
    ),
  );
  const { user } = open();
  const remove = await screen.findByRole('button', { name: 'Remove tag draft from fox.png' });
  network.use(http.get(LIST, () => HttpResponse.error())); // no refetch can hide a missing rollback
  await user.click(remove);
  await waitFor(() =>
    expect(
      screen
        .getAllByRole('alert')
        .map((each) => each.textContent)
        .join(),
    ).toContain('In use'),
  );
  expect(screen.getByRole('button', { name: 'Remove tag draft from fox.png' })).toBeVisible();
});

describe('when there is no list', () => {
  it('asks for the key again when it is refused, and shows the list once it is right', async () => {
    network.serveComfy(files(1), { apiKey: 'the-key' });
    network.use(
      http.get(LIST, () => HttpResponse.json({ code: 'NO', message: 'Expired' }, { status: 401 }), {
        once: true,
      }),
    );
    const { user } = open();
    const field = await screen.findByLabelText('API key');
    expect(screen.getByText('Comfy Cloud does not accept the key').closest('[role=alert]')).toBeVisible();
    await user.type(field, 'the-key{Enter}');
    expect(await shown('1.png')).toBeVisible();
  });

  it('says why, and tries again when asked', async () => {
    network.serveComfy(files(1));
    network.use(http.get(LIST, () => HttpResponse.error(), { once: true }));
    const { user } = open();
    const problem = await screen.findByRole('heading', { name: 'Comfy Cloud cannot be reached' });
    expect(problem.closest('[role=alert]')).toHaveTextContent('Check that you are online');
    await user.click(button('Try again'));
    expect(await shown('1.png')).toBeVisible();
  });

  it('names the filter that emptied it, and clears it', async () => {
    network.serveComfy(files(1));
    const { user, urls } = open('q=fox');
    expect(await screen.findByRole('heading', { name: 'No asset matches' })).toBeVisible();
    expect(screen.getByText('The filter that emptied the list: Name contains “fox”')).toBeVisible();
    await user.click(button('Clear all filters'));
    expect(await shown('1.png')).toBeVisible();
    expect(urls.at(-1)).toBe('');
  });

  it('says that the library is empty', async () => {
    network.serveComfy([]);
    open();
    expect(await screen.findByRole('heading', { name: 'This library is empty' })).toBeVisible();
  });
});

it('keeps showing the list when a refresh fails', async () => {
  network.serveComfy(files(2));
  const { user } = open();
  await shown('2.png');
  network.use(http.get(LIST, () => new HttpResponse(null, { status: 500 }), { once: true }));
  await user.click(button('Refresh'));
  expect(await screen.findByText(/This is the list as it was/)).toBeVisible();
  expect(screen.getByText(/^Comfy Cloud has a problem/)).toBeVisible();
  expect(names()).toEqual(['2.png', '1.png']);
  await user.click(button('Try again'));
  await waitFor(() => expect(screen.queryByText(/This is the list as it was/)).not.toBeInTheDocument());
});

describe('everything that matches', () => {
  it('is read, ticked and planned, protected ones left out with their reason', async () => {
    network.serveComfy([...files(45), { name: 'fixed.png', is_immutable: true }]);
    const { user } = open('size=20');
    await shown('45.png');
    await user.click(screen.getByRole('checkbox', { name: 'Select page' }));
    await user.click(await screen.findByRole('button', { name: 'Select all 46 matching' }));
    const toolbar = await screen.findByRole('toolbar', { name: 'Selection' });
    await waitFor(() => expect(toolbar).toHaveTextContent('45 selected, 26 not in this view'));
    expect(screen.getByText('All 45 matching selected; 1 protected left out')).toBeVisible();
    await user.click(button('Delete…'));
    const dialog = await screen.findByRole('alertdialog', { name: 'Delete 45 assets?' });
    expect(dialog).toHaveTextContent(/1 .*left out|left out.*1/i);
    // Nobody has seen each of them, so that it is asked for more than it is for as many ticked by hand.
    expect(within(dialog).getByRole('textbox', { name: 'Type 45 to confirm' })).toBeVisible();
  });

  it('is a large job that leaves the dialog: its rows are dimmed and no longer ticked', async () => {
    network.serveComfy(files(21));
    const { user } = open('size=20');
    await shown('21.png');
    await user.click(screen.getByRole('checkbox', { name: 'Select page' }));
    await user.click(await screen.findByRole('button', { name: 'Select all 21 matching' }));
    await waitFor(() => expect(screen.getByText('All 21 matching selected')).toBeVisible());
    await user.click(button('Delete…'));
    await user.type(await screen.findByRole('textbox', { name: 'Type 21 to confirm' }), '21');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    await user.click(button('Delete 21 forever'));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
    expect(screen.queryByRole('toolbar', { name: 'Selection' })).not.toBeInTheDocument();
    expect(box('21.png').closest('tr')).toHaveAttribute('aria-busy', 'true');
    expect(network.requests('DELETE')).toEqual([]); // its grace
    const [job] = kept?.center.view().jobs ?? [];
    await act(() => kept?.center.cancel(job?.id ?? ''));
    await waitFor(() => expect(box('21.png').closest('tr')).not.toHaveAttribute('aria-busy'));
    expect(network.requests('DELETE')).toEqual([]);
  });
});

it('marks the row that has the focus with `m`, and takes the mark off again', async () => {
  network.serveComfy(files(2));
  const { user } = open();
  (await shown('2.png')).focus();
  await user.keyboard('m');
  expect(await screen.findByRole('img', { name: 'Marked for deletion' })).toBeVisible();
  await user.keyboard('m');
  await waitFor(() => expect(screen.queryByRole('img', { name: 'Marked for deletion' })).toBeNull());
  expect(network.requests('DELETE')).toEqual([]);
});
