import { Flag, Pin, Tag, Trash2 } from 'lucide-react';

import { formatNumber } from '@/lib/format';
import { Button } from '@/ui/button';

/** What can be done with the ticked assets, whether or not they are on this page. */
export function SelectionToolbar({
  count,
  outside,
  allMarked,
  allPinned,
  onRemoveTags,
  onMark,
  onPin,
  onDelete,
  onClear,
}: {
  count: number;
  /** Ticked assets that the rows shown do not include. */
  outside: number;
  /** Null where the provider has no tags. */
  onRemoveTags: (() => void) | null;
  allMarked: boolean;
  allPinned: boolean;
  onMark: (marked: boolean) => void;
  onPin: (pinned: boolean) => void;
  onDelete: () => void;
  onClear: () => void;
}) {
  return (
    <div role="toolbar" aria-label="Selection" className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <p className="mr-2">
        <strong className="font-semibold">{formatNumber(count)} selected</strong>
        {outside > 0 && <span className="text-muted">, {formatNumber(outside)} not in this view</span>}
      </p>
      {onRemoveTags !== null && (
        <Button onClick={onRemoveTags}>
          <Tag aria-hidden className="size-4" />
          Remove tags…
        </Button>
      )}
      <Button onClick={() => onMark(!allMarked)}>
        <Flag aria-hidden className="size-4" />
        {allMarked ? 'Unmark' : 'Mark for deletion'}
      </Button>
      <Button onClick={() => onPin(!allPinned)}>
        <Pin aria-hidden className="size-4" />
        {allPinned ? 'Unpin' : 'Pin'}
      </Button>
      <Button look="danger" onClick={onDelete}>
        <Trash2 aria-hidden className="size-4" />
        Delete…
      </Button>
      <Button look="quiet" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
