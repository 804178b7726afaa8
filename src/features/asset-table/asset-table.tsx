import { useTable } from '@tanstack/react-table';
import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  memo,
  useCallback,
  useDeferredValue,
  useMemo,
  useRef,
  type CSSProperties,
  type PointerEvent,
  type ReactNode,
  type Ref,
} from 'react';

import { isAsset, rowKeyOf, type AssetRow as AssetRowData } from '@/domain/asset';
import type { AssetQuery, SortField, SortOrder } from '@/domain/asset-query';
import { pageSelection, type Selection } from '@/domain/selection';
import { formatExact } from '@/lib/format';
import { useMediaQuery } from '@/lib/use-media-query';
import { useSlots } from '@/lib/use-slots';
import { Checkbox } from '@/ui/field';

import { AssetRow } from './asset-row';
import { COLUMN_DEFS, specOf, type ColumnSpec } from './columns';
import { asksToMark, moveAmongRows, rowIndexOf } from './row-keys';
import type { TableContext } from './table-context';
import { assetTableFeatures } from './table-features';
import { useKeptFocus } from './use-kept-focus';
import { useRowWindow } from './use-row-window';
import { ROW_HEIGHTS, type TableView } from './use-table-view';

/** A set of ids, or a map by id. */
interface Ids {
  has(id: string): boolean;
}

export interface AssetTableProps {
  readonly context: TableContext;
  readonly rows: readonly AssetRowData[];
  readonly total: number;
  readonly query: Pick<AssetQuery, 'sort' | 'order' | 'page' | 'pageSize'>;
  readonly view: TableView;
  readonly selection: Selection;
  readonly busyIds: ReadonlySet<string>;
  /** Ids of what is marked for deletion, and of what is pinned. */
  readonly marked: Ids;
  readonly pinned: Ids;
  readonly openAssetId: string | null;
  /** The rows are of the page before, while the next one is on its way. */
  readonly stale: boolean;
  readonly scroller: Ref<HTMLDivElement>;
  readonly onSort: (sort: SortField, order: SortOrder) => void;
  readonly onTick: (index: number, selected: boolean, range: boolean) => void;
  readonly onTickPage: (selected: boolean) => void;
}

/** Pixels of the window's height that are never the table's rows: what stands above and below takes more. */
const LEAST_AROUND = 160;

/** Drawn again only for what it is given: opening a menu or an asset elsewhere costs it nothing. */
export const AssetTable = memo(function AssetTable(props: AssetTableProps) {
  const { context, rows, total, query, view, selection, busyIds, marked, pinned, openAssetId, onTick } =
    props;
  const phone = useMediaQuery('(max-width: 767px)');
  const rowHeight = phone ? ROW_HEIGHTS.phone : ROW_HEIGHTS[view.density];
  const scroller = useRef<HTMLDivElement>(null);
  const { scroller: givenScroller } = props;
  // The same function always: a new one would be called anew.
  const attachScroller = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      assignRef(givenScroller, element);
    },
    [givenScroller],
  );
  const { kind } = context.provider.connection;
  const table = useTable({
    features: assetTableFeatures,
    columns: COLUMN_DEFS[kind],
    data: rows,
    getRowId: rowKeyOf,
    state: { columnVisibility: view.visibility },
  });
  const visible = table.getVisibleLeafColumns();
  const columns = useMemo(() => visible.map((column) => specOf(column.id)), [visible]);
  const offset = (query.page - 1) * query.pageSize;

  const ids = useMemo(() => rows.map(rowKeyOf), [rows]);
  const slots = useSlots(ids, query);
  const keptFocus = useKeptFocus(scroller, ids, rowHeight);

  const renderRow = (index: number) => {
    const row = rows[index];
    if (row === undefined) return null;
    const key = rowKeyOf(row);
    return (
      <AssetRow
        key={slots.get(key)}
        row={row}
        index={index}
        position={offset + index + 2}
        selected={selection.has(key)}
        open={openAssetId === key}
        busy={busyIds.has(key)}
        marked={marked.has(key)}
        pinned={pinned.has(key)}
        columns={columns}
        context={context}
        onTick={onTick}
      />
    );
  };
  const { runs, handlers } = useRowWindow(rows.length, rowHeight);
  // A table that appears shows the rows in view first, at its full height; the others follow at once.
  const complete = useDeferredValue(true, false);
  const atFirst = complete ? Infinity : Math.ceil((window.innerHeight - LEAST_AROUND) / rowHeight);
  const body: ReactNode[] = [];
  let next = 0;
  for (const [from, end] of runs) {
    if (from > next) body.push(<Gap key={`gap-${next}`} height={(from - next) * rowHeight} />);
    for (let index = from; index < end && index < atFirst; index += 1) body.push(renderRow(index));
    next = end;
  }
  if (next < rows.length) body.push(<Gap key="gap-end" height={(rows.length - next) * rowHeight} />);
  const style: CSSProperties & Record<'--row-height' | '--columns', string> = {
    '--row-height': `${rowHeight}px`,
    '--columns': columns.map((column) => column.width).join(' '),
  };

  return (
    <div
      ref={attachScroller}
      className="@container min-h-0 flex-1 overflow-auto overscroll-contain scroll-pt-10 bg-surface"
      onKeyDown={(event) => {
        moveAmongRows(event, rows.length, rowHeight);
        const row = view.shortcuts && asksToMark(event) ? rows[rowIndexOf(event.target) ?? -1] : undefined;
        if (row === undefined || !isAsset(row)) return;
        event.preventDefault(); // some browsers search the page for what is typed
        context.onMark(row);
      }}
      onPointerOver={showExactTime}
      onScroll={handlers.onScroll}
      onFocus={(event) => {
        keptFocus.onFocus(event);
        handlers.onFocus(event);
      }}
      onBlur={() => {
        keptFocus.onBlur();
        handlers.onBlur();
      }}
    >
      <table
        role="table"
        aria-label="Assets"
        aria-rowcount={total + 1}
        aria-busy={props.stale}
        style={style}
        className={clsx('asset-table', props.stale && 'opacity-60 transition-opacity delay-150')}
      >
        <thead role="rowgroup" className="sticky top-0 z-20 block">
          <tr
            role="row"
            aria-rowindex={1}
            className="asset-head h-9 bg-canvas text-xs font-medium text-muted"
          >
            <th role="columnheader" scope="col" className="cell max-md:shrink-0">
              <PageCheckbox rows={rows} selection={selection} onTickPage={props.onTickPage} />
            </th>
            {columns.map((column) => (
              <HeaderCell
                key={column.id}
                column={column}
                byIndex={column.sort !== undefined && !context.provider.sortableBy.includes(column.sort)}
                sorted={column.sort === query.sort ? query.order : null}
                onSort={props.onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block" style={{ minHeight: rows.length * rowHeight }}>
          {body}
        </tbody>
      </table>
    </div>
  );
});

/** Exact times are put into words only for the date that is pointed at. */
function showExactTime({ target }: PointerEvent) {
  if (target instanceof HTMLTimeElement) target.title = formatExact(target.dateTime);
}

function PageCheckbox({
  rows,
  selection,
  onTickPage,
}: Pick<AssetTableProps, 'rows' | 'selection' | 'onTickPage'>) {
  const state = pageSelection(selection, rows);
  return (
    <Checkbox
      aria-label="Select page"
      checked={state === 'all'}
      indeterminate={state === 'some'}
      onChange={() => onTickPage(state !== 'all')}
    />
  );
}

/** Not drawn again for a tick, which is news to the box of the whole page alone. */
const HeaderCell = memo(function HeaderCell({
  column,
  byIndex,
  sorted,
  onSort,
}: {
  column: ColumnSpec;
  /** The provider cannot sort by it: the library index does. */
  byIndex: boolean;
  /** Null when the rows are in another column's order. */
  sorted: SortOrder | null;
  onSort: AssetTableProps['onSort'];
}) {
  const field = column.sort;
  const sortable = field !== undefined;
  const Arrow = sorted === 'asc' ? ArrowUp : ArrowDown;

  const toggle = (sort: SortField) => {
    if (sorted !== null) onSort(sort, sorted === 'asc' ? 'desc' : 'asc');
    else onSort(sort, column.ascendingFirst === true ? 'asc' : 'desc');
  };

  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sortable ? (sorted === null ? 'none' : `${sorted}ending`) : undefined}
      className={clsx('cell', column.numeric === true && 'justify-end', !sortable && 'max-md:hidden')}
    >
      {sortable ? (
        <button
          type="button"
          title={byIndex ? 'Sorted by the index' : undefined}
          onClick={() => toggle(field)}
          className={clsx(
            '-mx-1 inline-flex h-7 max-w-full items-center gap-1 rounded px-1 whitespace-nowrap hover:bg-hover hover:text-ink',
            sorted !== null && 'font-semibold text-ink',
          )}
        >
          {column.label}
          <Arrow aria-hidden className={clsx('size-3 shrink-0', sorted === null && 'invisible')} />
        </button>
      ) : (
        <span className={clsx((column.id === 'actions' || column.id === 'preview') && 'sr-only')}>
          {column.label}
        </span>
      )}
    </th>
  );
});

/** In place of rows that are out of view. */
function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden className="block">
      <td style={{ height }} className="block" />
    </tr>
  );
}

function assignRef<T>(ref: Ref<T>, value: T | null) {
  if (typeof ref === 'function') ref(value);
  else if (ref) ref.current = value;
}
