import { explainLibraryError } from '@/library/explain-library-error';
import type { IndexView, SyncSummary, WalkProgress } from '@/library/library-index';
import { formatCount, formatNumber, formatRelative } from '@/lib/format';

/** How an index stands, in one line. */
export function standingWords(view: IndexView, now: number): string {
  const { state, walk, paused, count } = view;
  if (state === 'opening') return 'Opening the index…';
  if (state === 'failed') return explainLibraryError(view.error).title;
  if (walk !== null) return walkWords(walk, state === 'ready');
  if (state === 'none') return 'There is no index of this library yet';
  const soFar = `${formatCount(count, 'asset')} so far`;
  if (state === 'building') {
    return paused ? `The index is paused: ${soFar}` : `The index is not complete: ${soFar}`;
  }
  if (paused) return 'Reading everything anew is paused';
  const synced = view.syncedAt === null ? 'never synced' : `synced ${agoWords(view.syncedAt, now)}`;
  return `Index of ${formatCount(count, 'asset')}, ${synced}`;
}

function walkWords({ purpose, read, total, pass }: WalkProgress, isReady: boolean): string {
  if (purpose === 'sync' && read === 0) return 'Syncing the index: looking for what changed';
  const doing = isReady ? 'Reading everything anew' : 'Building the index';
  const done = total === null ? formatNumber(read) : `${formatNumber(read)} of ${formatNumber(total)}`;
  return pass === 1
    ? `${doing}: ${done} assets read`
    : `${doing}: looking again for what moved meanwhile, ${done}`;
}

/** How fast it goes, and how long it takes; empty at the beginning. */
export function paceWords({ rowsPerSecond, secondsLeft }: WalkProgress): string {
  if (rowsPerSecond === null) return '';
  const pace = `${formatNumber(Math.max(1, rowsPerSecond))} per second`;
  return secondsLeft === null || secondsLeft < 1 ? pace : `${pace} · ${leftWords(secondsLeft)}`;
}

/** Coarse on purpose: a guess that changes every second is noise. */
function leftWords(seconds: number): string {
  if (seconds <= 10) return 'a few seconds left';
  if (seconds <= 60) return `about ${formatNumber(Math.ceil(seconds / 10) * 10)} s left`;
  if (seconds <= 90 * 60) return `about ${formatNumber(Math.ceil(seconds / 60))} min left`;
  return `about ${formatCount(Math.ceil(seconds / 3_600), 'hour')} left`;
}

/** How long ago it was: coarse, and never in the future, though the clock of the page ticks seldom. */
export const agoWords = (at: number, now: number): string =>
  now - at < 60_000 ? 'just now' : formatRelative(new Date(at).toISOString(), now);

/** What is worth knowing besides, as sentences. */
export function remarksOn(view: IndexView): readonly string[] {
  const { state, lastSync, unreadable, unlisted, notKept, rebuilt } = view;
  const remarks: string[] = [];
  if (rebuilt !== null) remarks.push(`${rebuilt} Your library itself was not touched.`);
  if (notKept !== null) remarks.push(`${notKept} The index is in memory only: it goes with this page.`);
  if (state === 'building') remarks.push('What is shown of it is not complete.');
  if (state !== 'ready') return remarks;
  if (lastSync !== null) remarks.push(summaryWords(lastSync));
  if (unreadable > 0) {
    remarks.push(
      `${formatCount(unreadable, 'row')} could not be read and ${unreadable === 1 ? 'is' : 'are'} not in it.`,
    );
  }
  if (unlisted > 0) {
    remarks.push(`The provider counts ${formatNumber(unlisted)} more than its lists show.`);
  }
  return remarks;
}

function summaryWords({ added, changed, gone }: SyncSummary): string {
  const parts = [
    ...(added > 0 ? [`${formatNumber(added)} added`] : []),
    ...(changed > 0 ? [`${formatNumber(changed)} changed`] : []),
    ...(gone > 0 ? [`${formatNumber(gone)} gone`] : []),
  ];
  return parts.length === 0 ? 'The last sync found nothing new.' : `The last sync found ${parts.join(', ')}.`;
}

/** For ears: what changes with every page is said at each quarter only. */
export function announcement(view: IndexView, now: number): string {
  const { walk } = view;
  if (walk === null) return view.state === 'opening' ? '' : standingWords(view, now);
  if (walk.waiting !== null) return `Waiting: ${walk.waiting.why}`;
  const doing = view.state === 'ready' ? 'Syncing the index' : 'Building the index';
  if (walk.total === null || walk.total === 0) return doing;
  const quarter = Math.min(100, Math.floor((4 * walk.read) / walk.total) * 25);
  return `${doing}: ${quarter} %`;
}
