import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';

import { renderWithClient } from '@/testing/render';

import { Pagination } from './pagination';

/** What the status says of page `page` of 260 assets, 50 a page. */
function said(page: number, about: { total?: number; shown?: number; stale?: boolean } = {}) {
  const { unmount } = renderWithClient(
    <Pagination
      page={page}
      pageSize={50}
      total={about.total ?? 260}
      shown={about.shown ?? 50}
      stale={about.stale ?? false}
      maxPageSize={500}
      onPage={() => undefined}
      onPageSize={() => undefined}
    />,
  );
  const { textContent } = screen.getByRole('status');
  unmount();
  return textContent;
}

it('says which rows these are, of how many', () => {
  expect(said(1)).toBe('1–50 of 260');
  expect(said(6, { shown: 10 })).toBe('251–260 of 260');
  expect(said(1, { shown: 0, total: 0 })).toBe('0 of 0');
});

it('does not name rows that are not there yet, but says that they are on their way', () => {
  expect(said(2, { stale: true })).toBe('Loading 51–100…');
  expect(said(6, { stale: true })).toBe('Loading 251–260…');
});

it('makes no claim about another filter from the total of the one before', () => {
  expect(said(1, { stale: true, total: 3, shown: 3 })).toBe('Loading 1–50…');
  expect(said(4, { stale: true, total: 3, shown: 3 })).toBe('Loading 151–200…');
});
