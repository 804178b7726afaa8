import { act, fireEvent, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Asset } from '@/domain/asset';
import { anAsset } from '@/testing/assets';
import { COMFY_URL, comfyProvider, deferred, pretendNetwork, readAssets } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';

import { Thumbnail } from './thumbnail';

const network = pretendNetwork();
const open = comfyProvider();
const locked = comfyProvider({}, 'secret-key');

/** Decides what is in view, in place of a page that has no size. */
class PretendObserver {
  static readonly all: PretendObserver[] = [];
  static readonly of = (element: Element) => PretendObserver.all.find((each) => each.watched.has(element))!;
  readonly watched = new Set<Element>();
  readonly tell: (entries: readonly { readonly isIntersecting: boolean }[]) => void;

  constructor(tell: PretendObserver['tell']) {
    this.tell = tell;
    PretendObserver.all.push(this);
  }
  observe = (element: Element) => this.watched.add(element);
  disconnect = () => this.watched.clear();
}

const revoked: string[] = [];

beforeEach(() => {
  PretendObserver.all.length = 0;
  revoked.length = 0;
  vi.stubGlobal('IntersectionObserver', PretendObserver);
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => revoked.push(url));
});
afterEach(() => vi.unstubAllGlobals());

const lockedAsset = (name: string): Asset =>
  anAsset({
    id: name,
    name,
    preview: { url: `${COMFY_URL}/api/view/${name}`, access: 'connection', isImage: true, expiresAt: null },
  });

const show = (assets: readonly Asset[], provider = locked) =>
  renderWithClient(
    <>
      {assets.map((asset) => (
        <Thumbnail key={asset.id} provider={provider} asset={asset} />
      ))}
    </>,
  );

const pictures = () => [...document.querySelectorAll('img')];
const boxes = () => [...document.querySelectorAll('.thumbnail > span')];
const scroll = (to: 'in' | 'out', ...indexes: number[]) =>
  act(() => {
    for (const index of indexes) PretendObserver.of(boxes()[index]!).tell([{ isIntersecting: to === 'in' }]);
  });

/** Holds every answer until told; remembers which readers went away. */
function serveHeld() {
  const asked: string[] = [];
  const keys = new Set<string | null>();
  const aborted: string[] = [];
  const gates = new Map<string, ReturnType<typeof deferred<void>>>();
  network.use(
    http.get(`${COMFY_URL}/api/view/:name`, async ({ request, params }) => {
      const name = String(params['name']);
      asked.push(name);
      keys.add(request.headers.get('x-api-key'));
      const gate = deferred();
      gates.set(name, gate);
      request.signal.addEventListener('abort', () => aborted.push(name));
      await gate.promise;
      return HttpResponse.arrayBuffer(new ArrayBuffer(8), { headers: { 'content-type': 'image/png' } });
    }),
  );
  const answerAll = () => {
    for (const gate of gates.values()) gate.resolve();
  };
  return { asked, keys, aborted, answer: (name: string) => gates.get(name)?.resolve(), answerAll };
}

describe('a picture behind a key', () => {
  it('is read only once it is in view, with the key, and shown as a blob', async () => {
    const host = serveHeld();
    show([lockedAsset('near'), lockedAsset('far')]);
    expect(pictures()).toEqual([]);
    scroll('in', 0);
    await waitFor(() => expect(host.asked).toEqual(['near']));
    host.answerAll();
    await waitFor(() => expect(pictures()).toHaveLength(1));
    expect(pictures()[0]?.src).toMatch(/^blob:/);
    expect(host.asked).toEqual(['near']);
    expect([...host.keys]).toEqual(['secret-key']);
  });

  it('is read together with at most three others', async () => {
    const host = serveHeld();
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    show(names.map(lockedAsset));
    scroll('in', ...names.keys());
    await waitFor(() => expect(host.asked).toHaveLength(4));
    host.answer('b');
    await waitFor(() => expect(host.asked).toHaveLength(5));
    expect(pictures()).toHaveLength(1);
    host.answerAll();
    await waitFor(() => expect(host.asked).toHaveLength(6));
    host.answerAll();
    await waitFor(() => expect(pictures()).toHaveLength(6));
  });

  it('stops being read when it leaves the page, and makes room for the next', async () => {
    const host = serveHeld();
    const { unmount } = show(['a', 'b', 'c', 'd', 'e'].map(lockedAsset));
    scroll('in', 0, 1, 2, 3, 4);
    await waitFor(() => expect(host.asked).toEqual(['a', 'b', 'c', 'd']));
    unmount();
    await waitFor(() => expect(host.aborted.sort()).toEqual(['a', 'b', 'c', 'd']));
    show([lockedAsset('z')]);
    scroll('in', 0);
    await waitFor(() => expect(host.asked).toContain('z'));
    expect(host.asked).not.toContain('e');
    host.answerAll();
    await waitFor(() => expect(pictures()).toHaveLength(1));
  });

  it('gives its memory back when it scrolls away or leaves the page', async () => {
    const host = serveHeld();
    const { unmount } = show([lockedAsset('a'), lockedAsset('b')]);
    scroll('in', 0, 1);
    await waitFor(() => expect(host.asked).toHaveLength(2));
    host.answerAll();
    await waitFor(() => expect(pictures()).toHaveLength(2));
    const [first = '', second = ''] = pictures().map((picture) => picture.src);
    scroll('out', 0);
    expect(pictures()).toHaveLength(1);
    expect(revoked).toEqual([first]);
    unmount();
    expect(revoked).toEqual([first, second]);
  });

  it('follows the newest report when several come at once', async () => {
    const host = serveHeld();
    show([lockedAsset('passing'), lockedAsset('staying')]);
    act(() => PretendObserver.of(boxes()[0]!).tell([{ isIntersecting: true }, { isIntersecting: false }]));
    scroll('in', 1);
    await waitFor(() => expect(host.asked).toContain('staying'));
    expect(host.asked).toEqual(['staying']);
    host.answerAll();
    await waitFor(() => expect(pictures()).toHaveLength(1));
  });

  it('leaves the icon when it cannot be read', async () => {
    network.use(http.get(`${COMFY_URL}/api/view/:name`, () => new HttpResponse(null, { status: 404 })));
    show([lockedAsset('gone')]);
    scroll('in', 0);
    await waitFor(() => expect(network.sent).toHaveLength(1));
    expect(pictures()).toEqual([]);
  });
});

describe('an open picture', () => {
  const asset = anAsset({
    preview: { url: 'https://cdn.test/a.png?sig=1', access: 'open', isImage: true, expiresAt: null },
  });

  it('is left to the browser, lazily and without a referrer', () => {
    show([asset]);
    const [picture] = pictures();
    expect(picture).toHaveAttribute('src', 'https://cdn.test/a.png?sig=1');
    expect(picture).toHaveAttribute('loading', 'lazy');
    expect(picture).toHaveAttribute('referrerpolicy', 'no-referrer');
    expect(network.sent).toEqual([]);
  });

  it('makes way for the icon when it is broken, and comes back as a new one', () => {
    const { rerender } = renderWithClient(<Thumbnail provider={open} asset={asset} />);
    fireEvent.error(pictures()[0]!);
    expect(pictures()[0]).not.toBeVisible();
    const renewed = { ...asset, preview: { ...asset.preview!, url: 'https://cdn.test/b.png' } };
    rerender(<Thumbnail provider={open} asset={renewed} />);
    expect(pictures()[0]).toBeVisible();
  });
});

it('never puts a hostile address on the page', async () => {
  const hostile = [
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/svg+xml,<svg onload="alert(1)"/>',
    'https://user:password@host.test/a.png',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://evil.test/1',
  ];
  network.serveComfy([
    ...hostile.map((preview_url) => ({ preview_url })),
    { preview_url: 'https://cdn.test/ok.png' },
  ]);
  show(await readAssets(open), open);
  expect(pictures().map((picture) => picture.getAttribute('src'))).toEqual(['https://cdn.test/ok.png']);
  expect(document.body.innerHTML).not.toMatch(/script:|data:|password|passwd|evil/i);
});
