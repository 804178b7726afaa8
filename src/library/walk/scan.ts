import { isAsset } from '@/domain/asset';
import { InvalidRequestError } from '@/domain/errors';
import { readPages, type Place } from '@/providers/read-pages';

import { assetsOf, listPage, lookAt, PAGES_IN_FLIGHT, type WalkContext } from './context';
import { filtersFor, queryFor, slicesFor, slicesOf, type Slice } from './slices';
import { PASS, WALK, type Marks, type Walk } from './state';

/** A library that moves all the time ends it at some point; the next sync finds the rest. */
const MOST_ROUNDS = 6;
/** So few are looked at one by one, rather than reading everything once more. */
const FEW = 20;

/** A walk that has not read anything yet. */
export const newWalk = (
  { provider }: Pick<WalkContext, 'provider'>,
  about: {
    readonly purpose: Walk['purpose'];
    readonly pass: number;
    readonly marks: Marks;
    readonly newest: number | null;
  },
): Walk => ({
  ...about,
  startedAt: Date.now(),
  round: 1,
  step: 0,
  slices: slicesOf(provider.connection.kind).map(copied),
  ...AT_THE_BEGINNING,
  total: null,
  unreadable: 0,
  hides: false,
  quiet: null,
  ...{ requests: 0, added: 0, changed: 0, gone: 0 },
});

const AT_THE_BEGINNING = {
  slice: 0,
  place: null,
  tagsAsked: false,
  met: 0,
  missed: 0,
  unreadableInSlice: 0,
  sure: true,
} as const;

const copied = ({ includeTags, excludeTags }: Slice) => ({
  includeTags: [...includeTags],
  excludeTags: [...excludeTags],
});

/**
 * Reads a whole library into the index, from wherever the walk has come to. An offset skips rows when earlier ones go
 * meanwhile, so it is repeated until a pass finds nothing that was missed; then what was not met again is gone, if a
 * second such pass, or looking at each of them, says so too.
 * @throws ProviderError, LibraryError, or the signal's reason: the walk can go on where it was
 */
export async function scan(context: WalkContext, from: Walk): Promise<Walk> {
  let walk = from;
  for (;;) {
    walk = await readRound(context, walk);
    const found = walk.missed === 0 || walk.sure;
    if (found || walk.round >= MOST_ROUNDS) {
      const settled = await settleUnmet(context, walk);
      if (settled !== null) return settled;
      walk = { ...walk, quiet: walk.quiet ?? walk.pass };
    }
    walk = await nextRound(context, walk);
  }
}

/** Everything once more. */
export async function nextRound({ call, provider }: WalkContext, walk: Walk): Promise<Walk> {
  const { newest } = await call('standing', undefined);
  const next: Walk = {
    ...walk,
    ...AT_THE_BEGINNING,
    slices: slicesOf(provider.connection.kind).map(copied),
    pass: walk.pass + 1,
    round: walk.round + 1,
    newest,
  };
  await call('note', { notes: { [WALK]: next, [PASS]: next.pass } });
  return next;
}

async function readRound(context: WalkContext, from: Walk): Promise<Walk> {
  let walk = from;
  for (;;) {
    for (let slice = walk.slices[walk.slice]; slice !== undefined; slice = walk.slices[walk.slice]) {
      walk = await readSlice(context, walk, slice);
      if (walk.slice === 1 && walk.place === null) walk = await withoutCovered(context, walk);
    }
    if (walk.tagsAsked) return walk;
    walk = {
      ...walk,
      tagsAsked: true,
      slices: [...walk.slices, ...(await tagsNotCovered(context, walk)).map(copied)],
    };
  }
}

/** Tags of which the provider counts more than this pass has met: they mark what its other lists hide. */
async function tagsNotCovered(
  { call, provider, patience }: WalkContext,
  { slices, pass }: Walk,
): Promise<readonly Slice[]> {
  if (slicesOf(provider.connection.kind).length < 2 || provider.listTags === undefined) return [];
  const listTags = provider.listTags.bind(provider);
  const tags = await patience.ask((signal) => listTags({ prefix: '' }, { signal }));
  const asked = slicesFor(tags.map(({ name }) => name)).filter(
    ({ includeTags: [tag] }) => !slices.some(({ includeTags }) => includeTags.some((each) => each === tag)),
  );
  const counts = await call('countScopes', { scopes: asked.map(filtersFor), pass });
  const counted = new Map(tags.map(({ name, count }) => [name, count]));
  return asked.filter(({ includeTags: [tag = ''] }, at) => (counted.get(tag) ?? 0) > (counts[at] ?? 0));
}

/** Without the lists by tag of which, by their counts, the list without tags has shown everything. */
async function withoutCovered(context: WalkContext, walk: Walk): Promise<Walk> {
  const { call, provider, patience } = context;
  const byTag = walk.slices.slice(1);
  if (byTag.length === 0) return walk;
  const totals = await Promise.all(
    byTag.map(
      async (slice) => (await listPage(context, { ...queryFor(slice, provider), pageSize: 1 })).total,
    ),
  );
  const counts = await call('countScopes', { scopes: byTag.map(filtersFor), pass: walk.pass });
  // More than are there now means that some went meanwhile: then the numbers prove nothing.
  const left = byTag.filter((_, at) => counts[at] !== totals[at]);
  return {
    ...walk,
    slices: [...walk.slices.slice(0, 1), ...left.map(copied)],
    requests: walk.requests + patience.takeCount(),
  };
}

async function readSlice(context: WalkContext, from: Walk, slice: Slice): Promise<Walk> {
  const start = from.place ?? { page: 1, pageSize: context.provider.maxPageSize, after: null };
  try {
    return await readFrom(context, from, slice, start);
  } catch (error) {
    // A cursor may have become too old while the page was closed.
    if (!(error instanceof InvalidRequestError) || start.after === null) throw error;
    return readFrom(context, from, slice, { ...start, page: 1, after: null });
  }
}

async function readFrom(context: WalkContext, from: Walk, slice: Slice, start: Place): Promise<Walk> {
  const { call, provider, patience, onProgress } = context;
  const query = queryFor(slice, provider);
  const isFirst = from.slice === 0;
  let walk = from;
  let asked: Place = start;
  const read = ({ page, pageSize, after }: Place) => listPage(context, { ...query, page, pageSize }, after);
  for await (const { page, next } of readPages(read, start, PAGES_IN_FLIGHT)) {
    const sent = patience.takeCount();
    const unreadable = walk.unreadableInSlice + page.rows.filter((row) => !isAsset(row)).length;
    walk = {
      ...walk,
      ...(next === null
        ? { slice: walk.slice + 1, place: null, unreadableInSlice: 0 }
        : { place: next, unreadableInSlice: unreadable }),
      // Nothing is skipped behind a cursor, or at the very beginning.
      sure: walk.sure && (asked.after !== null || asked.page === 1),
      unreadable: Math.max(walk.unreadable, unreadable),
      total: isFirst ? page.total : walk.total,
      requests: walk.requests + sent,
      step: walk.step + 1,
    };
    walk = await call('walkStep', { assets: assetsOf(context, page), walk, isHidden: !isFirst });
    onProgress({ met: walk.met, total: walk.total, round: walk.round });
    if (next === null) break;
    if (!isFirst && asked.page === 1 && (await isCovered(context, slice, page.total, walk.pass))) {
      return { ...walk, slice: walk.slice + 1, place: null, unreadableInSlice: 0 };
    }
    asked = next;
  }
  return walk;
}

/** Whether this pass has met all of a slice, so that the rest of it need not be read. */
async function isCovered({ call }: WalkContext, slice: Slice, total: number, pass: number): Promise<boolean> {
  const [count = 0] = await call('countScopes', { scopes: [filtersFor(slice)], pass });
  return count >= total;
}

/** What this pass did not meet. @returns null when nobody can tell yet whether it is gone */
async function settleUnmet(context: WalkContext, walk: Walk): Promise<Walk | null> {
  const { call, provider } = context;
  const fewer = Math.max(FEW, Math.ceil((walk.total ?? 0) / provider.maxPageSize));
  const { count, ids } = await call('unmet', { pass: walk.pass, limit: fewer });
  if (count === 0) return walk;
  if (count <= fewer) {
    const { there, gone } = await lookAt(context, ids);
    await call('write', { assets: [...there], pass: walk.pass });
    await call('remove', { ids: gone });
    return { ...walk, gone: walk.gone + gone.length };
  }
  if (walk.quiet === null) return walk.round >= MOST_ROUNDS ? walk : null;
  const gone = await call('removeUnmet', { pass: walk.quiet });
  return { ...walk, gone: walk.gone + gone };
}
