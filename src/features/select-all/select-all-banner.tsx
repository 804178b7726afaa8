import { formatNumber } from '@/lib/format';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';

/** Offers to select beyond the page once the whole page is ticked, and says when everything matching is. */
export function SelectAllBanner({
  pageSelected,
  pageCount,
  total,
  selectedCount,
  allSelected,
  untickable,
  onSelectAll,
}: {
  /** Ticked rows of this page. */
  pageSelected: number;
  /** Rows of this page that can be ticked. */
  pageCount: number;
  /** Matches over all pages, as the provider counts them. */
  total: number;
  selectedCount: number;
  /** Whether the selection is everything that matched when it was read. */
  allSelected: boolean;
  /** Protected ones that match as well. */
  untickable: number;
  onSelectAll: () => void;
}) {
  if (allSelected) {
    return (
      <Banner tone="info" role="status">
        All {formatNumber(selectedCount)} matching selected
        {untickable > 0 && `; ${formatNumber(untickable)} protected left out`}
      </Banner>
    );
  }
  if (pageCount === 0 || pageSelected < pageCount || total <= pageCount) return null;
  return (
    <Banner
      tone="info"
      role="status"
      actions={
        <Button size="small" onClick={onSelectAll}>
          Select all {formatNumber(total)} matching
        </Button>
      }
    >
      <span className="max-sm:text-xs">{formatNumber(pageSelected)} on this page selected.</span>
    </Banner>
  );
}
