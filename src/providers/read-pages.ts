import type { AssetPage } from '@/domain/asset';

/** Where the next page of a list begins: behind a cursor, else at an offset. */
export interface Place {
  /** Counts from 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly after: string | null;
}

interface PageRead<Page extends AssetPage> {
  readonly page: Page;
  /** Where the next one begins; null when this was the last. */
  readonly next: Place | null;
}

const SLACK_PAGES = 20;

/**
 * All pages of a list in their order, from any place on: by cursor where the server offers one, else by offset. It ends
 * for certain, whatever the server says about there being more.
 * @param inFlight pages asked for at a time where each can be
 */
export async function* readPages<Page extends AssetPage>(
  read: (place: Place) => Promise<Page>,
  start: Place,
  inFlight: number,
): AsyncGenerator<PageRead<Page>, void> {
  const cursors = new Set<string>();
  const ahead = new Map<number, Promise<Page>>();
  let place = start;
  let rowsRead = 0;
  let largestTotal = 0;

  /** Only as far as the list goes by the latest count. */
  function readAhead(total: number) {
    const last = Math.ceil(total / place.pageSize);
    for (let page = place.page; page <= last && ahead.size < inFlight; page += 1) {
      if (ahead.has(page)) continue;
      const reading = read({ ...place, page });
      // Whoever gets to it hears of it; nobody may.
      reading.catch(() => undefined);
      ahead.set(page, reading);
    }
  }

  for (;;) {
    const page = await (ahead.get(place.page) ?? read(place));
    ahead.delete(place.page);
    rowsRead += page.rows.length;
    largestTotal = Math.max(largestTotal, page.total);
    // A server that goes round in circles would be read for ever.
    const tooMuch = rowsRead > 2 * largestTotal + SLACK_PAGES * place.pageSize;
    const next = page.rows.length === 0 || tooMuch ? null : nextPlace(place, page, cursors);
    yield { page, next };
    if (next === null) return;
    place = next;
    if (next.after === null) readAhead(page.total);
  }
}

function nextPlace(
  place: Place,
  { rows, hasMore, nextCursor }: AssetPage,
  cursors: Set<string>,
): Place | null {
  if (nextCursor !== null) {
    if (cursors.has(nextCursor)) return null;
    cursors.add(nextCursor);
    return { ...place, page: place.page + 1, after: nextCursor };
  }
  if (place.after !== null || !hasMore) return null;
  // A server whose pages are smaller than asked would leave holes between offsets.
  const pageSize = place.page === 1 ? Math.min(place.pageSize, rows.length) : place.pageSize;
  return { page: place.page + 1, pageSize, after: null };
}
