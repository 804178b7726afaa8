import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Asset, AssetRow } from '@/domain/asset';
import { EMPTY_SELECTION, select, type Selection } from '@/domain/selection';
import { anAsset, unreadableRow } from '@/testing/assets';
import { comfyProvider, roughyProvider } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';
import { setViewportWidth } from '@/testing/viewport';

import { AssetTable, type AssetTableProps } from './asset-table';

const provider = comfyProvider();

beforeEach(() => setViewportWidth(1280));
afterEach(() => setViewportWidth(1280));

const fileNamed = (name: string, about: Partial<Asset> = {}) =>
  anAsset({ id: name, name: `${name}.png`, ...about });
const [fox, hen, owl] = ['fox', 'hen', 'owl'].map((name) => fileNamed(name)) as [Asset, Asset, Asset];

type Marks = Partial<Pick<AssetTableProps, 'marked' | 'pinned'>>;
type Shown = Pick<AssetTableProps, 'rows' | 'selection'> & Marks;
const VIEW = { density: 'comfortable', visibility: {}, shortcuts: true } as const;

function open(rows: readonly AssetRow[], props: Partial<AssetTableProps> = {}) {
  /** Whose rows were drawn: every row asks for its link. */
  const drawn: string[] = [];
  const told = {
    onOpen: vi.fn(),
    onDelete: vi.fn(),
    onRemoveTag: vi.fn(),
    onMark: vi.fn(),
    onTick: vi.fn(),
    onTickPage: vi.fn(),
  };
  const onSort = vi.fn();
  const context = {
    provider,
    onOpen: told.onOpen,
    onDelete: told.onDelete,
    onRemoveTag: told.onRemoveTag,
    onMark: told.onMark,
    hrefFor: (id: string) => {
      drawn.push(id);
      return `?asset=${id}`;
    },
  };
  const fixed = {
    context,
    query: { sort: 'created_at', order: 'desc', page: 1, pageSize: 50 },
    view: VIEW,
    busyIds: new Set<string>(),
    marked: new Set<string>(),
    pinned: new Set<string>(),
    openAssetId: null,
    stale: false,
    scroller: { current: null },
    onSort,
    onTick: told.onTick,
    onTickPage: told.onTickPage,
    ...props,
  } as const;
  let show: (rows: readonly AssetRow[], selection?: Selection, marks?: Marks) => void = () => undefined;
  function Page() {
    const [now, setNow] = useState<Shown>({ rows, selection: EMPTY_SELECTION });
    show = (rows, selection = EMPTY_SELECTION, marks = {}) =>
      act(() => setNow({ rows, selection, ...marks }));
    return <AssetTable {...fixed} {...now} total={now.rows.length} {...props} />;
  }
  const rendered = renderWithClient(<Page />);
  return { ...rendered, ...told, onSort, drawn, show: (...args: Parameters<typeof show>) => show(...args) };
}

const rowOf = (name: string) => screen.getByRole('link', { name: `${name}.png` }).closest('tr')!;
const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}.png` });

describe('drawing', () => {
  it('redraws one row when one row changes', () => {
    const { drawn, show } = open([fox, hen, owl]);
    expect(new Set(drawn)).toEqual(new Set(['fox', 'hen', 'owl']));
    drawn.length = 0;
    show([fox, { ...hen, tags: ['new'] }, owl]);
    expect(new Set(drawn)).toEqual(new Set(['hen']));
    expect(rowOf('hen')).toHaveTextContent('new');
  });

  it('redraws the box alone when a row is ticked, and no cell of any row', () => {
    const { drawn, show } = open([fox, hen, owl]);
    drawn.length = 0;
    show([fox, hen, owl], select(EMPTY_SELECTION, [owl], true));
    expect(drawn).toEqual([]);
    expect(box('owl')).toBeChecked();
    expect(rowOf('owl')).toHaveAttribute('data-selected');
  });

  it('keeps the elements of the rows that stay when another goes', () => {
    const { show } = open([fox, hen, owl]);
    const before = rowOf('owl');
    show([fox, owl]);
    expect(rowOf('owl')).toBe(before);
    expect(screen.queryByText('hen.png')).not.toBeInTheDocument();
  });
});

describe('what assistive technology is told', () => {
  it('counts rows over the whole result', () => {
    open([fox, hen], { total: 5_000, query: { sort: 'name', order: 'asc', page: 3, pageSize: 50 } });
    expect(screen.getByRole('table', { name: 'Assets' })).toHaveAttribute('aria-rowcount', '5001');
    expect(rowOf('fox')).toHaveAttribute('aria-rowindex', '102');
    expect(rowOf('hen')).toHaveAttribute('aria-rowindex', '103');
    expect(screen.getAllByRole('row')[0]).toHaveAttribute('aria-rowindex', '1');
  });

  it('names what is sorted, and in which direction', () => {
    open([fox], { query: { sort: 'size', order: 'asc', page: 1, pageSize: 50 } });
    const sorts = Object.fromEntries(
      screen
        .getAllByRole('columnheader')
        .map((header) => [header.textContent, header.getAttribute('aria-sort')]),
    );
    expect(sorts).toEqual({
      ...{ '': null, Preview: null, Kind: null, Tags: null, Actions: null },
      ...{ Name: 'none', Size: 'ascending', Created: 'none', Updated: 'none', 'Last used': 'none' },
    });
  });

  it('says that rows are of the page before, or being deleted', () => {
    open([fox, hen], { stale: true, busyIds: new Set(['hen']) });
    expect(screen.getByRole('table')).toHaveAttribute('aria-busy', 'true');
    expect(rowOf('hen')).toHaveAttribute('aria-busy', 'true');
    expect(rowOf('fox')).not.toHaveAttribute('aria-busy');
    expect(box('hen')).toBeDisabled();
  });
});

describe('sorting', () => {
  it.each([
    { header: 'Name', asks: ['name', 'asc'] },
    { header: 'Size', asks: ['size', 'desc'] },
    { header: 'Created', asks: ['created_at', 'asc'] }, // it is sorted downwards now
    { header: 'Last used', asks: ['last_access_time', 'desc'] },
  ])('starts with the useful direction of $header, and turns it round', async ({ header, asks }) => {
    const { user, onSort } = open([fox]);
    await user.click(screen.getByRole('button', { name: header }));
    expect(onSort).toHaveBeenCalledExactlyOnceWith(...asks);
  });

  it('is left to the index where the provider cannot sort, which is said', async () => {
    const roughy = roughyProvider();
    const { user, onSort } = open([fox], {
      context: {
        ...{ provider: roughy, onOpen: () => undefined, onDelete: () => undefined, onRemoveTag: null },
        ...{ hrefFor: (id) => id, onMark: () => undefined },
      },
    });
    for (const name of ['Name', 'Size', 'Created']) {
      expect(screen.getByRole('button', { name })).toHaveAccessibleDescription('Sorted by the index');
    }
    await user.click(screen.getByRole('button', { name: 'Size' }));
    expect(onSort).toHaveBeenCalledExactlyOnceWith('size', 'desc');
  });
});

describe('ticking', () => {
  it('tells which row, and whether from the one before with shift', async () => {
    const { user, onTick } = open([fox, hen, owl]);
    await user.click(box('fox'));
    await user.keyboard('{Shift>}');
    await user.click(box('owl'));
    await user.keyboard('{/Shift}');
    expect(onTick.mock.calls).toEqual([
      [0, true, false],
      [2, true, true],
    ]);
  });

  it.each([
    { ticked: [] as Asset[], state: 'none', then: true },
    { ticked: [fox], state: 'some', then: true },
    { ticked: [fox, hen], state: 'all', then: false },
  ])('takes the whole page when $state of it is ticked: $then', async ({ ticked, state, then }) => {
    const { user, onTickPage, show } = open([fox, hen, fileNamed('fixed', { protection: 'immutable' })]);
    show([fox, hen, fileNamed('fixed', { protection: 'immutable' })], select(EMPTY_SELECTION, ticked, true));
    const page = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select page' });
    expect({ checked: page.checked, some: page.indeterminate }).toEqual({
      ...{ checked: state === 'all', some: state === 'some' },
    });
    await user.click(page);
    expect(onTickPage).toHaveBeenCalledExactlyOnceWith(then);
  });

  it.each([
    { protection: 'immutable', reason: /^Immutable/ },
    { protection: 'public', reason: /^Public/ },
  ] as const)('is not possible for a $protection asset, which says why', async ({ protection, reason }) => {
    const { user, onTick } = open([fileNamed('fixed', { protection, tags: ['output'] })]);
    expect(box('fixed')).toBeDisabled();
    expect(box('fixed')).toHaveAttribute('title', expect.stringMatching(reason));
    expect(screen.getByRole('img', { name: reason })).toBeVisible();
    await user.click(box('fixed'));
    expect(onTick).not.toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: /^Delete|^Remove tag/ })).not.toBeInTheDocument();
  });
});

describe('a row', () => {
  it('opens its asset in place, and leaves a new tab to the browser', async () => {
    const { user, onOpen } = open([fox]);
    const link = screen.getByRole('link', { name: 'fox.png' });
    expect(link).toHaveAttribute('href', '?asset=fox');
    fireEvent.click(link, { ctrlKey: true });
    fireEvent.click(link, { metaKey: true });
    expect(onOpen).not.toHaveBeenCalled();
    await user.click(link);
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('fox');
  });

  it('deletes and takes tags off by buttons that name what they act on', async () => {
    const tagged = fileNamed('fox', { tags: ['output', 'draft', 'third'] });
    const { user, onDelete, onRemoveTag, onOpen } = open([tagged]);
    await user.click(screen.getByRole('button', { name: 'Delete fox.png…' }));
    expect(onDelete).toHaveBeenCalledExactlyOnceWith(tagged);
    await user.click(screen.getByRole('button', { name: 'Remove tag draft from fox.png' }));
    expect(onRemoveTag).toHaveBeenCalledExactlyOnceWith(tagged, 'draft');
    await user.click(screen.getByRole('button', { name: '1 more tags of fox.png' }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('fox');
  });

  it('that cannot be read names its field, and cannot be ticked', () => {
    open([fox, unreadableRow()]);
    const row = screen.getByText(/Unreadable row/).closest('tr')!;
    expect(row).toHaveTextContent('Unreadable row: field “created_at”: not a date');
    expect(row).toHaveAttribute('aria-rowindex', '3');
    expect(within(row).queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it('shows names as text, whatever they say', () => {
    open([fileNamed('<img src=x onerror=alert(1)>'), fileNamed('\u202Egnp.exe')]);
    expect(document.querySelector('img')).toBeNull();
    const name = screen.getByRole('link', { name: '<img src=x onerror=alert(1)>.png' });
    expect(name.firstElementChild?.tagName).toBe('BDI');
    expect(name).toHaveTextContent('<img src=x onerror=alert(1)>.png');
  });

  it('says what is not known', () => {
    open([fileNamed('fox', { sizeBytes: null })]);
    expect(rowOf('fox')).toHaveTextContent(/unknown/);
  });

  it('puts the exact time into words for the date that is pointed at', async () => {
    const { user } = open([fox]);
    const time = rowOf('fox').querySelector('time')!;
    expect(time).not.toHaveAttribute('title');
    await user.hover(time);
    expect(time).toHaveAttribute('title', expect.stringContaining('2026'));
  });
});

describe('the keyboard', () => {
  it('moves among the rows, on the same control', async () => {
    const { user } = open([fox, hen, owl]);
    act(() => screen.getByRole('link', { name: 'fox.png' }).focus());
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'hen.png' })).toHaveFocus();
    await user.keyboard('{End}');
    expect(screen.getByRole('link', { name: 'owl.png' })).toHaveFocus();
    await user.keyboard('{ArrowDown}{Home}');
    expect(screen.getByRole('link', { name: 'fox.png' })).toHaveFocus();
    act(() => box('fox').focus());
    await user.keyboard('{ArrowDown}');
    expect(box('hen')).toHaveFocus();
  });
});

describe('marks and pins', () => {
  const link = (name: string) => screen.getByRole('link', { name: `${name}.png` });
  const sign = (name: string, meaning: string) => within(rowOf(name)).queryByRole('img', { name: meaning });

  it('stand beside the name, and redraw only the rows that they are of', () => {
    const { drawn, show } = open([fox, hen, owl]);
    expect(screen.queryAllByRole('img')).toEqual([]);
    drawn.length = 0;
    show([fox, hen, owl], EMPTY_SELECTION, { marked: new Set(['hen']), pinned: new Set(['owl']) });
    expect(new Set(drawn)).toEqual(new Set(['hen', 'owl']));
    expect(sign('hen', 'Marked for deletion')).toBeVisible();
    expect(sign('owl', 'Pinned')).toBeVisible();
    expect(sign('fox', 'Pinned') ?? sign('fox', 'Marked for deletion')).toBeNull();
  });

  it('say why a pinned asset is not deleted, and leave its box to be ticked', async () => {
    const { user, onTick } = open([fox, hen], { pinned: new Set(['hen']) });
    expect(screen.getAllByRole('button', { name: /^Delete/ })).toHaveLength(1);
    expect(sign('hen', 'Pinned by you: unpin it to delete it')).toBeVisible();
    await user.click(box('hen'));
    expect(onTick).toHaveBeenCalledOnce();
  });

  it.each([
    { of: 'name', control: () => link('hen') },
    { of: 'box', control: () => box('hen') },
    { of: 'delete button', control: () => screen.getByRole('button', { name: 'Delete hen.png…' }) },
    { of: 'tag', control: () => screen.getByRole('button', { name: 'Remove tag draft from hen.png' }) },
  ])('are set by `m` on the $of of a row', async ({ control }) => {
    const tagged = { ...hen, tags: ['draft'] };
    const { user, onMark } = open([fox, tagged, owl]);
    act(() => control().focus());
    await user.keyboard('m');
    expect(onMark).toHaveBeenCalledExactlyOnceWith(tagged);
    expect(control()).toHaveFocus();
    expect(document.querySelector('input:checked')).toBeNull();
  });

  it('are set by `m` also while Caps Lock is on, and once for as long as the key is held', () => {
    const { onMark } = open([fox]);
    fireEvent.keyDown(link('fox'), { key: 'M' });
    fireEvent.keyDown(link('fox'), { key: 'm', repeat: true });
    expect(onMark).toHaveBeenCalledOnce();
  });

  it.each(['ctrlKey', 'metaKey', 'altKey', 'shiftKey'])('are left alone by `m` with %s', (modifier) => {
    const { onMark } = open([fox]);
    fireEvent.keyDown(link('fox'), { key: 'm', [modifier]: true });
    expect(onMark).not.toHaveBeenCalled();
  });

  it.each(['input', 'select', 'textarea'])('are left alone by what is typed into an <%s>', (tag) => {
    const { onMark } = open([fox]);
    const field = document.createElement(tag);
    rowOf('fox').firstElementChild!.append(field);
    fireEvent.keyDown(field, { key: 'm' });
    expect(onMark).not.toHaveBeenCalled();
  });

  it('are left alone by `m` in the header and in an unreadable row', () => {
    const { onMark } = open([fox, unreadableRow()]);
    fireEvent.keyDown(screen.getByRole('checkbox', { name: 'Select page' }), { key: 'm' });
    fireEvent.keyDown(screen.getByText(/Unreadable row/), { key: 'm' });
    expect(onMark).not.toHaveBeenCalled();
  });

  it('are left alone by `m` when single-key shortcuts are off', () => {
    const { onMark } = open([fox], { view: { ...VIEW, shortcuts: false } });
    fireEvent.keyDown(link('fox'), { key: 'm' });
    expect(onMark).not.toHaveBeenCalled();
  });
});

describe('500 rows', () => {
  const MANY = Array.from({ length: 500 }, (_, index) => fileNamed(`file-${index}`));

  beforeEach(() => {
    // happy-dom lays nothing out.
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(560);
  });

  const drawnRows = () => screen.getAllByRole('row').slice(1);
  const scrollTo = (top: number) => {
    const scroller = screen.getByRole('table').parentElement!;
    scroller.scrollTop = top;
    fireEvent.scroll(scroller);
  };

  it('stand in the document only as far as they are in view, each with its true place', async () => {
    open(MANY);
    await waitFor(() => expect(drawnRows().length).toBeLessThan(100));
    expect(drawnRows().length).toBeGreaterThan(9);
    expect(drawnRows().map((row) => row.getAttribute('aria-rowindex'))).toEqual(
      drawnRows().map((_row, index) => String(index + 2)),
    );
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '501');
  });

  it('follow the scrolling, also after one of them was ticked', async () => {
    const { show } = open(MANY);
    await waitFor(() => expect(drawnRows().length).toBeLessThan(100));
    show(MANY, select(EMPTY_SELECTION, MANY.slice(0, 1), true));
    expect(box('file-0')).toBeChecked();
    scrollTo(300 * 56);
    expect(await screen.findByRole('link', { name: 'file-300.png' })).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'file-0.png' })).not.toBeInTheDocument();
    show(MANY);
    scrollTo(0);
    expect(await screen.findByRole('link', { name: 'file-0.png' })).toBeInTheDocument();
    expect(box('file-0')).not.toBeChecked();
  });

  it('keep the one that has the focus while it is out of view', async () => {
    open(MANY);
    await waitFor(() => expect(drawnRows().length).toBeLessThan(100));
    act(() => screen.getByRole('link', { name: 'file-0.png' }).focus());
    scrollTo(300 * 56);
    await screen.findByRole('link', { name: 'file-300.png' });
    expect(screen.getByRole('link', { name: 'file-0.png' })).toHaveFocus();
  });
});
