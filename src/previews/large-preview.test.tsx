import { fireEvent, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import type { Asset } from '@/domain/asset';
import { createProvider } from '@/providers/registry';
import { anAsset } from '@/testing/assets';
import { renderWithClient } from '@/testing/render';

import { LargePreview } from './large-preview';

const baseUrl = 'http://comfy.test';
const storage = 'http://storage.test/file';
const connection = { id: 'cloud', kind: 'comfy-cloud', label: 'Cloud', baseUrl, demo: false } as const;
const open = createProvider(connection, () => null);
const locked = createProvider(connection, () => 'secret');

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const preview = (about: Partial<NonNullable<Asset['preview']>> = {}): Asset['preview'] => ({
  url: storage,
  access: 'open',
  isImage: true,
  expiresAt: null,
  ...about,
});

const show = (asset: Asset, provider = open, onRenew = () => Promise.resolve<Asset | undefined>(undefined)) =>
  renderWithClient(<LargePreview provider={provider} asset={asset} onRenew={onRenew} />);

const picture = () => screen.findByRole('img', { name: 'Preview of fox.png' });

it('shows an open picture directly', async () => {
  show(anAsset({ preview: preview() }));
  expect(await picture()).toHaveAttribute('src', storage);
});

it('gives films and sounds controls, and never plays by itself', () => {
  show(anAsset({ kind: 'video', preview: preview({ isImage: false }) }));
  const film = screen.getByLabelText('Preview of fox.png');
  expect(film.tagName).toBe('VIDEO');
  expect(film).toHaveAttribute('controls');
  expect(film).toHaveAttribute('preload', 'metadata');
  expect(film).not.toHaveAttribute('autoplay');
});

it('reads a picture behind a key with the key, and never puts its address on the page', async () => {
  const keys: (string | null)[] = [];
  server.use(
    http.get(`${baseUrl}/api/view`, ({ request }) => {
      keys.push(request.headers.get('x-api-key'));
      return HttpResponse.arrayBuffer(new ArrayBuffer(8), { headers: { 'content-type': 'image/png' } });
    }),
  );
  show(anAsset({ preview: preview({ url: `${baseUrl}/api/view`, access: 'connection' }) }), locked);
  expect((await picture()).getAttribute('src')).toMatch(/^blob:/);
  expect(keys).toEqual(['secret']);
});

it('reads a large file behind a key only when asked to', async () => {
  const reads = vi.fn(() => HttpResponse.arrayBuffer(new ArrayBuffer(8)));
  server.use(http.get(`${baseUrl}/api/view`, reads));
  const film = anAsset({
    kind: 'video',
    sizeBytes: 900_000_000,
    preview: preview({ url: `${baseUrl}/api/view`, access: 'connection', isImage: false }),
  });
  const { user } = show(film, locked);
  const load = screen.getByRole('button', { name: 'Load the preview (900 MB)' });
  expect(reads).not.toHaveBeenCalled();
  await user.click(load);
  expect(await screen.findByLabelText('Preview of fox.png')).toBeVisible();
});

it('says that a picture is broken, and tries again', async () => {
  const { user } = show(anAsset({ preview: preview() }));
  fireEvent.error(await picture());
  expect(screen.getByRole('status')).toHaveTextContent('The preview could not be loaded');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await picture()).toBeVisible();
});

it('renews a signed link once when it has run out', async () => {
  const signed = (name: string) =>
    anAsset({ preview: preview({ url: `${storage}?signature=${name}`, expiresAt: '2026-03-12T08:15:00Z' }) });
  const onRenew = vi.fn(() => Promise.resolve<Asset | undefined>(signed('second')));
  show(signed('first'), open, onRenew);
  fireEvent.error(await picture());
  await waitFor(() => expect(screen.getByRole('img')).toHaveAttribute('src', `${storage}?signature=second`));
  fireEvent.error(await picture());
  expect(await screen.findByText('The preview could not be loaded')).toBeVisible();
  expect(onRenew).toHaveBeenCalledOnce();
});

it('does not start a film over when its asset is read anew', () => {
  const signed = (name: string) =>
    anAsset({
      kind: 'video',
      preview: preview({
        url: `${storage}?signature=${name}`,
        isImage: false,
        expiresAt: '2026-03-12T08:15:00Z',
      }),
    });
  const view = (asset: Asset) => (
    <LargePreview provider={open} asset={asset} onRenew={() => Promise.resolve(asset)} />
  );
  const { rerender } = renderWithClient(view(anAsset({ kind: 'video' })));
  rerender(view(signed('first')));
  const film = screen.getByLabelText('Preview of fox.png');
  rerender(view(signed('second')));
  expect(screen.getByLabelText('Preview of fox.png')).toBe(film);
  expect(film).toHaveAttribute('src', `${storage}?signature=first`);
});

it('shows the beginning of a text, as text', async () => {
  const ranges: (string | null)[] = [];
  server.use(
    http.get(storage, ({ request }) => {
      ranges.push(request.headers.get('range'));
      return HttpResponse.text(`<script>alert(1)</script>${'x'.repeat(50_000)}`);
    }),
  );
  show(anAsset({ kind: 'text', preview: preview({ isImage: false }) }));
  const text = await screen.findByText(/^<script>alert\(1\)<\/script>x+$/);
  expect(text.textContent).toHaveLength(16_000);
  expect(ranges).toEqual(['bytes=0-15999']);
  expect(screen.getByText('Only the first 16 kB are shown.')).toBeVisible();
});

it('says that a text could not be read, and tries again', async () => {
  server.use(http.get(storage, () => HttpResponse.text('hello')));
  server.use(http.get(storage, () => new HttpResponse(null, { status: 500 }), { once: true }));
  const { user } = show(anAsset({ kind: 'text', preview: preview({ isImage: false }) }));
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('hello')).toBeVisible();
});

it('renews a signed link of a text once', async () => {
  const link = `${storage}?X-Amz-Date=20260312T080000Z&X-Amz-Expires=900&X-Amz-Signature`;
  server.use(
    http.get(storage, ({ request }) =>
      request.url.endsWith('new') ? HttpResponse.text('hello') : new HttpResponse(null, { status: 403 }),
    ),
    http.get(`${baseUrl}/api/assets/:id`, ({ params }) =>
      HttpResponse.json({
        id: params['id'],
        name: 'notes.txt',
        mime_type: 'text/plain',
        preview_url: `${link}=new`,
        created_at: '2026-03-12T08:00:00Z',
      }),
    ),
  );
  const expiresAt = '2026-03-12T08:15:00Z';
  show(anAsset({ kind: 'text', preview: preview({ url: `${link}=old`, isImage: false, expiresAt }) }));
  expect(await screen.findByText('hello')).toBeVisible();
});

it('keeps the icon where there is nothing that could be shown', () => {
  show(anAsset({ kind: 'model', preview: preview({ isImage: false }) }));
  expect(screen.queryByRole('img')).not.toBeInTheDocument();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
