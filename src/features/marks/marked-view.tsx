import { Flag, Trash2 } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';

import type { Kept, KeptById } from '@/cleanup/kept-assets';
import { totalsOf } from '@/domain/make-plan';
import type { SeenAsset } from '@/domain/plan';
import { formatUpTo, formatCount, formatNumber } from '@/lib/format';
import type { AssetProvider } from '@/providers/provider';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

import { MarkedTable } from './marked-table';

const PAGE_SIZE = 100;

export interface MarkedViewProps {
  readonly provider: AssetProvider;
  readonly marks: KeptById;
  readonly onUnmark: (ids: readonly string[]) => void;
  readonly onDelete: (assets: readonly SeenAsset[]) => void;
  readonly onOpen: (id: string) => void;
  /** Of the link that opens an asset. */
  readonly hrefFor: (id: string) => string;
}

/** Everything that is marked for deletion at one connection, last marked first: to look at once more, and to let go. */
export default function MarkedView(props: MarkedViewProps) {
  const { marks, onUnmark, onDelete } = props;
  const [wantedPage, setPage] = useState(1);
  const heading = useRef<HTMLHeadingElement>(null);
  const section = useRef<HTMLElement>(null);
  const unmarkedAt = useRef<number | null>(null);
  const marked = [...marks.values()].sort(newestFirst);
  const lastPage = Math.max(1, Math.ceil(marked.length / PAGE_SIZE));
  const page = Math.min(wantedPage, lastPage);
  const first = (page - 1) * PAGE_SIZE;

  // A row goes away with the button that was pressed in it: the focus moves to the row that takes its place.
  useLayoutEffect(() => {
    if (unmarkedAt.current === null || document.activeElement !== document.body) return;
    const buttons = section.current?.querySelectorAll<HTMLElement>('[data-unmark]') ?? [];
    (buttons[Math.min(unmarkedAt.current, buttons.length - 1)] ?? heading.current)?.focus();
    unmarkedAt.current = null;
  });

  return (
    <section ref={section} aria-labelledby="marked-heading" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 max-md:px-2">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <h2 id="marked-heading" ref={heading} tabIndex={-1} className="text-base font-semibold">
            Marked for deletion
          </h2>
          {marked.length > 0 && <p>{totalsText(marked)}</p>}
          <p className="text-muted">
            Nothing here has been removed yet, and storage still costs, until you delete it.
          </p>
        </div>
        {marked.length > 0 && (
          <div className="flex flex-wrap gap-2">
            <Button
              onClick={() => {
                heading.current?.focus(); // this button goes away with the marks
                onUnmark([...marks.keys()]);
              }}
            >
              Unmark all
            </Button>
            <Button look="danger" onClick={() => onDelete(marked.map(({ asset }) => asset))}>
              <Trash2 aria-hidden className="size-4" />
              Delete {formatNumber(marked.length)} marked…
            </Button>
          </div>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-auto bg-surface">
        {marked.length === 0 ? (
          <Notice icon={<Flag />} title="Nothing is marked">
            Press <kbd className="font-sans font-semibold text-ink">m</kbd> in a row of the list, or choose
            “Mark for deletion” for what you ticked or opened. Marks gather here, and you can take them off at
            any time.
          </Notice>
        ) : (
          <MarkedTable
            {...props}
            shown={marked.slice(first, first + PAGE_SIZE)}
            total={marked.length}
            offset={first}
            onUnmark={(id, index) => {
              unmarkedAt.current = index;
              onUnmark([id]);
            }}
          />
        )}
      </div>
      {lastPage > 1 && (
        <nav
          aria-label="Pages of marks"
          className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-1.5 max-md:px-2"
        >
          <p role="status" className="mr-4 text-muted">
            {formatNumber(first + 1)}–{formatNumber(Math.min(first + PAGE_SIZE, marked.length))} of{' '}
            {formatNumber(marked.length)}
          </p>
          <Button aria-disabled={page === 1} onClick={() => setPage(Math.max(1, page - 1))}>
            Previous page
          </Button>
          <Button aria-disabled={page === lastPage} onClick={() => setPage(Math.min(lastPage, page + 1))}>
            Next page
          </Button>
        </nav>
      )}
    </section>
  );
}

/** By id among equals: all that were marked in one go. */
const newestFirst = (left: Kept, right: Kept): number =>
  right.keptAt - left.keptAt || (left.asset.id < right.asset.id ? -1 : 1);

function totalsText(marked: readonly Kept[]): string {
  const { upToBytes, unknownSizes } = totalsOf(marked.map(({ asset }) => asset));
  const count = formatCount(marked.length, 'asset');
  if (unknownSizes === marked.length) return `${count}, of unknown size`;
  const unknown = unknownSizes === 0 ? '' : `, and ${formatNumber(unknownSizes)} of unknown size`;
  return `${count}, ${formatUpTo(upToBytes)}${unknown}`;
}
