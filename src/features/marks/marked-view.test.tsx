import { fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';

import type { Kept } from '@/cleanup/kept-assets';
import type { Asset } from '@/domain/asset';
import { anAsset } from '@/testing/assets';
import { comfyProvider } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';

import MarkedView from './marked-view';

const DAY = Date.UTC(2026, 2, 20);
const kept = (name: string, at: number, about: Partial<Asset> = {}): Kept => ({
  asset: anAsset({ id: name, name: `${name}.png`, ...about }),
  keptAt: DAY + at,
});

/** The view in a page that takes marks off like the real one. */
function open(...marked: readonly Kept[]) {
  const told = { onDelete: vi.fn(), onOpen: vi.fn(), onUnmark: vi.fn() };
  function Page() {
    const [marks, setMarks] = useState(new Map(marked.map((each) => [each.asset.id, each])));
    return (
      <MarkedView
        provider={comfyProvider()}
        marks={marks}
        {...told}
        onUnmark={(ids) => {
          told.onUnmark(ids);
          setMarks(new Map([...marks].filter(([id]) => !ids.includes(id))));
        }}
        hrefFor={(id) => `?asset=${id}`}
      />
    );
  }
  return { ...renderWithClient(<Page />), ...told };
}

const button = (name: string) => screen.getByRole('button', { name });
const heading = () => screen.getByRole('heading', { name: 'Marked for deletion' });
const names = () => screen.getAllByRole('link').map((link) => link.textContent);
const many = (count: number) => Array.from({ length: count }, (_, index) => kept(`file-${index}`, -index));

describe('what is marked', () => {
  it('is listed with what is known of it, last marked first', () => {
    open(kept('fox', 1, { sizeBytes: 2_500_000 }), kept('hen', 2, { sizeBytes: null, kind: 'model' }));
    const [, hen, fox] = screen.getAllByRole('row');
    expect(hen).toHaveTextContent('hen.pngModelunknownMar 12, 2026Mar 20, 2026');
    expect(fox).toHaveTextContent('fox.pngImage2.5 MBMar 12, 2026Mar 20, 2026');
    expect(within(fox!).getByRole('link')).toHaveAttribute('href', '?asset=fox');
  });

  it('is counted, each known content once, and what has no size apart', () => {
    open(
      kept('fox', 1, { sizeBytes: 1_000, contentHash: 'aa' }),
      kept('copy', 1, { sizeBytes: 1_000, contentHash: 'aa' }),
      kept('owl', 1, { sizeBytes: 500 }),
      kept('hen', 1, { sizeBytes: null }),
    );
    expect(screen.getByText('4 assets, up to 1.5 kB, and 1 of unknown size')).toBeVisible();
  });

  it('has no made-up size when none is known', () => {
    open(kept('fox', 1, { sizeBytes: null }));
    expect(screen.getByText('1 asset, of unknown size')).toBeVisible();
  });

  it('is said not to be gone yet, and to cost on', () => {
    open(kept('fox', 1));
    expect(
      screen.getByText('Nothing here has been removed yet, and storage still costs, until you delete it.'),
    ).toBeVisible();
  });

  it('opens in place, and leaves a new tab to the browser', async () => {
    const { user, onOpen } = open(kept('fox', 1));
    fireEvent.click(screen.getByRole('link'), { ctrlKey: true });
    expect(onOpen).not.toHaveBeenCalled();
    await user.click(screen.getByRole('link'));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('fox');
  });

  it('becomes one list to delete', async () => {
    const marked = [kept('fox', 2), kept('hen', 1)];
    const { user, onDelete } = open(...marked);
    await user.click(button('Delete 2 marked…'));
    expect(onDelete).toHaveBeenCalledExactlyOnceWith(marked.map(({ asset }) => asset));
  });
});

describe('taking marks off', () => {
  it('moves the focus to the row that takes the place, and to the heading in the end', async () => {
    const { user, onUnmark } = open(kept('fox', 3), kept('hen', 2), kept('owl', 1));
    await user.click(button('Unmark hen.png'));
    expect(onUnmark).toHaveBeenCalledExactlyOnceWith(['hen']);
    expect(button('Unmark owl.png')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(button('Unmark fox.png')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(heading()).toHaveFocus();
    expect(screen.getByRole('heading', { name: 'Nothing is marked' })).toBeVisible();
  });

  it('works for all at once', async () => {
    const { user, onUnmark } = open(kept('fox', 2), kept('hen', 1));
    await user.click(button('Unmark all'));
    expect(onUnmark).toHaveBeenCalledExactlyOnceWith(['fox', 'hen']);
    expect(heading()).toHaveFocus();
    expect(screen.queryByRole('button', { name: /^Delete/ })).not.toBeInTheDocument();
  });
});

describe('an empty list', () => {
  it('explains how to mark, and offers nothing to delete', () => {
    open();
    expect(screen.getByText(/^Press/)).toHaveTextContent('Press m in a row of the list');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('more than 100', () => {
  it('come in pages, each row with its true place', async () => {
    const { user, onDelete } = open(...many(203));
    expect(names()).toHaveLength(100);
    await user.click(button('Next page'));
    await user.click(button('Next page'));
    expect(names()).toEqual(['file-200.png', 'file-201.png', 'file-202.png']);
    expect(screen.getByRole('status')).toHaveTextContent('201–203 of 203');
    expect(screen.getAllByRole('row')[1]).toHaveAttribute('aria-rowindex', '202');
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '204');
    await user.click(button('Next page'));
    expect(names()).toHaveLength(3);
    await user.click(button('Delete 203 marked…'));
    expect(onDelete.mock.lastCall?.[0]).toHaveLength(203);
  });

  it('step back from a page that was emptied', async () => {
    const { user } = open(...many(101));
    await user.click(button('Next page'));
    await user.click(button('Unmark file-100.png'));
    expect(names()).toHaveLength(100);
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
    expect(button('Unmark file-0.png')).toHaveFocus();
  });
});
