import { isAsset, type Asset } from '@/domain/asset';
import { DEFAULT_QUERY, type SortOrder } from '@/domain/asset-query';
import type { PlanItem } from '@/domain/plan';
import type { AssetProvider } from '@/providers/provider';

import { Halted, type ConnectionGate } from './connection-gate';

/** A page read by position. Places count in the order of creation, so that they only ever move up, when rows go. */
interface Span {
  /** Of the first row, and of the row after the last, when it was read. */
  readonly from: number;
  readonly to: number;
  /** When the first and the last row were created. */
  readonly first: number;
  readonly last: number;
  readonly isEnd: boolean;
  readonly readAt: number;
}

/** Each page must be worth ten looks, after a dozen that may be needed to find the place. */
const WORTH = 10;
const MOST_CREDIT = 12;
const ITEMS_PER_FIRST_PAGE = 20;
const FRESH_MS = 60_000;

/**
 * Reads list pages around assets whose time of creation is known: the items of a plan often lie side by side, and then
 * one page answers for hundreds. Rows move while they are being deleted, so an item may be missed; where pages do not
 * pay, it stops reading them.
 */
export class NearbyRows {
  readonly #provider: AssetProvider;
  readonly #gate: ConnectionGate;
  #credit: number;
  #order: SortOrder = 'desc';
  #span: Span | null = null;
  #goneSince = 0;

  /** @param total how many items the whole job has */
  constructor(provider: AssetProvider, gate: ConnectionGate, total: number) {
    this.#provider = provider;
    this.#gate = gate;
    this.#credit = Math.min(MOST_CREDIT, total / ITEMS_PER_FIRST_PAGE);
  }

  rowIsGone(): void {
    this.#goneSince += 1;
  }

  async read(
    items: readonly PlanItem[],
    isKnown: (item: PlanItem) => boolean,
    onRows: (assets: readonly Asset[], readAt: number) => void,
  ): Promise<void> {
    const strangers = items.filter((item) => !isKnown(item));
    this.#turnTowards(items);
    for (const item of strangers) {
      if (!isKnown(item) && !this.#hasCovered(item)) await this.#find(item, isKnown, onRows);
    }
    const found = items.filter(isKnown).length;
    this.#credit = Math.min(MOST_CREDIT, this.#credit + found / WORTH);
  }

  /** Pages are read in the direction in which the plan goes on. */
  #turnTowards(items: readonly PlanItem[]): void {
    const [first, last] = [items.at(0), items.at(-1)];
    if (first === undefined || last === undefined || first.createdAt === last.createdAt) return;
    const order = Date.parse(first.createdAt) < Date.parse(last.createdAt) ? 'asc' : 'desc';
    if (order === this.#order) return;
    this.#order = order;
    this.#span = null;
  }

  /** Whether the last page shows that the item has moved or gone. */
  #hasCovered(item: PlanItem): boolean {
    const span = this.#span;
    if (span === null || Date.now() - span.readAt > FRESH_MS) return false;
    const place = this.#placeOf(item.createdAt);
    return place >= span.first && (place < span.last || span.isEnd);
  }

  async #find(
    item: PlanItem,
    isKnown: (item: PlanItem) => boolean,
    onRows: (assets: readonly Asset[], readAt: number) => void,
  ): Promise<void> {
    const place = this.#placeOf(item.createdAt);
    let low = 0;
    let high = Infinity;
    let at = this.#span === null ? 0 : Math.max(0, this.#span.to - this.#goneSince);
    for (let reads = 1; this.#credit >= 1; reads += 1) {
      this.#credit -= 1;
      const page = await this.#readAt(at);
      if (page === null) return;
      onRows(page.assets, page.span.readAt);
      if (isKnown(item)) return;
      const { from, to, first, last, isEnd } = page.span;
      high = Math.min(high, page.total);
      if (place < first || to === from) high = Math.min(high, from);
      // Many may be of the very same time.
      else if (place >= last && !isEnd) low = Math.max(low, to);
      else return;
      if (low >= high) return;
      const isNextDoor = reads === 1 || place === last || high - low <= this.#provider.maxPageSize / 2;
      at = isNextDoor && low > 0 ? low : Math.floor((low + high) / 2);
    }
  }

  async #readAt(row: number) {
    const { page, pageSize } = pageAround(row, this.#provider.maxPageSize);
    const query = { ...DEFAULT_QUERY, sort: 'created_at' as const, order: this.#order, page, pageSize };
    const readAt = Date.now();
    try {
      const answer = await this.#gate.send(() => this.#provider.listAssets(query));
      const assets = answer.rows.filter(isAsset);
      const from = (page - 1) * pageSize;
      const places = assets.map(({ createdAt }) => this.#placeOf(createdAt));
      const span: Span = {
        ...{ from, readAt, to: from + answer.rows.length, isEnd: !answer.hasMore },
        ...{ first: places.at(0) ?? Infinity, last: places.at(-1) ?? -Infinity },
      };
      this.#span = span;
      this.#goneSince = 0;
      return { assets, span, total: answer.total };
    } catch (error) {
      // Looking at each asset tells the same, and what is wrong besides.
      if (!(error instanceof Halted)) this.#credit = 0;
      return null;
    }
  }

  /** Grows along the list, whatever its order. */
  #placeOf(createdAt: string): number {
    return this.#order === 'asc' ? Date.parse(createdAt) : -Date.parse(createdAt);
  }
}

/** The page that holds a row and as many of those after it as possible, at least half a page. @param row counts from 0 */
export function pageAround(
  row: number,
  maxPageSize: number,
): { readonly page: number; readonly pageSize: number } {
  let best = { page: 1, pageSize: maxPageSize, reach: 0 };
  for (let pageSize = maxPageSize; pageSize >= maxPageSize / 2; pageSize -= 1) {
    const page = Math.floor(row / pageSize) + 1;
    const reach = page * pageSize - row;
    if (reach > best.reach) best = { page, pageSize, reach };
  }
  return { page: best.page, pageSize: best.pageSize };
}
