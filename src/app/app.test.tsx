import type { QueryClient } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import type { SiteConfig } from '@/connections/config';
import { forgetKey, rememberKey } from '@/connections/keyring';
import { COMFY_URL, comfyConnection, idOf, pretendNetwork } from '@/testing/pretend-network';
import { setViewportWidth } from '@/testing/viewport';
import { clearToasts } from '@/ui/toaster';

import { App } from './app';
import { fetchAhead } from './fetch-ahead';
import { makeQueryClient } from './query-client';

const network = pretendNetwork();
const KEY = 'key-canary-0123456789';
const SIGNATURE = 'signature-canary';
const cloud = comfyConnection();
const site: SiteConfig = { connections: [cloud], demo: false, problems: [] };

// What the page loads on demand, so that no test waits for it to be compiled.
beforeAll(async () => {
  await import('@/features/connect/key-entry');
  await import('@/features/asset-drawer/asset-drawer');
  await import('@/features/asset-deletion/delete-dialog');
  await import('./local-data');
  await import('./jobs-view');
  await import('@/features/marks/marked-view');
});
beforeEach(() => {
  setViewportWidth(1280);
  clearToasts();
  window.history.replaceState(null, '', '/');
});
afterEach(() => {
  forgetKey(cloud.id);
  localStorage.clear();
});

function open(client: QueryClient) {
  render(<App client={client} site={site} />);
  return userEvent.setup();
}
const button = (name: string) => screen.getByRole('button', { name });

/** Every key under which anything was ever cached. */
function recordCacheKeys(client: QueryClient): () => string {
  const keys = new Set<string>();
  client.getQueryCache().subscribe(({ query }) => keys.add(JSON.stringify([query.queryKey, query.meta])));
  client.getMutationCache().subscribe(({ mutation }) => {
    keys.add(JSON.stringify([mutation?.options.mutationKey, mutation?.state.variables]));
  });
  return () => [...keys].join('\n');
}

it('keeps the key and signed addresses to itself through a whole session', async () => {
  const preview_url = `http://storage.test/notes.txt?X-Amz-Date=20261101T000000Z&X-Amz-Expires=900&X-Amz-Signature=${SIGNATURE}`;
  network.serveComfy(
    [
      { name: 'notes.txt', mime_type: 'text/plain', preview_url, tags: ['draft', 'text'] },
      { name: 'fox.png' },
    ],
    { apiKey: KEY },
  );
  network.use(http.get('http://storage.test/notes.txt', () => HttpResponse.text('Dear diary')));
  const keyWentTo = new Set<string>();
  network.server.events.on('request:start', ({ request }) => {
    if (JSON.stringify([request.url, ...request.headers]).includes(KEY))
      keyWentTo.add(new URL(request.url).origin);
    expect(request.url).not.toContain(KEY);
  });
  const client = makeQueryClient();
  const cacheKeys = recordCacheKeys(client);
  const user = open(client);

  await user.type(await screen.findByLabelText('API key'), `${KEY}{Enter}`);
  await user.type(await screen.findByRole('combobox', { name: 'Include tags' }), 'te{ArrowDown}{Enter}');
  await user.click(await screen.findByRole('link', { name: 'notes.txt' }));
  expect(await screen.findByText('Dear diary')).toBeVisible();
  await user.click(button('Remove tag draft from notes.txt'));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await user.click(button('Clear all'));
  await user.type(screen.getByRole('searchbox'), 'fox{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Delete fox.png…' }));
  await user.click(await screen.findByRole('button', { name: 'Delete forever' }));
  await screen.findByText('fox.png was deleted');

  expect([...keyWentTo]).toEqual([COMFY_URL]);
  expect(network.requests(`DELETE /api/assets/${idOf(2)}`)).toHaveLength(1);
  expect(cacheKeys()).toContain('text-excerpt');
  expect(cacheKeys()).toContain('tag-edit');
  expect(cacheKeys()).not.toContain(KEY);
  const queryKeys = client
    .getQueryCache()
    .getAll()
    .map((query) => query.queryHash);
  expect(queryKeys.join()).not.toContain(SIGNATURE);
  const everywhere = [
    ...client
      .getQueryCache()
      .getAll()
      .map((query) => query.state),
    Object.entries(localStorage),
    Object.entries(sessionStorage),
    window.location.href,
    document.body.innerHTML,
    document.cookie,
  ];
  expect(JSON.stringify(everywhere)).not.toContain(KEY);
  expect(window.location.href).not.toContain(SIGNATURE);
});

it('forgets the key and everything that was read with it', async () => {
  network.serveComfy([{ name: 'fox.png' }], { apiKey: KEY });
  rememberKey(cloud.id, KEY, false);
  const client = makeQueryClient();
  const user = open(client);
  await screen.findByRole('link', { name: 'fox.png' });
  await user.click(button('Forget key'));
  expect(await screen.findByLabelText('API key')).toBeVisible();
  expect(client.getQueryCache().findAll({ queryKey: ['assets'] })).toEqual([]);
});

it('fetches ahead what the screen then asks for, once', async () => {
  network.serveComfy([{ name: 'fox.png' }], { apiKey: KEY });
  rememberKey(cloud.id, KEY, false);
  window.history.replaceState(null, '', '/?q=fox&size=100&sort=size');
  const client = makeQueryClient();
  void fetchAhead(client, site);
  open(client);
  await screen.findByRole('link', { name: 'fox.png' });
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(network.requests('GET /api/assets?')).toHaveLength(1);
});

it('fetches nothing ahead without a key', async () => {
  const client = makeQueryClient();
  void fetchAhead(client, site);
  open(client);
  await screen.findByLabelText('API key');
  expect(network.sent).toEqual([]);
});

it('leads from the library to marks and jobs and back, and keeps what is ticked', async () => {
  network.serveComfy([{ name: 'fox.png' }], { apiKey: KEY });
  rememberKey(cloud.id, KEY, false);
  const user = open(makeQueryClient());
  const views = screen.getByRole('navigation', { name: 'Views' });
  const go = (view: string) => user.click(within(views).getByRole('link', { name: view }));
  await user.click(await screen.findByRole('checkbox', { name: 'Select fox.png' }));
  await user.click(button('Mark for deletion'));
  await go('Marked 1');
  expect(await screen.findByRole('heading', { name: 'Marked for deletion' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Unmark fox.png' })).toBeVisible();
  expect(window.location.search).toBe('?view=marked');
  await go('Jobs');
  expect(await screen.findByRole('heading', { name: 'Jobs' })).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Marked for deletion' })).not.toBeInTheDocument();
  expect(within(views).getByRole('link', { name: 'Jobs' })).toHaveAttribute('aria-current', 'page');
  await go('All assets');
  expect(await screen.findByRole('checkbox', { name: 'Select fox.png' })).toBeChecked();
  // The URL follows a moment later, and must find the page still there.
  await waitFor(() => expect(window.location.search).toBe(''));
});
