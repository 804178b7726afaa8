import { useTable } from '@tanstack/react-table';
import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { lazy, Suspense, useRef, type CSSProperties, type Ref } from 'react';

import { rowKeyOf, type AssetRow as AssetRowData } from '@/domain/asset';
import type { AssetQuery, SortField, SortOrder } from '@/domain/asset-query';
import { pageSelection, type Selection } from '@/domain/selection';
import { useMediaQuery } from '@/lib/use-media-query';
import { Checkbox } from '@/ui/field';

import { AssetRow } from './asset-row';
import { COLUMN_DEFS, specOf, type ColumnSpec } from './columns';
import { moveAmongRows } from './row-keys';
import { TableContext, type TableContextValue } from './table-context';
import { assetTableFeatures } from './table-features';
import { ROW_HEIGHTS, type TableView } from './use-table-view';

const VirtualRows = lazy(() => import('./virtual-rows'));
/** Up to here all rows stand in the document; beyond it only those in view. */
const MAX_PLAIN_ROWS = 100;

export interface AssetTableProps {
  readonly context: TableContextValue;
  readonly rows: readonly AssetRowData[];
  readonly total: number;
  readonly query: Pick<AssetQuery, 'sort' | 'order' | 'page' | 'pageSize'>;
  readonly view: TableView;
  readonly selection: Selection;
  readonly busyIds: ReadonlySet<string>;
  readonly openAssetId: string | null;
  /** The rows are of the page before, while the next one is on its way. */
  readonly stale: boolean;
  readonly scroller: Ref<HTMLDivElement>;
  readonly onSort: (sort: SortField, order: SortOrder) => void;
  readonly onTick: (index: number, selected: boolean, range: boolean) => void;
  readonly onTickPage: (selected: boolean) => void;
}

export function AssetTable(props: AssetTableProps) {
  const { context, rows, total, query, view, selection, busyIds, openAssetId, onTick } = props;
  const phone = useMediaQuery('(max-width: 767px)');
  const rowHeight = phone ? ROW_HEIGHTS.phone : ROW_HEIGHTS[view.density];
  const scroller = useRef<HTMLDivElement>(null);
  const { kind } = context.provider.connection;
  const table = useTable({
    features: assetTableFeatures,
    columns: COLUMN_DEFS[kind],
    data: rows,
    getRowId: rowKeyOf,
    manualSorting: true,
    state: { columnVisibility: view.visibility },
  });
  const tableRows = table.getRowModel().rows;
  const columns = table.getVisibleLeafColumns().map((column) => specOf(column.id));
  const columnsKey = columns.map((column) => column.id).join();
  const offset = (query.page - 1) * query.pageSize;

  const renderRow = (index: number) => {
    const row = tableRows[index];
    if (row === undefined) return null;
    return (
      <AssetRow
        key={row.id}
        row={row}
        index={index}
        position={offset + index + 2}
        selected={selection.has(row.id)}
        open={openAssetId === row.id}
        busy={busyIds.has(row.id)}
        columnsKey={columnsKey}
        onTick={onTick}
      />
    );
  };
  const plain = (
    <tbody role="rowgroup" className="max-md:block">
      {tableRows.slice(0, MAX_PLAIN_ROWS).map((_row, index) => renderRow(index))}
    </tbody>
  );
  const style: CSSProperties & Record<'--row-height', string> = { '--row-height': `${rowHeight}px` };

  return (
    <TableContext value={context}>
      <div
        ref={(element) => {
          scroller.current = element;
          assignRef(props.scroller, element);
        }}
        className="min-h-0 flex-1 overflow-auto overscroll-contain scroll-pt-10 bg-surface"
        onKeyDown={(event) => moveAmongRows(event, rows.length, rowHeight)}
      >
        <table
          role="table"
          aria-label="Assets"
          aria-rowcount={total + 1}
          aria-busy={props.stale}
          style={style}
          className={clsx(
            'w-full min-w-[70rem] table-fixed border-separate border-spacing-0 max-md:block max-md:min-w-0',
            props.stale && 'opacity-60 transition-opacity delay-150',
          )}
        >
          <thead role="rowgroup" className="sticky top-0 z-20 max-md:block">
            <tr
              role="row"
              aria-rowindex={1}
              className="bg-canvas max-md:flex max-md:items-center max-md:gap-1 max-md:overflow-x-auto max-md:border-b max-md:border-line max-md:px-1"
            >
              <th
                role="columnheader"
                scope="col"
                className={clsx(HEAD, 'w-10 pl-3 max-md:flex max-md:shrink-0 max-md:items-center')}
              >
                <PageCheckbox rows={rows} selection={selection} onTickPage={props.onTickPage} />
              </th>
              {columns.map((column) => (
                <HeaderCell
                  key={column.id}
                  column={column}
                  sortable={column.sort !== undefined && context.provider.sortableBy.includes(column.sort)}
                  query={query}
                  onSort={props.onSort}
                />
              ))}
            </tr>
          </thead>
          {tableRows.length > MAX_PLAIN_ROWS ? (
            <Suspense fallback={plain}>
              <VirtualRows
                count={tableRows.length}
                rowHeight={rowHeight}
                scroller={scroller}
                renderRow={renderRow}
              />
            </Suspense>
          ) : (
            plain
          )}
        </table>
      </div>
    </TableContext>
  );
}

const HEAD =
  'h-9 border-b border-line bg-canvas px-2 text-xs font-medium text-muted max-md:border-0 max-md:px-1';

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

function HeaderCell({
  column,
  sortable,
  query,
  onSort,
}: {
  column: ColumnSpec;
  sortable: boolean;
  query: AssetTableProps['query'];
  onSort: AssetTableProps['onSort'];
}) {
  const sorted = sortable && column.sort === query.sort ? query.order : null;
  const field = column.sort;
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
      style={{ width: column.width }}
      className={clsx(
        HEAD,
        column.numeric === true ? 'text-right' : 'text-left',
        sortable ? 'max-md:flex max-md:w-auto! max-md:items-center' : 'max-md:hidden',
      )}
    >
      {sortable && field !== undefined ? (
        <button
          type="button"
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
}

function assignRef<T>(ref: Ref<T>, value: T | null) {
  if (typeof ref === 'function') ref(value);
  else if (ref) ref.current = value;
}
