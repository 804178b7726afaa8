import { ChevronLeft, ChevronRight } from 'lucide-react';

import { formatNumber } from '@/lib/format';
import { IconButton } from '@/ui/button';

import { ITEMS_PER_PAGE } from './item-queries';

/** Where one is in the list, and the ways on. The ends stay focusable, so that stepping there loses no focus. */
export function ItemPages({
  page,
  lastPage,
  total,
  shown,
  settled,
  onPage,
}: {
  page: number;
  lastPage: number;
  total: number;
  shown: number;
  /** Whether the numbers change only when the person changes what is shown: else nobody wants them read out. */
  settled: boolean;
  onPage: (page: number) => void;
}) {
  const first = (page - 1) * ITEMS_PER_PAGE + 1;
  const range = shown === 0 ? '0' : `${formatNumber(first)}–${formatNumber(first + shown - 1)}`;
  const step = (to: number) => {
    if (to >= 1 && to <= lastPage) onPage(to);
  };
  return (
    <nav aria-label="Pages" className="ml-auto flex items-center gap-2">
      <p
        role={settled ? 'status' : undefined}
        className="min-w-40 text-muted whitespace-nowrap max-sm:min-w-0"
      >
        {range} of {formatNumber(total)}
      </p>
      <IconButton label="Previous page" aria-disabled={page <= 1} onClick={() => step(page - 1)}>
        <ChevronLeft aria-hidden className="size-4" />
      </IconButton>
      <IconButton label="Next page" aria-disabled={page >= lastPage} onClick={() => step(page + 1)}>
        <ChevronRight aria-hidden className="size-4" />
      </IconButton>
    </nav>
  );
}
