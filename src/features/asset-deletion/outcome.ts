import type { FinalState, JobItem, Problem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';
import { formatCount, formatNumber } from '@/lib/format';
import { isolate } from '@/lib/isolate';

/** What became of each asset, by id; who is not there, or not settled, was never sent. */
export type Results = ReadonlyMap<string, JobItem>;

export const isGone = (result: JobItem | undefined): boolean =>
  result?.state === 'deleted' || result?.state === 'already-gone';

/** What happened last, but a try that was never made does not hide what an earlier one found out. */
export function latest(before: Results, after: Results): Results {
  const all = new Map(before);
  for (const [id, item] of after) if (item.state !== 'queued' || !before.has(id)) all.set(id, item);
  return all;
}

/** What the provider confirmed, as one sentence. */
export function outcomeSentence(items: readonly PlanItem[], results: Results): string {
  const [only] = items;
  if (items.length === 1 && only !== undefined) {
    return sentenceForOne(isolate(only.name), endOf(results.get(only.id)));
  }
  const count = (end: FinalState) => items.filter(({ id }) => endOf(results.get(id)) === end).length;
  const deleted = count('deleted');
  const apart = [
    { count: count('already-gone'), word: 'already gone' },
    { count: count('changed'), word: 'changed meanwhile' },
    { count: count('unknown'), word: 'unknown' },
  ];
  const rest = items.length - deleted - apart.reduce((sum, each) => sum + each.count, 0);
  return [
    `${formatCount(deleted, 'asset was', 'assets were')} deleted`,
    ...[...apart, { count: rest, word: 'not deleted' }]
      .filter((each) => each.count > 0)
      .map((each) => `${formatNumber(each.count)} ${each.word}`),
  ].join(', ');
}

/** Null for what was never sent. */
function endOf(result: JobItem | undefined): FinalState | null {
  if (result === undefined || result.state === 'queued') return null;
  // On its way when nobody listened any more.
  return result.state === 'sending' ? 'unknown' : result.state;
}

function sentenceForOne(name: string, end: FinalState | null): string {
  switch (end) {
    case 'deleted':
      return `${name} was deleted`;
    case 'already-gone':
      return `${name} was already gone`;
    case 'unknown':
      return `Nobody knows whether ${name} was deleted`;
    default:
      return `${name} was not deleted`;
  }
}

export interface FailureWords {
  readonly reason: string;
  /** The provider's own words; null when it had none. */
  readonly said: string | null;
  /** For the provider's support; null when there is nothing to add. */
  readonly details: string | null;
}

/** Why one asset was not deleted. */
export function failureReason(result: JobItem | undefined): FailureWords {
  const outcome = result?.outcome ?? null;
  if (outcome === null) {
    const reason =
      result?.state === 'sending'
        ? 'Unknown: it was being deleted when the work stopped'
        : 'Not tried: the work was stopped before';
    return { reason, said: null, details: null };
  }
  const { problem } = outcome;
  return {
    reason: reasonOf(outcome.state, problem?.title ?? null),
    said: problem?.message ?? null,
    details: problem === null ? null : detailsOf(problem),
  };
}

function reasonOf(state: FinalState, title: string | null): string {
  switch (state) {
    case 'protected':
      return `Protected: ${title ?? 'the provider refuses this'}`;
    case 'changed':
      return 'Changed since it was selected, so it was not touched';
    case 'unknown':
      return `Unknown: ${title ?? 'nobody could find out whether it is gone'}`;
    default:
      return title ?? 'It failed';
  }
}

function detailsOf({ status, code, requestId }: Problem): string | null {
  const parts = [
    status === null ? null : `status ${status}`,
    code === null ? null : `code ${code}`,
    requestId === null ? null : `request id ${requestId}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}
