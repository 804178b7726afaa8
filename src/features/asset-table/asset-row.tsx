import type { Row } from '@tanstack/react-table';
import clsx from 'clsx';
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';

import { isAsset, type AssetRow as AssetRowData } from '@/domain/asset';
import { protectionReason } from '@/domain/protection';
import { Checkbox } from '@/ui/field';

import { specOf } from './columns';
import type { assetTableFeatures } from './table-features';

export interface AssetRowProps {
  readonly row: Row<typeof assetTableFeatures, AssetRowData>;
  /** Place on this page, from 0. */
  readonly index: number;
  /** `aria-rowindex`: place in the whole result, the header being row 1. */
  readonly position: number;
  readonly selected: boolean;
  readonly open: boolean;
  /** Being deleted: dimmed until the provider confirms. */
  readonly busy: boolean;
  /** Changes when the visible columns change. */
  readonly columnsKey: string;
  readonly onTick: (index: number, selected: boolean, range: boolean) => void;
}

const CELL =
  'overflow-hidden border-b border-line px-2 text-ellipsis whitespace-nowrap max-md:border-0 max-md:px-1';

/**
 * One row, rendered again only when something about it changed: TanStack makes a new row object
 * whenever the page is refetched, while an unchanged asset stays the same object.
 */
export const AssetRow = memo(RowView, (before, after) => {
  const same: readonly (keyof AssetRowProps)[] = [
    'index',
    'position',
    'selected',
    'open',
    'busy',
    'columnsKey',
    'onTick',
  ];
  return before.row.original === after.row.original && same.every((key) => before[key] === after[key]);
});

function RowView({ row, index, position, selected, open, busy, onTick }: AssetRowProps) {
  const asset = row.original;
  return (
    <tr
      role="row"
      aria-rowindex={position}
      data-row={index}
      data-selected={selected || undefined}
      data-open={open || undefined}
      aria-busy={busy || undefined}
      className={clsx(
        'group h-(--row-height) hover:bg-hover data-open:bg-accent-soft data-selected:bg-accent-soft',
        'max-md:grid max-md:grid-cols-[2.5rem_3.25rem_minmax(0,auto)_minmax(0,1fr)_2.5rem] max-md:grid-rows-[1.75rem_1.25rem_1.75rem] max-md:content-center max-md:border-b max-md:border-line max-md:px-1',
        busy && 'opacity-50',
      )}
    >
      {isAsset(asset) ? (
        <>
          <td role="cell" className={clsx(CELL, 'pl-3 max-md:row-span-3 max-md:self-center')}>
            <Checkbox
              aria-label={`Select ${asset.name}`}
              title={protectionReason(asset) ?? undefined}
              checked={selected}
              disabled={asset.protection !== null || busy}
              data-row-control="select"
              onChange={(event) => {
                const { nativeEvent } = event;
                onTick(
                  index,
                  event.target.checked,
                  nativeEvent instanceof MouseEvent && nativeEvent.shiftKey,
                );
              }}
            />
          </td>
          {row.getVisibleCells().map(({ column }) => {
            const spec = specOf(column.id);
            return (
              <td
                key={column.id}
                role="cell"
                className={clsx(
                  CELL,
                  spec.numeric === true && 'text-right max-md:text-left',
                  spec.muted === true && 'text-muted',
                  spec.phone === undefined ? 'max-md:hidden' : [spec.phone, 'max-md:self-center'],
                )}
              >
                {spec.cell(asset)}
              </td>
            );
          })}
        </>
      ) : (
        <td
          role="cell"
          colSpan={row.getVisibleCells().length + 1}
          className={clsx(
            CELL,
            'text-danger max-md:col-span-full max-md:row-span-3 max-md:self-center max-md:whitespace-normal',
          )}
        >
          <span className="flex items-center gap-2 pl-1">
            <TriangleAlert aria-hidden className="size-4 shrink-0" />
            <span className="min-w-0 truncate max-md:whitespace-normal">
              Unreadable row{asset.id !== null && <bdi> {asset.id}</bdi>}: field “{asset.field}”:{' '}
              {asset.problem}
            </span>
          </span>
        </td>
      )}
    </tr>
  );
}
