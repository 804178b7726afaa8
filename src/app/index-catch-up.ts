import type { Ledger } from '@/cleanup/ledger';
import type { JobItem } from '@/domain/job';
import type { PlanAction } from '@/domain/plan';
import type { LibraryIndex } from '@/library/library-index';
import { JOBS_SEEN } from '@/library/walk/state';

/** Outcomes are written down a moment after they are dated, and not always in that order. */
const OVERLAP_MS = 60_000;
const BATCH = 1_000;

/**
 * What jobs have done since the index last heard of them: after a crash in between, and for changes of tags, of which
 * nobody tells each. Applied twice, it changes nothing the second time.
 * @throws LedgerError, LibraryError
 */
export async function catchUpWithJobs(
  index: LibraryIndex,
  ledger: Pick<Ledger, 'jobs' | 'batches'>,
): Promise<void> {
  const { [JOBS_SEEN]: seen } = await index.store.call('notes', { keys: [JOBS_SEEN] });
  if (typeof seen !== 'number') return;
  const since = seen - OVERLAP_MS;
  let newest = seen;
  const jobs = (await ledger.jobs()).filter(
    ({ connectionId, endedAt }) => connectionId === index.connectionId && (endedAt ?? Infinity) >= since,
  );
  // In the order in which they were made: an undo comes after what it undoes.
  for (const { id, action } of jobs.toReversed()) {
    for await (const batch of ledger.batches(id, BATCH)) {
      const news = batch.filter(({ outcome }) => outcome !== null && outcome.settledAt >= since);
      const gone = news.filter(({ state }) => state === 'deleted' || state === 'already-gone');
      if (gone.length > 0) await index.applyGone(gone.map(({ item }) => item.id));
      await applyEdits(index, action, news);
      newest = news.reduce((latest, { outcome }) => Math.max(latest, outcome?.settledAt ?? 0), newest);
    }
  }
  if (newest > seen) await index.store.call('note', { notes: { [JOBS_SEEN]: newest } });
}

async function applyEdits(index: LibraryIndex, action: PlanAction, news: readonly JobItem[]): Promise<void> {
  const edited = new Map(
    news.filter(({ state }) => state === 'edited').map(({ item, outcome }) => [item.id, outcome]),
  );
  if (edited.size === 0) return;
  const known = await index.store.call('assets', { ids: [...edited.keys()] });
  const tags = known.map(({ id, tags: now }): [string, readonly string[]] => {
    const outcome = edited.get(id);
    // Off, or on, by now: those that the job changed, and those that were so before.
    const meant = [...(outcome?.changedTags ?? []), ...(outcome?.unchangedTags ?? [])];
    return action.type === 'restore-tags'
      ? [id, [...new Set([...now, ...meant])]]
      : [id, now.filter((tag) => !meant.includes(tag))];
  });
  await index.applyTags(new Map(tags));
}
