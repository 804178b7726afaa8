import { queryOptions } from '@tanstack/react-query';

import type { JobRule } from '@/domain/job-rules';
import type { LibraryIndex } from '@/library/library-index';
import type { JobRest } from '@/library/store/by-job';
import { libraryKeys, UNTIL_NEWS } from '@/queries/library-queries';

/** So many are looked at in one go: short enough that other questions need not wait, */
const PART = 5_000;
/** and so many where the assets themselves are handed to the page, which must not stall on them. */
export const PART_WITH_ASSETS = 1_000;

/** What a rule lets go and what stays, over all jobs. */
export interface JobTotals {
  readonly count: number;
  readonly bytes: number;
  readonly unknownSizes: number;
  readonly jobs: number;
  readonly kept: number;
  /** How much of all these are the sum of, 0 to 1. */
  readonly done: number;
}

/** Adds up what the rule lets go, part by part. What there is so far is shown, unless all was added up before. */
export const jobTotalsQuery = (index: LibraryIndex, rule: JobRule, pinned: readonly string[]) =>
  queryOptions({
    queryKey: [...libraryKeys.all(index.connectionId), 'job-totals', rule, pinned],
    queryFn: async ({ signal, client, queryKey }): Promise<JobTotals> => {
      let sum: JobTotals = { count: 0, bytes: 0, unknownSizes: 0, jobs: 0, kept: 0, done: 0 };
      const isShown = () => client.getQueryData<JobTotals>(queryKey)?.done === 1;
      let after: number | null = null;
      do {
        const params = { rule, pinned, limit: PART, withAssets: false };
        const part: JobRest = await index.store.call('jobRest', { ...params, after }, { signal });
        sum = {
          count: sum.count + part.count,
          bytes: sum.bytes + part.bytes,
          unknownSizes: sum.unknownSizes + part.unknownSizes,
          jobs: sum.jobs + part.jobs,
          kept: sum.kept + part.kept,
          done: part.done,
        };
        after = part.next;
        if (after !== null && !isShown()) client.setQueryData(queryKey, sum);
      } while (after !== null);
      return sum;
    },
    ...UNTIL_NEWS,
  });
