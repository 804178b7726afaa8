import { formatNumber } from '@/lib/format';
import { Button } from '@/ui/button';

/** The way to the other pages of a list; nothing when there are none. */
export function Pager({
  label,
  page,
  pageSize,
  total,
  onPage,
}: {
  /** Of the landmark: "Pages of tags". */
  label: string;
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
}) {
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1 && page === 1) return null;
  const first = (page - 1) * pageSize + 1;
  return (
    <nav
      aria-label={label}
      className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-1.5 max-md:px-2"
    >
      <p role="status" className="mr-4 text-muted">
        {formatNumber(Math.min(first, total))}–{formatNumber(Math.min(first + pageSize - 1, total))} of{' '}
        {formatNumber(total)}
      </p>
      <Button aria-disabled={page === 1} onClick={() => onPage(Math.max(1, page - 1))}>
        Previous page
      </Button>
      <Button aria-disabled={page >= last} onClick={() => onPage(Math.min(last, page + 1))}>
        Next page
      </Button>
    </nav>
  );
}
