import type { Asset, Instant } from '@/domain/asset';
import { DEFAULT_QUERY, type AssetQuery, type SortField } from '@/domain/asset-query';

import { toMicros } from '../store/micros';
import { assetsOf, listPage, type WalkContext } from './context';
import { EVERYTHING, slicesOf, type Slice } from './slices';
import type { Complete, Marks } from './state';

/** Enough for what happens in a day, and little to read in vain. */
const FIRST_PAGE_SIZE = 100;
const MOST_RESTARTS = 3;

/** Where changes show: lists by these, newest first, begin with what changed. */
function frontsOf({ sortableBy }: WalkContext['provider']): readonly SortField[] {
  const moving = (['updated_at', 'last_access_time'] as const).filter((field) => sortableBy.includes(field));
  // Roughy has no other list, and its rows do not change once they are ready.
  return moving.includes('updated_at') ? moving : ['created_at', ...moving];
}

function valueOf(asset: Asset, field: SortField): number {
  const instant: Instant | null =
    field === 'updated_at'
      ? asset.updatedAt
      : field === 'last_access_time'
        ? asset.lastAccessedAt
        : asset.createdAt;
  return instant === null ? -Infinity : toMicros(instant);
}

const frontQuery = (field: SortField, slice: Slice = EVERYTHING): AssetQuery => ({
  ...DEFAULT_QUERY,
  ...slice,
  includePublic: false,
  sort: field,
  order: 'desc',
});

/** The latest value of each front at this moment: what comes later is found by beginning there. */
export async function readMarks(context: WalkContext): Promise<Marks> {
  const marks: Marks = {};
  for (const field of frontsOf(context.provider)) {
    const page = await listPage(context, { ...frontQuery(field), pageSize: 1 });
    const [newest] = assetsOf(context, page);
    if (newest !== undefined && valueOf(newest, field) > -Infinity) marks[field] = valueOf(newest, field);
  }
  return marks;
}

/** What reading the fronts brought. */
interface FrontsRead {
  readonly added: number;
  readonly changed: number;
  readonly marks: Marks;
  /** Of a list without tags, as the provider counted it last. */
  readonly total: number;
  /** Whether a list by tag had what one without tags hides. */
  readonly hides: boolean;
}

/** Reads what changed since, newest first, until rows are met that are known and unchanged. */
export async function readFronts(
  context: WalkContext,
  { marks: before, pass }: Pick<Complete, 'marks' | 'pass'>,
): Promise<FrontsRead> {
  const marks: Marks = { ...before };
  const added = new Set<string>();
  const changed = new Set<string>();
  let total = 0;
  let hides = false;
  const { provider } = context;
  for (const field of frontsOf(provider)) {
    // What a list without tags hides is not in its front either; its last uses are not worth four requests more.
    const slices = field === 'last_access_time' ? [EVERYTHING] : slicesOf(provider.connection.kind);
    const read = async (slice: Slice) => {
      const front = await readFront(context, frontQuery(field, slice), before[field] ?? -Infinity, pass);
      for (const id of front.added) added.add(id);
      for (const id of front.changed) changed.add(id);
      if (front.newest > -Infinity) marks[field] = Math.max(marks[field] ?? front.newest, front.newest);
      return front;
    };
    // First, so that what the others add is what it hides.
    ({ total } = await read(EVERYTHING));
    const others = await Promise.all(slices.filter((slice) => slice !== EVERYTHING).map(read));
    hides ||= others.some((front) => front.added.length > 0);
  }
  for (const id of added) changed.delete(id);
  return { added: added.size, changed: changed.size, marks, total, hides };
}

async function readFront(context: WalkContext, query: AssetQuery, mark: number, pass: number) {
  const { maxPageSize } = context.provider;
  const added: string[] = [];
  const changed: string[] = [];
  let newest = -Infinity;
  let total = 0;
  let rowsRead = 0;
  let restarts = 0;
  let after: string | null = null;
  let pageSize = Math.min(FIRST_PAGE_SIZE, maxPageSize);
  for (let page = 1; ; page += 1) {
    const answer = await listPage(context, { ...query, page, pageSize }, after);
    const shrank = page > 1 && after === null && answer.total < total;
    total = answer.total;
    if (shrank && restarts < MOST_RESTARTS) {
      // Rows went, and others moved up past the place where the last page ended.
      restarts += 1;
      page = 0;
      continue;
    }
    const assets = assetsOf(context, answer);
    const values = assets.map((asset) => valueOf(asset, query.sort));
    newest = Math.max(newest, ...values);
    const merged = await context.call('write', { assets: [...assets], pass });
    added.push(...merged.added);
    changed.push(...merged.changed);
    const news = new Set([...merged.added, ...merged.changed]);
    // Behind a row of that very moment there may be another of it, which came later.
    const isPast = values.some((value) => value < mark || value === -Infinity);
    // Up to the mark everything is known. Below it, what came late gets as far as a page.
    if (isPast && !assets.some(({ id }, at) => (values[at] ?? mark) <= mark && news.has(id))) break;
    rowsRead += answer.rows.length;
    // A server that goes round in circles would be read for ever.
    if (answer.rows.length === 0 || rowsRead > 2 * total + 20 * pageSize) break;
    if (answer.nextCursor === null ? after !== null || !answer.hasMore : answer.nextCursor === after) break;
    after = answer.nextCursor;
    if (pageSize < maxPageSize) {
      // There is much: then in large pages, and where only offsets lead on, from the beginning.
      pageSize = maxPageSize;
      if (after === null) page = 0;
    }
  }
  return { added, changed, newest, total };
}
