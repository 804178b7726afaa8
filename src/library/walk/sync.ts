import { listPage, type WalkContext } from './context';
import { findGone } from './find-gone';
import { readFronts, readMarks } from './fronts';
import { newWalk, nextRound, scan } from './scan';
import { filtersFor, queryFor, scopesOf, type Slice } from './slices';
import { COMPLETE, JOBS_SEEN, PASS, WALK, type Complete, type Walk } from './state';
import { readUnfinished } from './unfinished';

/** A library that changes while it is looked at is looked at again. */
const ATTEMPTS = 4;
/** Where unreadable rows are among those counted, only reading all of it once more tells what went. */
const MORE_ROUNDS = 2;

/** Begins to read everything, or goes on doing so; then what changed meanwhile is read. */
export async function build(context: WalkContext, purpose: Walk['purpose']): Promise<void> {
  const { call } = context;
  const standing = await call('standing', undefined);
  let walk = standing.walk;
  if (walk === null) {
    const marks = await readMarks(context);
    walk = newWalk(context, { purpose, pass: standing.pass + 1, marks, newest: standing.newest });
    // What jobs did before is in what is read from now on.
    await call('note', { notes: { [WALK]: walk, [PASS]: walk.pass, [JOBS_SEEN]: walk.startedAt } });
  }
  await finish(context, await scan(context, walk), standing.complete, MORE_ROUNDS);
}

/**
 * Finds what changed since, for requests in proportion to that: by what was updated, and by counts where something went.
 * Only what cannot be found so makes it read everything.
 */
export async function sync(context: WalkContext): Promise<void> {
  const { call } = context;
  const { complete, walk } = await call('standing', undefined);
  if (complete === null || walk !== null) return build(context, 'sync');
  const startedAt = Date.now();
  const found = await catchUp(context, complete);
  if (!found.isSettled) return build(context, 'sync');
  const { added, changed, gone, marks, hides, gaps } = found;
  const endedAt = Date.now();
  const requests = context.patience.takeCount();
  const lastSync = { added, changed, gone, requests, startedAt, endedAt };
  const next: Complete = { ...complete, syncedAt: endedAt, marks, hides, gaps: [...gaps], lastSync };
  await call('note', { notes: { [COMPLETE]: next } });
}

async function finish(
  context: WalkContext,
  walk: Walk,
  before: Complete | null,
  moreRounds: number,
): Promise<void> {
  const { marks, hides, pass } = walk;
  const found = await catchUp(context, {
    ...{ marks, hides, pass },
    gaps: scopesOf(hides).map(() => (hides ? 0 : walk.unreadable)),
  });
  if (found.hasMore && moreRounds > 0) {
    const again = await scan(context, await nextRound(context, counted(walk, found)));
    return finish(context, again, before, moreRounds - 1);
  }
  const unreadable = Math.min(walk.unreadable, Math.max(0, ...found.gaps));
  const sum = counted(walk, found);
  const endedAt = Date.now();
  const complete: Complete = {
    ...{ syncedAt: endedAt, pass, unreadable },
    ...{ marks: found.marks, hides: found.hides },
    gaps: [...found.gaps],
    lastSync:
      before === null
        ? null
        : {
            ...{ added: sum.added, changed: sum.changed, gone: sum.gone },
            requests: sum.requests + context.patience.takeCount(),
            startedAt: walk.startedAt,
            endedAt,
          },
  };
  await context.call('note', { notes: { [COMPLETE]: complete, [WALK]: null } });
}

const counted = (walk: Walk, { added, changed, gone }: CaughtUp): Walk => ({
  ...walk,
  added: walk.added + added,
  changed: walk.changed + changed,
  gone: walk.gone + gone,
});

interface CaughtUp extends Pick<Complete, 'marks' | 'hides'> {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly gaps: readonly number[];
  /** Whether the counts are as expected in the end. */
  readonly isSettled: boolean;
  /** Whether the index seems to have more than the provider, and nobody could find out what. */
  readonly hasMore: boolean;
}

/** Reads what is new or different, and looks for what is gone until the counts agree. */
async function catchUp(
  context: WalkContext,
  from: Pick<Complete, 'marks' | 'hides' | 'pass' | 'gaps'>,
): Promise<CaughtUp> {
  const { call } = context;
  const { pass } = from;
  let { marks, hides, gaps } = from;
  const unfinished = await readUnfinished(context, pass);
  let added = 0;
  let { changed, gone } = unfinished;
  for (let attempt = 1; ; attempt += 1) {
    const fronts = await readFronts(context, { marks, pass });
    ({ marks } = fronts);
    added += fronts.added;
    changed += fronts.changed;
    if (fronts.hides && !hides) {
      hides = true;
      gaps = scopesOf(hides).map(() => 0);
    }

    const scopes = scopesOf(hides);
    const totals = hides ? await countAtProvider(context, scopes) : [fronts.total];
    const before = await gapsOf(context, scopes, totals);
    const off = scopes.flatMap((scope, at) => (before[at] === gaps[at] ? [] : [{ scope, at }]));
    const result = { added, changed, gone, marks };
    if (off.length === 0) return { ...result, hides, gaps, isSettled: true, hasMore: false };

    let hopeless = false;
    let hasMore = false;
    for (const { scope, at } of off) {
      const total = totals[at] ?? 0;
      // Once more: what was found in one part may have been in this one, too.
      const [gap = 0] = await gapsOf(context, [scope], [total]);
      if (gap === gaps[at]) continue;
      // More at the provider: what was added in this moment, which the next attempt finds. Else nobody knows where it is.
      if (gap > (gaps[at] ?? 0)) hopeless ||= attempt > 1 && fronts.added === 0;
      else if (gaps[at] !== 0) hopeless = hasMore = true;
      else {
        const found = await findGone(context, scope, { total, count: total - gap, isSure: !hides });
        if (found === 'unclear') hopeless = hasMore = true;
        else if (found !== 'moved') {
          await call('remove', { ids: found.ids });
          gone += found.ids.length;
          // Not gone, but in this part no more: its tags were changed between two counts.
          const merged = await call('write', { assets: [...found.there], pass });
          changed += merged.changed.length;
          if (found.ids.length === 0 && merged.changed.length === 0) hopeless = hasMore = true;
        }
      }
    }
    if (hopeless || attempt === ATTEMPTS) {
      // What only moved too fast is looked at again next time; the rest is how this provider counts.
      return {
        ...{ added, changed, gone, marks },
        hides,
        gaps: hopeless ? await gapsOf(context, scopes, totals) : gaps,
        isSettled: false,
        hasMore,
      };
    }
  }
}

/** By how much the provider counts more than the index has by now, for each of these parts. */
async function gapsOf(
  { call }: WalkContext,
  scopes: readonly Slice[],
  totals: readonly number[],
): Promise<readonly number[]> {
  const counts = await call('countScopes', { scopes: scopes.map(filtersFor), pass: null });
  return counts.map((count, at) => (totals[at] ?? 0) - count);
}

/** Counts of these parts, one request each. */
async function countAtProvider(context: WalkContext, scopes: readonly Slice[]): Promise<readonly number[]> {
  const totals: number[] = [];
  for (const scope of scopes) {
    const { total } = await listPage(context, { ...queryFor(scope, context.provider), pageSize: 1 });
    totals.push(total);
  }
  return totals;
}
