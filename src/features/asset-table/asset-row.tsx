import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';

import { isAsset, type Asset, type AssetRow as AssetRowData, type UnreadableRow } from '@/domain/asset';
import { protectionReason } from '@/domain/protection';
import { shownName } from '@/lib/reveal';
import { shownText } from '@/ui/shown-text';

import type { ColumnSpec } from './columns';
import type { TableContext } from './table-context';

export interface AssetRowProps {
  readonly row: AssetRowData;
  /** Place on this page, from 0. */
  readonly index: number;
  /** `aria-rowindex`: place in the whole result, the header being row 1. */
  readonly position: number;
  readonly selected: boolean;
  readonly open: boolean;
  /** Being deleted: dimmed until the provider confirms. */
  readonly busy: boolean;
  readonly marked: boolean;
  readonly pinned: boolean;
  /** The visible ones; the same array until that changes. */
  readonly columns: readonly ColumnSpec[];
  readonly context: TableContext;
  readonly onTick: (index: number, selected: boolean, range: boolean) => void;
}

/** One row, drawn again only when something about it changed; a tick costs its box alone. */
export const AssetRow = memo(function AssetRow(props: AssetRowProps) {
  const { row, index, position, selected, open, busy } = props;
  return (
    <tr
      role="row"
      aria-rowindex={position}
      data-row={index}
      data-selected={selected || undefined}
      data-open={open || undefined}
      aria-busy={busy || undefined}
      className="asset-row"
    >
      {isAsset(row) ? (
        <>
          <SelectCell {...props} asset={row} />
          <Cells
            asset={row}
            marked={props.marked}
            pinned={props.pinned}
            columns={props.columns}
            context={props.context}
          />
        </>
      ) : (
        <Unreadable row={row} />
      )}
    </tr>
  );
});

function SelectCell({ asset, index, selected, busy, onTick }: AssetRowProps & { asset: Asset }) {
  return (
    <td role="cell" className="cell max-md:row-span-3">
      <input
        type="checkbox"
        aria-label={`Select ${shownName(asset.name)}`}
        title={protectionReason(asset) ?? undefined}
        checked={selected}
        disabled={asset.protection !== null || busy}
        data-row-control="select"
        className="size-4 accent-accent disabled:cursor-not-allowed disabled:opacity-40"
        onChange={({ target, nativeEvent }) =>
          onTick(index, target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
    </td>
  );
}

const Cells = memo(function Cells({
  asset,
  marked,
  pinned,
  columns,
  context,
}: Pick<AssetRowProps, 'marked' | 'pinned' | 'columns' | 'context'> & { asset: Asset }) {
  const marks = { marked, pinned };
  return columns.map((column) => (
    <td key={column.id} role="cell" className={column.cellClass}>
      {column.cell(asset, context, marks)}
    </td>
  ));
});

function Unreadable({ row }: { row: UnreadableRow }) {
  return (
    <td
      role="cell"
      className="cell col-span-full gap-2 text-danger max-md:row-span-3 max-md:whitespace-normal"
    >
      <TriangleAlert aria-hidden className="ml-1 size-4 shrink-0" />
      <span className="min-w-0 truncate max-md:whitespace-normal">
        Unreadable row{row.id !== null && <bdi> {shownText(row.id)}</bdi>}: field “{row.field}”:{' '}
        {shownText(row.problem)}
      </span>
    </td>
  );
}
