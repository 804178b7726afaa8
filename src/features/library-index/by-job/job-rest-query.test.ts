import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';

import { anAsset } from '@/testing/assets';
import { indexOf } from '@/testing/pretend-index';

import { jobTotalsQuery } from './job-rest-query';

const RULE = { keep: 'newest', count: 1 } as const;

/** An index whose parts are of two assets each, and what the cache held before each of them. */
async function inSmallParts() {
  const index = await indexOf(
    Array.from({ length: 6 }, (_, at) => anAsset({ id: `a${at}`, jobId: `job-${Math.floor(at / 2)}` })),
  );
  const client = new QueryClient();
  const shown: (number | undefined)[] = [];
  const { store } = index;
  const query = jobTotalsQuery(
    {
      ...index,
      store: {
        ...store,
        call: (name, params, options) => {
          shown.push(client.getQueryData(query.queryKey)?.done);
          return store.call(name, { ...params, limit: 2 }, options);
        },
      },
    },
    RULE,
    [],
  );
  return { client, query, shown };
}

describe('what a rule lets go of all jobs', () => {
  it('is shown as far as it is added up, and as a whole in the end', async () => {
    const { client, query, shown } = await inSmallParts();
    const totals = await client.query(query);
    expect(shown).toEqual([undefined, 2 / 6, 4 / 6, 1]);
    expect(totals).toEqual({ count: 3, bytes: 3_000, unknownSizes: 0, jobs: 3, kept: 3, done: 1 });
  });

  it('stays as it was until it is added up anew', async () => {
    const { client, query, shown } = await inSmallParts();
    await client.query(query);
    shown.length = 0;
    await client.invalidateQueries({ queryKey: query.queryKey });
    await client.query(query);
    expect(shown).toEqual([1, 1, 1, 1]);
  });
});
