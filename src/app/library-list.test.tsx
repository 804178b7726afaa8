import { useQuery } from '@tanstack/react-query';
import { act, fireEvent, screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';
import { assetQueries } from '@/queries/asset-queries';
import { COMFY_URL, comfyProvider, deferred, pretendNetwork } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';

import { LibraryList, preloadListTrouble } from './library-list';
import { makeQueryClient } from './query-client';

const network = pretendNetwork();
const provider = comfyProvider();
const LIST = `${COMFY_URL}/api/assets`;
const ALL_TRIES_MS = 8_000;

// As the page does before its first answer: no clock would wait for it here.
beforeAll(preloadListTrouble);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => vi.useRealTimers());

/** Lets so much time pass, and every answer that is due arrive. */
async function pass(milliseconds: number) {
  for (let passed = 0; passed <= milliseconds; passed += 250) {
    await act(async () => {
      // The network is real: it needs turns of its own.
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(passed === milliseconds ? 0 : 250);
    });
  }
}

function Page() {
  const [page, setPage] = useState(1);
  const list = useQuery(assetQueries.list(provider, { ...DEFAULT_QUERY, page, pageSize: 20 }));
  return (
    <>
      <button onClick={() => setPage(2)}>Page 2</button>
      <button onClick={() => void list.refetch()}>Refresh</button>
      <LibraryList list={list} rowHeight={40} filters={[]} onClearFilters={() => undefined}>
        {({ rows }) => <p>{rows.length} rows</p>}
      </LibraryList>
    </>
  );
}

const open = () => renderWithClient(<Page />, makeQueryClient());
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const serve = (answer: () => Response | Promise<Response>) => network.use(http.get(LIST, answer));
const tries = () => network.requests('GET /api/assets?').length;
const said = () => screen.queryAllByRole('status').map((each) => each.textContent);

const nothing = () => HttpResponse.error();
const proxyAlone = () =>
  HttpResponse.json({ error: { code: 'UPSTREAM_UNREACHABLE', message: 'No' } }, { status: 502 });
const limited = () => HttpResponse.json({}, { status: 429, headers: { 'retry-after': '12' } });

describe.each([
  ['a server that does not answer', nothing],
  ['a server that the proxy does not reach', proxyAlone],
])('%s', (_what, unreachable) => {
  it('is looked for every 15 s, while the page keeps saying what is wrong', async () => {
    network.serveComfy([{ name: 'fox.png' }]);
    serve(unreachable);
    open();
    await pass(ALL_TRIES_MS);
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('Comfy Cloud cannot be reached');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
    expect(tries()).toBe(4);

    const gate = deferred<Response>();
    serve(() => gate.promise);
    await pass(15_000);
    expect(tries()).toBe(5);
    expect(screen.getByRole('alert')).toBe(alert);
    expect(alert).toHaveTextContent('Comfy Cloud cannot be reached');
    expect(screen.getByRole('button', { name: 'Trying…' })).toHaveAttribute('aria-disabled', 'true');
    expect(said()).toEqual([]);

    gate.resolve(unreachable());
    await pass(ALL_TRIES_MS);
    expect(tries()).toBe(8);
    expect(screen.getByRole('alert')).toBe(alert);

    network.server.resetHandlers();
    network.serveComfy([{ name: 'fox.png' }]);
    await pass(15_000);
    expect(screen.getByText('1 rows')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    const before = tries();
    await pass(40_000);
    expect(tries()).toBe(before);
  });
});

it('a server that answers, if only with a fault, is left alone', async () => {
  serve(() => HttpResponse.json({}, { status: 500 }));
  open();
  await pass(60_000);
  expect(screen.getByRole('alert')).toHaveTextContent('Comfy Cloud has a problem');
  expect(tries()).toBe(4);
});

it('a list that failed says so anew when it fails for another reason', async () => {
  serve(nothing);
  open();
  await pass(ALL_TRIES_MS);
  serve(limited);
  press('Try again');
  await pass(500);
  expect(screen.getByRole('alert')).toHaveTextContent('asks to slow down');
  expect(screen.getByRole('alert')).toHaveTextContent('Trying again in 12 s');
});

it('a pause says when it ends, second by second to see and once to hear', async () => {
  serve(limited);
  open();
  await pass(500);
  const [banner] = screen.getAllByRole('status');
  expect(banner).toHaveTextContent('Comfy Cloud asks to slow down. Trying again in 12 seconds.');
  expect(banner).toHaveTextContent('Trying again in 12 s');
  await pass(5_000);
  expect(banner).toHaveTextContent('Trying again in 12 seconds.');
  expect(banner).toHaveTextContent('Trying again in 7 s');
  expect(screen.getByText('7').closest('[aria-hidden]')).not.toBeNull();
});

it('a renewal that fails keeps the list, under one line that stays', async () => {
  network.serveComfy([{ name: 'fox.png' }]);
  open();
  await pass(500);
  serve(nothing);
  press('Refresh');
  await pass(ALL_TRIES_MS);
  expect(said()).toEqual([expect.stringMatching(/cannot be reached\. This is the list as it was .* ago\./)]);
  serve(limited);
  await pass(15_000);
  expect(said()).toEqual([
    expect.stringMatching(/cannot be reached\. This is the list as it was .* ago\. .*in 1\d s/),
  ]);
  expect(screen.getByText('1 rows')).toBeVisible();
});

it('a page that failed is not replaced by the rows of the one before when it is asked for again', async () => {
  network.serveComfy(Array.from({ length: 25 }, () => ({})));
  open();
  await pass(500);
  serve(nothing);
  press('Page 2');
  await pass(500);
  expect(screen.getByText('20 rows')).toBeVisible();
  await pass(ALL_TRIES_MS);
  expect(screen.getByRole('alert')).toBeVisible();
  serve(() => new Promise<never>(() => undefined));
  press('Try again');
  await pass(500);
  expect(screen.getByRole('alert')).toHaveTextContent('cannot be reached');
  expect(screen.queryByText('20 rows')).not.toBeInTheDocument();
});
