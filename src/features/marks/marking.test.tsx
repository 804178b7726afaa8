import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openDatabase } from '@/cleanup/database';
import { createKeptAssets, type KeptAssets } from '@/cleanup/kept-assets';
import { anAsset } from '@/testing/assets';
import { renderWithClient } from '@/testing/render';
import { clearToasts, Toaster } from '@/ui/toaster';

import { createMarking } from './marking';

const opened: KeptAssets[] = [];
beforeEach(async () => {
  await (await openDatabase()).clear('kept');
  clearToasts();
});
afterEach(() => {
  for (const list of opened.splice(0)) list.close();
});

async function open() {
  const [marks, pins] = [createKeptAssets('marks'), createKeptAssets('pins')];
  opened.push(marks, pins);
  await vi.waitFor(() => expect(marks.view().all && pins.view().all).not.toBeNull());
  const marking = createMarking(marks, pins, 'cloud');
  const { user } = renderWithClient(<Toaster />);
  const idsOn = (list: KeptAssets) => [...(list.view().all?.get('cloud')?.keys() ?? [])];
  return {
    user,
    ...marking,
    marked: () => idsOn(marks),
    pinned: () => idsOn(pins),
    since: (id: string) => marks.view().all?.get('cloud')?.get(id)?.keptAt,
  };
}

const fox = anAsset({ id: 'fox', name: 'fox.png' });
const hen = anAsset({ id: 'hen', name: 'hen.png' });
const said = () => screen.getByRole('status').textContent;
const problem = () => screen.getByRole('alert').textContent;
/** The work of a person: what it leads to is on screen afterwards. */
const after = (work: Promise<void>) => act(() => work);
const fail = () =>
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('Full', 'QuotaExceededError');
  });

describe('a mark', () => {
  it('is set and taken off by the same key, and each is said', async () => {
    const { toggleMark, marked } = await open();
    await after(toggleMark(fox));
    expect(marked()).toEqual(['fox']);
    expect(said()).toBe('fox.png is marked for deletion. Nothing is deleted yet.');
    await after(toggleMark(fox));
    expect(marked()).toEqual([]);
    expect(said()).toContain('fox.png is no longer marked for deletion.');
  });

  it('that was taken off comes back as it was', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000);
    const { user, mark, unmark, marked, since } = await open();
    await after(mark([fox, hen]));
    now.mockReturnValue(2_000);
    await after(unmark(['fox', 'hen']));
    expect(marked()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(marked()).toEqual(['fox', 'hen']));
    expect(since('fox')).toBe(1_000);
    await vi.waitFor(() =>
      expect(screen.getAllByText('2 assets are marked for deletion. Nothing is deleted yet.')).toHaveLength(
        2,
      ),
    );
  });

  it.each([
    { protection: 'immutable', why: /fox\.png cannot be marked for deletion\. Immutable: the provider/ },
    { protection: 'public', why: /fox\.png cannot be marked for deletion\. Public: it belongs/ },
  ] as const)('is not set on a $protection asset, which is said', async ({ protection, why }) => {
    const { toggleMark, marked } = await open();
    await after(toggleMark({ ...fox, protection }));
    expect(marked()).toEqual([]);
    expect(problem()).toMatch(why);
    expect(said()).toBe('');
  });

  it('is not set on a pinned asset, which is said', async () => {
    const { pin, mark, marked } = await open();
    await after(pin([fox]));
    await after(mark([fox]));
    expect(marked()).toEqual([]);
    expect(problem()).toContain('fox.png is pinned by you: unpin it to mark it for deletion');
  });

  it('is set on the rest of what is ticked', async () => {
    const { pin, mark, marked } = await open();
    await after(pin([fox]));
    await after(mark([fox, hen, anAsset({ id: 'owl', protection: 'immutable' })]));
    expect(marked()).toEqual(['hen']);
    expect(said()).toContain(
      'hen.png is marked for deletion. Nothing is deleted yet. 2 assets were left out: protected or pinned.',
    );
    await after(mark([fox, anAsset({ id: 'owl', protection: 'immutable' })]));
    expect(problem()).toContain('None of these can be marked: protected or pinned.');
  });

  it('that could not be written down is not claimed', async () => {
    const { mark, marked } = await open();
    fail();
    await after(mark([fox]));
    expect(marked()).toEqual([]);
    expect(said()).toBe('');
    expect(problem()).toContain('no space left');
  });
});

describe('a pin', () => {
  it('takes the mark off, and both are said', async () => {
    const { mark, pin, marked, pinned } = await open();
    await after(mark([fox]));
    await after(pin([fox, hen]));
    expect({ marked: marked(), pinned: pinned() }).toEqual({ marked: [], pinned: ['fox', 'hen'] });
    expect(said()).toContain(
      '2 assets are pinned: Winnow will not delete them. Marks for deletion are taken off.',
    );
  });

  it('that could not be written down leaves the mark', async () => {
    const { mark, pin, marked, pinned } = await open();
    await after(mark([fox]));
    fail();
    await after(pin([fox]));
    expect({ marked: marked(), pinned: pinned() }).toEqual({ marked: ['fox'], pinned: [] });
  });

  it('is taken off, and put back', async () => {
    const { user, pin, unpin, pinned } = await open();
    await after(pin([fox]));
    expect(said()).toBe('fox.png is pinned: Winnow will not delete it.');
    await after(unpin(['fox']));
    expect(pinned()).toEqual([]);
    expect(said()).toContain('fox.png is no longer pinned.');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(pinned()).toEqual(['fox']));
  });
});
