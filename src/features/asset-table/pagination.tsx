import clsx from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { memo, useId, type ReactNode } from 'react';

import { PAGE_SIZES } from '@/domain/asset-query';
import { formatNumber } from '@/lib/format';
import { Button } from '@/ui/button';
import { Select } from '@/ui/field';

/** What has to go so that the selection's controls fit on the same line. */
const BESIDE_SELECTION = '@min-3xl:@max-[110rem]:group-has-[[role=toolbar]]/foot:sr-only';

/** Where one is in the whole result, and the ways on. */
export const Pagination = memo(function Pagination({
  page,
  pageSize,
  total,
  shown,
  stale = false,
  maxPageSize,
  onPage,
  onPageSize,
}: {
  page: number;
  pageSize: number;
  total: number;
  /** Rows on this page. */
  shown: number;
  /** They are those of the page before, while this one is on its way. */
  stale?: boolean;
  maxPageSize: number;
  onPage: (page: number) => void;
  onPageSize: (size: number) => void;
}) {
  const sizeId = useId();
  const first = (page - 1) * pageSize + 1;
  const lastPage = Math.max(1, Math.ceil(total / pageSize));
  const range = (last: number) => `${formatNumber(first)}–${formatNumber(last)}`;
  // The first page may be that of another filter, of which the total before says nothing.
  const expected =
    page > 1 && page <= lastPage ? Math.min(first + pageSize - 1, total) : first + pageSize - 1;
  return (
    <nav aria-label="Pages" className="ml-auto flex items-center gap-2 @max-3xl:w-full">
      {/* Words that change are aligned where they start, with room for longer ones: nothing moves for them. */}
      <p
        role="status"
        className="mr-4 min-w-44 whitespace-nowrap text-muted @max-3xl:mr-auto @max-3xl:min-w-0"
      >
        {stale || (shown === 0 && total > 0)
          ? `Loading ${range(expected)}…`
          : `${shown === 0 ? formatNumber(0) : range(first + shown - 1)} of ${formatNumber(total)}`}
      </p>
      <label htmlFor={sizeId} className={clsx('text-muted max-sm:sr-only', BESIDE_SELECTION)}>
        Rows per page
      </label>
      <Select
        id={sizeId}
        className="w-18"
        value={pageSize}
        onChange={(event) => onPageSize(Number(event.target.value))}
      >
        {PAGE_SIZES.filter((size) => size <= maxPageSize).map((size) => (
          <option key={size}>{size}</option>
        ))}
      </Select>
      <span className={clsx('min-w-20 pl-1 whitespace-nowrap text-muted max-sm:hidden', BESIDE_SELECTION)}>
        {formatNumber(page)} / {formatNumber(lastPage)}
      </span>
      <Step label="Previous page" to={page > 1 ? page - 1 : null} onPage={onPage}>
        <ChevronLeft aria-hidden className="size-4" />
      </Step>
      <Step label="Next page" to={page < lastPage ? page + 1 : null} onPage={onPage}>
        <ChevronRight aria-hidden className="size-4" />
      </Step>
    </nav>
  );
});

/** Stays focusable at the ends, so that stepping to the last page does not lose the focus. */
function Step({
  label,
  to,
  onPage,
  children,
}: {
  label: string;
  to: number | null;
  onPage: (page: number) => void;
  children: ReactNode;
}) {
  return (
    <Button
      size="icon"
      aria-label={label}
      title={label}
      aria-disabled={to === null}
      onClick={() => {
        if (to !== null) onPage(to);
      }}
    >
      {children}
    </Button>
  );
}
