import { renderHook, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it, vi } from 'vitest';

import { anAsset } from '@/testing/assets';
import { COMFY_URL, comfyProvider, pretendNetwork } from '@/testing/pretend-network';

import { usePreview } from './use-preview';

const network = pretendNetwork();
const locked = comfyProvider({}, 'secret-key');
const picture = (name: string) =>
  anAsset({
    preview: { url: `${COMFY_URL}/api/view/${name}`, access: 'connection', isImage: true, expiresAt: null },
  });

const revoked: string[] = [];
beforeEach(() => {
  revoked.length = 0;
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => revoked.push(url));
});

const look = (name: string, wanted = true) =>
  renderHook(({ name, wanted }) => usePreview(locked, picture(name), 'full', wanted), {
    initialProps: { name, wanted },
  });

const serve = (status = 200) =>
  network.use(http.get(`${COMFY_URL}/api/view/:name`, () => new HttpResponse('x', { status })));

it('reads nothing until it is wanted, and lets go when it no longer is', async () => {
  serve();
  const { result, rerender } = look('fox', false);
  expect(result.current).toEqual({ status: 'loading' });
  expect(network.sent).toEqual([]);
  rerender({ name: 'fox', wanted: true });
  await waitFor(() => expect(result.current.status).toBe('ready'));
  const { url } = result.current as { url: string };
  rerender({ name: 'fox', wanted: false });
  expect(result.current).toEqual({ status: 'loading' });
  expect(revoked).toEqual([url]);
});

it('never shows one asset’s picture as another’s', async () => {
  serve();
  const { result, rerender } = look('fox');
  await waitFor(() => expect(result.current.status).toBe('ready'));
  const { url } = result.current as { url: string };
  rerender({ name: 'hen', wanted: true });
  expect(result.current).toEqual({ status: 'loading' });
  expect(revoked).toEqual([url]);
  await waitFor(() => expect(result.current.status).toBe('ready'));
  expect(network.sent).toEqual(['GET /api/view/fox', 'GET /api/view/hen']);
});

it('says that a picture could not be read', async () => {
  serve(403);
  const { result } = look('fox');
  await waitFor(() => expect(result.current).toEqual({ status: 'failed' }));
});

it('gives an open address as it is, and none where there is nothing to show', () => {
  const open = { url: 'https://cdn.test/a.png', access: 'open', isImage: true, expiresAt: null } as const;
  const { result, rerender } = renderHook(({ asset }) => usePreview(locked, asset, 'full', true), {
    initialProps: { asset: anAsset({ preview: open }) },
  });
  expect(result.current).toEqual({ status: 'ready', url: open.url });
  rerender({ asset: anAsset() });
  expect(result.current).toEqual({ status: 'none' });
  expect(network.sent).toEqual([]);
});
