import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useSyncExternalStore } from 'react';
import { afterEach, expect, it, vi } from 'vitest';

import { RateLimitedError, UnauthorizedError } from '@/domain/errors';
import { createLibraryIndex } from '@/library/create-library-index';
import type { LibraryIndex } from '@/library/library-index';
import { createLibraryStore, type WorkerPort } from '@/library/library-store';
import { libraryWorker } from '@/testing/library';
import { PretendLibrary, type PretendLibraryOptions } from '@/testing/pretend-library';
import { renderWithClient } from '@/testing/render';

import { IndexBar } from './index-bar';

const CONTEXT = { provider: 'Pretend', requestId: null };

let opened: LibraryIndex[] = [];
afterEach(() => {
  for (const index of opened) index.close();
  opened = [];
});

function openIndex(library: PretendLibrary, openWorker: () => WorkerPort = libraryWorker) {
  let exists = false;
  const index = createLibraryIndex({
    connectionId: `bar ${String(Math.random())}`,
    provider: () => library.provider,
    openStore: () => createLibraryStore('bar', openWorker()),
    existence: { get: () => exists, set: (now) => (exists = now) },
  });
  opened.push(index);
  return { index, exists: () => exists };
}

const Shown = ({ index, onNeedKey }: { index: LibraryIndex; onNeedKey?: () => void }) => (
  <IndexBar
    index={index}
    view={useSyncExternalStore(index.subscribe, () => index.view())}
    maxPageSize={10}
    total={95}
    onNeedKey={onNeedKey ?? null}
  />
);

/** A library whose requests wait at the given one until they are let go. */
function heldLibrary(at: number, options: PretendLibraryOptions = {}) {
  const library = new PretendLibrary({ cursors: true, ...options });
  library.addMany(95);
  const listAssets = library.provider.listAssets.bind(library.provider);
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const provider = {
    ...library.provider,
    listAssets: async (...asked: Parameters<typeof listAssets>) => {
      if (library.requests.length === at) await gate;
      asked[1]?.signal?.throwIfAborted();
      return listAssets(...asked);
    },
  };
  return { library: Object.assign(library, { provider }), release: () => release() };
}

const bar = () => within(screen.getByRole('region', { name: 'Library index' }));
const button = (name: string) => bar().getByRole('button', { name });

it('says what building takes, builds, and keeps the focus on what is next', async () => {
  const { library, release } = heldLibrary(6);
  const { index, exists } = openIndex(library);
  const { user } = renderWithClient(<Shown index={index} />);
  expect(bar().getByText(/reads the list of your 95 assets once, 10 at a time/)).toBeVisible();
  expect(library.requests).toEqual([]);
  expect(exists()).toBe(false);

  await user.click(button('Build the index'));
  expect(await bar().findByText('Building the index: 40 of 95 assets read')).toBeVisible();
  expect(button('Pause')).toHaveFocus();
  expect(bar().getByRole('progressbar', { name: 'Reading the library' })).toHaveAttribute('value', '40');
  expect(bar().getByRole('status')).toHaveTextContent('Building the index: 25 %');
  release();
  expect(await bar().findByText('Index of 95 assets, synced just now', { ignore: '.sr-only' })).toBeVisible();
  expect(button('Sync')).toHaveFocus();
  expect(bar().getByText(/in memory only: it goes with this page/)).toBeVisible();
  expect(exists()).toBe(true);
});

it('pauses, goes on, and syncs what changed', async () => {
  const { library, release } = heldLibrary(6);
  const { index } = openIndex(library);
  const { user } = renderWithClient(<Shown index={index} />);
  await user.click(button('Build the index'));
  await bar().findByText('Building the index: 40 of 95 assets read');
  await user.click(button('Pause'));
  release();
  expect(
    await bar().findByText('The index is paused: 40 assets so far', { ignore: '.sr-only' }),
  ).toBeVisible();
  const before = library.requests.length;
  await user.click(button('Go on'));
  await bar().findByText('Index of 95 assets, synced just now', { ignore: '.sr-only' });
  // The rest of the list, and the two fronts.
  expect(library.since(before)).toHaveLength(6 + 2);

  library.addMany(2);
  library.remove(library.idAt(50));
  await user.click(button('Sync'));
  expect(await bar().findByText(/The last sync found 2 added, 1 gone\./)).toBeVisible();
  expect(bar().getByText('Index of 96 assets, synced just now', { ignore: '.sr-only' })).toBeVisible();
});

it('keeps what it has read when it is cancelled, and says that it is not complete', async () => {
  const { library, release } = heldLibrary(6);
  const { index } = openIndex(library);
  const { user } = renderWithClient(<Shown index={index} />);
  await user.click(button('Build the index'));
  await bar().findByText('Building the index: 40 of 95 assets read');
  await user.click(button('Cancel'));
  release();
  expect(
    await bar().findByText('The index is not complete: 40 assets so far', { ignore: '.sr-only' }),
  ).toBeVisible();
  expect(button('Build the index')).toHaveFocus();
});

it('says why it waits, and goes on by itself', async () => {
  let slow = true;
  const library = new PretendLibrary({
    cursors: true,
    onRequest: (number) => {
      if (number === 5 && slow) {
        slow = false;
        throw new RateLimitedError('Slow down', { status: 429, code: null, retryAfterMs: 1_500 }, CONTEXT);
      }
    },
  });
  library.addMany(95);
  const { index } = openIndex(library);
  const { user } = renderWithClient(<Shown index={index} />);
  await user.click(button('Build the index'));
  expect(await bar().findByText(/going on in \d s/)).toBeVisible();
  expect(bar().getByRole('status')).toHaveTextContent(/^Waiting: /);
  expect(
    await bar().findByText('Index of 95 assets, synced just now', { ignore: '.sr-only' }, { timeout: 4_000 }),
  ).toBeVisible();
});

it('asks for the key when it is refused', async () => {
  let refused = true;
  const library = new PretendLibrary({
    onRequest: (number) => {
      if (number > 5 && refused) throw new UnauthorizedError('No', { status: 401, code: null }, CONTEXT);
    },
  });
  library.addMany(95);
  const { index } = openIndex(library);
  const onNeedKey = vi.fn();
  const { user } = renderWithClient(<Shown index={index} onNeedKey={onNeedKey} />);
  await user.click(button('Build the index'));
  expect(await bar().findByRole('alert')).toBeVisible();
  await user.click(button('Enter the key'));
  expect(onNeedKey).toHaveBeenCalledOnce();
  refused = false;
  await index.build();
  await bar().findByText('Index of 95 assets, synced just now', { ignore: '.sr-only' });
});

it('says what a sync does not find, where everything can be read anew', async () => {
  const library = new PretendLibrary();
  library.addMany(5);
  const { index } = openIndex(library);
  await index.build();
  const { user } = renderWithClient(<Shown index={index} />);
  Object.assign(HTMLElement.prototype, { hidePopover: () => undefined });
  const panel = screen.getByRole('dialog', { name: 'More about the index', hidden: true });
  fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
  const anew = within(panel).getByRole('button', { name: 'Read everything anew', hidden: true });
  expect(anew).toHaveAccessibleDescription(/tags that another program took off without a new date/);
  const before = library.requests.length;
  await user.click(anew);
  await waitFor(() => expect(index.view().walk).toBeNull());
  await waitFor(() => expect(library.since(before).length).toBeGreaterThan(0));
});

it('forgets the index after asking, and can build it again', async () => {
  const library = new PretendLibrary();
  library.addMany(5);
  const { index, exists } = openIndex(library);
  await index.build();
  const { user } = renderWithClient(<Shown index={index} />);
  // Popovers are the browser's own; here there is none.
  Object.assign(HTMLElement.prototype, { hidePopover: () => undefined });
  const panel = screen.getByRole('dialog', { name: 'More about the index', hidden: true });
  fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
  await user.click(within(panel).getByRole('button', { name: 'Forget the index…', hidden: true }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Forget the index of this library?' });
  expect(within(dialog).getByRole('button', { name: 'Keep' })).toHaveFocus();
  expect(exists()).toBe(true);
  await user.click(within(dialog).getByRole('button', { name: 'Forget the index' }));
  await waitFor(() => expect(button('Build the index')).toHaveFocus());
  expect(exists()).toBe(false);
  await user.click(button('Build the index'));
  expect(await bar().findByText('Index of 5 assets, synced just now', { ignore: '.sr-only' })).toBeVisible();
});

/** A worker whose database cannot be opened. */
function fullDevice(): WorkerPort {
  const port: WorkerPort = {
    ...{ onmessage: null, onerror: null, terminate: () => undefined },
    postMessage: ({ type }) => {
      if (type !== 'open') return;
      const failed = { type: 'failed', problem: 'quota', message: 'No more room.' } as const;
      queueMicrotask(() => port.onmessage?.(new MessageEvent('message', { data: failed })));
    },
  };
  return port;
}

it('opens an index once more that had no room, keeps the focus, and builds it', async () => {
  const { library } = heldLibrary(Infinity);
  let isFull = true;
  const { index } = openIndex(library, () => (isFull ? fullDevice() : libraryWorker()));
  const { user } = renderWithClient(<Shown index={index} />);
  await user.click(button('Build the index'));
  expect(await bar().findByText('There is no room for the index', { ignore: '.sr-only' })).toBeVisible();

  await user.click(button('Try again'));
  await waitFor(() => expect(button('Try again')).toHaveFocus());
  isFull = false;
  await user.click(button('Try again'));
  await waitFor(() => expect(button('Build the index')).toHaveFocus());
  await user.click(button('Build the index'));
  expect(await bar().findByText('Index of 95 assets, synced just now', { ignore: '.sr-only' })).toBeVisible();
});
