import { RefreshCw } from 'lucide-react';

import type { AssetPage } from '@/domain/asset';
import { formatCount, formatUpTo } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import type { IndexView, LibraryIndex } from '@/library/library-index';
import { isIndexPage } from '@/queries/library-queries';
import { IconButton } from '@/ui/button';

import { ageText } from './age-text';

/** In place of the live list's age: that the index answered, how old it is, and the way to renew it. */
export function IndexLabel({
  index,
  view,
  page,
}: {
  index: LibraryIndex;
  view: IndexView;
  /** What is on screen; undefined until it is there. */
  page: AssetPage | undefined;
}) {
  const now = useNow();
  return (
    <span className="flex items-center gap-1 text-muted">
      {isIndexPage(page) && page.total > 0 && (
        <span
          className="whitespace-nowrap max-lg:hidden"
          title={
            page.unknownSizes === 0 ? undefined : `${formatCount(page.unknownSizes, 'asset')} of unknown size`
          }
        >
          {formatUpTo(page.bytes)}
          {page.unknownSizes > 0 && <span className="sr-only"> and some of unknown size</span>}
        </span>
      )}
      <IconButton
        label="Refresh"
        aria-disabled={view.walk !== null || view.state !== 'ready'}
        onClick={() => {
          if (view.walk === null && view.state === 'ready') void index.sync();
        }}
      >
        <RefreshCw aria-hidden className={view.walk !== null ? 'size-4 animate-spin' : 'size-4'} />
      </IconButton>
      <span className="w-56 whitespace-nowrap max-sm:hidden">{standingText(view, now)}</span>
      <span className="sm:hidden">Index</span>
    </span>
  );
}

function standingText({ state, syncedAt }: IndexView, now: number): string {
  if (state === 'building') return 'Index, incomplete';
  if (state !== 'ready') return 'Index';
  return syncedAt === null ? 'Index, never synced' : `Index, ${ageText(now - syncedAt)}`;
}
