import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import type { Ledger } from '@/cleanup/ledger';
import type { JobItem } from '@/domain/job';

import { statesOf, type Outcome } from './job-counts';
import { outcomeOf, REASONS } from './outcome-words';

export type ItemReader = Pick<Ledger, 'items' | 'batches'>;

export const ITEMS_PER_PAGE = 100;

export interface ItemFilter {
  readonly outcome: Outcome | null;
  /** Part of a name or id. */
  readonly text: string;
  /** From 1. */
  readonly page: number;
}

/** What a revision of the ledger says never changes; old revisions are not worth their memory. */
const OF_LEDGER = {
  placeholderData: keepPreviousData,
  staleTime: Infinity,
  gcTime: 5_000,
  retry: false,
  // Nothing goes over the network.
  networkMode: 'always',
} as const;

/** @param revision changes with the job's counts */
export const itemsQuery = (reader: ItemReader, jobId: string, filter: ItemFilter, revision: string) =>
  queryOptions({
    ...OF_LEDGER,
    queryKey: ['job-items', jobId, filter, revision],
    queryFn: () =>
      reader.items(jobId, {
        ...(filter.outcome === null ? {} : { states: statesOf(filter.outcome) }),
        ...(filter.text === '' ? {} : { text: filter.text }),
        offset: (filter.page - 1) * ITEMS_PER_PAGE,
        limit: ITEMS_PER_PAGE,
      }),
  });

export interface Cause {
  readonly outcome: Outcome;
  readonly title: string;
  readonly hint: string | null;
  readonly count: number;
}

const CAUSED: readonly Outcome[] = ['protected', 'changed', 'failed', 'unknown'];
const BATCH = 1_000;

/** Why assets are still there, most frequent first. */
export const causesQuery = (reader: ItemReader, jobId: string, revision: string) =>
  queryOptions({
    ...OF_LEDGER,
    queryKey: ['job-causes', jobId, revision],
    queryFn: () => readCauses((page) => reader.items(jobId, page)),
  });

async function readCauses(
  read: (page: Parameters<ItemReader['items']>[1]) => ReturnType<ItemReader['items']>,
): Promise<readonly Cause[]> {
  const causes = new Map<string, Cause>();
  const states = CAUSED.flatMap(statesOf);
  for (let offset = 0; ; offset += BATCH) {
    const { items, total } = await read({ states, offset, limit: BATCH });
    for (const item of items) {
      const cause = causeOf(item);
      const key = `${cause.outcome} ${cause.title}`;
      causes.set(key, { ...cause, count: (causes.get(key)?.count ?? 0) + 1 });
    }
    if (items.length === 0 || offset + items.length >= total) break;
  }
  return [...causes.values()].toSorted((left, right) => right.count - left.count);
}

function causeOf({ state, outcome }: JobItem): Omit<Cause, 'count'> {
  const kind = outcomeOf(state);
  const problem = outcome?.problem ?? null;
  return { outcome: kind, title: problem?.title ?? REASONS[kind] ?? '', hint: problem?.hint ?? null };
}
