import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef } from 'react';

import { isAsset, type AssetPage } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { useHandler } from '@/lib/use-handler';
import { whenIdle } from '@/lib/when-idle';

import { onAssetsGone } from './tell-caches';

/** Deletions, here or elsewhere, can empty the last page: step back instead of showing nothing. */
export function useStepBack(
  list: UseQueryResult<AssetPage>,
  { page, pageSize }: AssetQuery,
  goToPage: (page: number, history: 'replace') => void,
): void {
  const { data } = list;
  const emptied = data !== undefined && !list.isPlaceholderData && data.rows.length === 0 && page > 1;
  // A page in the middle that was emptied here is filled again by what comes after it.
  const lastPage = Math.max(1, Math.ceil((data?.total ?? 0) / pageSize));
  const beyond = emptied && (page > lastPage || !list.isFetching);
  // A total that counts rows nobody gets to see would lead from one empty page to the next: then to the first at once.
  const target = page > lastPage ? lastPage : 1;
  useEffect(() => {
    if (beyond) goToPage(target, 'replace');
  }, [beyond, goToPage, target]);
}

/** What the next click may need is fetched once the first page stands. */
export function useFetchedAhead(ready: boolean, load: () => void): void {
  const stable = useHandler(load);
  useEffect(() => {
    if (ready) whenIdle(stable);
  }, [ready, stable]);
}

/** Where the focus goes when there is no row to go to. */
export function focusStart(): void {
  // A view without filters has its heading.
  document
    .querySelector<HTMLElement>(
      '[data-filter-start] :is(input, select), [type=password], main h2[tabindex="-1"]',
    )
    ?.focus();
}

export function focusMoreFilters(): void {
  document.querySelector<HTMLElement>('[data-more-filters]')?.focus();
}

/** A page whose last row goes takes its table away; the focus must not go with it. */
export function useFocusAfterTable(): void {
  // React takes elements away without a blur event; this runs just before.
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.closest('table') != null) focusStart();
    },
    [],
  );
}

/** Back closes the drawer without its Close button: the focus still goes to the row it belonged to. */
export function useFocusAfterBack(
  openId: string | null,
  rows: AssetPage['rows'],
  focusAround: (index: number) => void,
): void {
  const before = useRef<string | null>(null);
  const focusRowOf = useHandler((id: string) =>
    focusAround(
      Math.max(
        0,
        rows.findIndex((row) => isAsset(row) && row.id === id),
      ),
    ),
  );
  useEffect(() => {
    const closed = openId === null ? before.current : null;
    before.current = openId;
    if (closed !== null && document.activeElement === document.body) focusRowOf(closed);
  }, [openId, focusRowOf]);
}

/** What a job has deleted, of this tab or of another, is neither ticked nor open any more. */
export function useAssetsGone(connectionId: string, told: (ids: ReadonlySet<string>) => void): void {
  const stable = useHandler(told);
  useEffect(
    () =>
      onAssetsGone((of, ids) => {
        if (of === connectionId) stable(ids);
      }),
    [connectionId, stable],
  );
}
