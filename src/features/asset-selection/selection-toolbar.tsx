import { Flag, FlagOff, Pin, PinOff, Tag, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';

import { formatNumber } from '@/lib/format';
import { Button, type ButtonProps } from '@/ui/button';

/**
 * What can be done with the ticked assets, whether or not they are on this page. One line, however narrow its place:
 * there the words of all but the count leave the screen, and stay for screen readers and as tooltips.
 */
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
    <div
      role="toolbar"
      aria-label="Selection"
      className="flex min-w-0 items-center gap-2 @max-3xl:w-full @max-3xl:gap-1"
    >
      <p className="mr-2 min-w-0 leading-4 @max-3xl:mr-auto">
        <strong className="font-semibold whitespace-nowrap">{formatNumber(count)} selected</strong>
        {outside > 0 && (
          <span className="text-muted @max-[82rem]:block @max-[82rem]:text-xs">
            <span className="@max-[82rem]:sr-only">, </span>
            {formatNumber(outside)} not in this view
          </span>
        )}
      </p>
      {onRemoveTags !== null && <Action label="Remove tags…" icon={<Tag />} onClick={onRemoveTags} />}
      <Action
        label={allMarked ? 'Unmark' : 'Mark for deletion'}
        icon={allMarked ? <FlagOff /> : <Flag />}
        onClick={() => onMark(!allMarked)}
      />
      <Action
        label={allPinned ? 'Unpin' : 'Pin'}
        icon={allPinned ? <PinOff /> : <Pin />}
        onClick={() => onPin(!allPinned)}
      />
      <Button look="danger" onClick={onDelete} title="Delete…" className="@max-3xl:px-2">
        <Trash2 aria-hidden className="size-4 @min-[22rem]:@max-[26rem]:hidden" />
        <span className="@max-[22rem]:sr-only">Delete…</span>
      </Button>
      <Action look="quiet" label="Clear selection" icon={<X />} onClick={onClear} />
    </div>
  );
}

function Action({ label, icon, ...rest }: ButtonProps & { label: string; icon: ReactNode }) {
  return (
    <Button {...rest} title={label} className="@max-[82rem]:w-8 @max-[82rem]:px-0">
      <span aria-hidden className="[&>svg]:size-4">
        {icon}
      </span>
      <span className="@max-[82rem]:sr-only">{label}</span>
    </Button>
  );
}
