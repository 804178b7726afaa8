import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAsset, anyAsset, unreadableRow } from '@/testing/assets';

import type { AssetRow } from './asset';
import {
  countOutside,
  EMPTY_SELECTION,
  isSelectable,
  pageSelection,
  refreshed,
  select,
  selectAll,
  selectRange,
  withoutIds,
} from './selection';

const fox = anAsset({ id: 'fox' });
const owl = anAsset({ id: 'owl' });
const elk = anAsset({ id: 'elk' });
const rock = anAsset({ id: 'rock', protection: 'immutable' });
const broken = unreadableRow();

const of = (...rows: readonly AssetRow[]) => select(EMPTY_SELECTION, rows, true);
const ids = (selection: ReadonlyMap<string, unknown>) => [...selection.keys()];

/** A page: its ids are unique. */
const anyPage = fc.uniqueArray(
  fc.oneof(
    { weight: 9, arbitrary: anyAsset },
    fc.nat(9).map((n) => unreadableRow(`row-${n}`)),
  ),
  {
    selector: (row) => (row.type === 'asset' ? row.id : row.rowKey),
  },
);
const anySelection = anyPage.map((rows) => of(...rows));

describe('select', () => {
  it('never ticks a protected or unreadable row', () => {
    expect(ids(of(fox, rock, broken, anAsset({ id: 'star', protection: 'public' })))).toEqual(['fox']);
  });

  it('keeps what is ticked on other pages', () => {
    fc.assert(
      fc.property(anySelection, anyPage, fc.boolean(), (before, rows, selected) => {
        const onPage = new Set(rows.map((row) => row.type === 'asset' && row.id));
        const others = ids(before).filter((id) => !onPage.has(id));
        expect(ids(select(before, rows, selected))).toEqual(expect.arrayContaining(others));
      }),
    );
  });

  it('unticks what became protected meanwhile', () => {
    expect(ids(select(of(fox, owl), [{ ...fox, protection: 'immutable' }], false))).toEqual(['owl']);
  });

  it('leaves the earlier selection as it was', () => {
    const before = of(fox);
    select(before, [owl], true);
    select(before, [fox], false);
    expect(ids(before)).toEqual(['fox']);
    expect(ids(EMPTY_SELECTION)).toEqual([]);
  });
});

it('ticks whatever was found on other pages, but never what is protected', () => {
  const before = of(fox);
  expect(ids(selectAll(before, [rock, owl, elk, fox]))).toEqual(['fox', 'owl', 'elk']);
  expect(ids(before)).toEqual(['fox']);
});

describe('selectRange', () => {
  const rows = [fox, rock, owl, broken, elk];

  it.each([
    { from: 0, to: 2, ticked: ['fox', 'owl'] },
    { from: 4, to: 2, ticked: ['owl', 'elk'] },
    { from: 0, to: 0, ticked: ['fox'] },
    { from: 0, to: 99, ticked: ['fox', 'owl', 'elk'] },
  ])('ticks from $from to $to, both included', ({ from, to, ticked }) => {
    expect(ids(selectRange(EMPTY_SELECTION, rows, from, to, true))).toEqual(ticked);
  });

  it('unticks a range', () => {
    expect(ids(selectRange(of(...rows), rows, 4, 1, false))).toEqual(['fox']);
  });
});

describe('pageSelection', () => {
  it.each([
    { name: 'an empty page', rows: [], ticked: [fox], box: 'none' },
    { name: 'a page where nothing can be ticked', rows: [rock, broken], ticked: [fox], box: 'none' },
    { name: 'a page without ticks', rows: [fox, owl], ticked: [elk], box: 'none' },
    { name: 'a page with some ticks', rows: [fox, owl], ticked: [fox], box: 'some' },
    { name: 'a page where all that can be is ticked', rows: [fox, rock, broken], ticked: [fox], box: 'all' },
  ])('is $box for $name', ({ rows, ticked, box }) => {
    expect(pageSelection(of(...ticked), rows)).toBe(box);
  });

  it('is all after "select page", and none after taking it back', () => {
    fc.assert(
      fc.property(anySelection, anyPage, (before, rows) => {
        expect(pageSelection(select(before, rows, true), rows)).toBe(
          rows.some(isSelectable) ? 'all' : 'none',
        );
        expect(pageSelection(select(before, rows, false), rows)).toBe('none');
      }),
    );
  });
});

it('counts the ticked assets that are not in view', () => {
  expect(countOutside(of(fox, owl, elk), [owl, rock, broken])).toBe(2);
  expect(countOutside(of(fox), [fox])).toBe(0);
});

it('drops what is gone', () => {
  expect(ids(withoutIds(of(fox, owl, elk), new Set(['owl', 'nobody'])))).toEqual(['fox', 'elk']);
});

it('takes the newest known version of each ticked asset, in the order of ticking', () => {
  const renamed = { ...owl, name: 'barn owl.png', protection: 'immutable' as const };
  expect(refreshed(of(elk, owl), [renamed, broken, fox])).toEqual([elk, renamed]);
});
