import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import type { JobRule } from '@/domain/job-rules';
import { anAsset } from '@/testing/assets';
import { anyLibrary, asIndexed } from '@/testing/any-library';
import { openTestLibrary } from '@/testing/library';
import { naiveJobs } from '@/testing/naive-jobs';
import { compare, micros } from '@/testing/naive-library';

import { JOB_SORTS, type JobSort } from './by-job';

let library: Awaited<ReturnType<typeof openTestLibrary>>;
beforeAll(async () => {
  library = await openTestLibrary();
});

/** The index has these, and nothing else. */
function fill(assets: readonly Asset[]) {
  library.sql.execute('DELETE FROM assets');
  library.call('write', { assets, pass: 1 });
}

const JOBS = ['job-1', 'job-2', 'job-3', "j'4", '🦊', '\uFFFD'];
/** Of the few jobs of any library more, so that some are as large as others. */
const assetsOfJobs = fc
  .tuple(anyLibrary, fc.array(fc.constantFrom(null, ...JOBS), { minLength: 12, maxLength: 12 }))
  .map(([assets, jobs]) => assets.map((asset, at) => ({ ...asset, jobId: jobs[at] ?? null })));
const anyRule: fc.Arbitrary<JobRule> = fc.oneof(
  fc.record({
    keep: fc.constantFrom('newest' as const, 'oldest' as const, 'largest' as const),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ keep: fc.constant('tagged' as const), tag: fc.constantFrom('output', '🦊', 'nobody') }),
);
const anyPinned = fc.subarray(['asset-1', 'a', '🦊', 'gone']);

type NaiveJob = ReturnType<typeof naiveJobs>[number];
const AMOUNTS: Readonly<Record<JobSort, (job: NaiveJob) => number>> = {
  bytes: ({ bytes }) => bytes,
  count: ({ total }) => total,
  newest: ({ newest }) => micros(newest),
};

describe('jobs of the index', () => {
  it('are what plain code finds, with what the rule keeps of each, page by page', () => {
    fc.assert(
      fc.property(
        assetsOfJobs,
        anyRule,
        anyPinned,
        fc.record({
          sort: fc.constantFrom(...JOB_SORTS),
          atLeast: fc.integer({ min: 1, max: 3 }),
          page: fc.integer({ min: 1, max: 3 }),
          pageSize: fc.integer({ min: 1, max: 4 }),
          mostMembers: fc.integer({ min: 1, max: 4 }),
        }),
        (assets, rule, pinned, about) => {
          fill(assets);
          const all = naiveJobs(assets, rule, new Set(pinned)).filter(({ total }) => total >= about.atLeast);
          const amount = AMOUNTS[about.sort];
          const sorted = all.sort((a, b) => amount(b) - amount(a) || compare(a.jobId, b.jobId));
          const shown = sorted.slice((about.page - 1) * about.pageSize, about.page * about.pageSize);
          expect(library.call('jobs', { ...about, rule, pinned })).toEqual({
            jobs: shown.map((job) => ({
              jobId: job.jobId,
              ...{ count: job.total, bytes: job.bytes, unknownSizes: job.unknownSizes },
              rest: job.rest.length,
              members: job.members.slice(0, about.mostMembers).map((asset) => ({
                asset: asIndexed(asset),
                kept: job.kept.get(asset.id) ?? null,
              })),
            })),
            total: all.length,
            withoutJob: assets.filter(({ jobId }) => jobId === null).length,
          });
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);
});

describe('what a rule lets go', () => {
  /** All parts, one after the other. */
  function readRest(params: {
    rule: JobRule;
    pinned: readonly string[];
    limit: number;
    withAssets: boolean;
  }) {
    const parts = [];
    for (let after: number | null | undefined = null; after !== undefined;) {
      const part: ReturnType<typeof library.call<'jobRest'>> = library.call('jobRest', { ...params, after });
      parts.push(part);
      after = part.next ?? undefined;
    }
    return parts;
  }
  const sumOf = (
    parts: ReturnType<typeof readRest>,
    what: 'count' | 'bytes' | 'unknownSizes' | 'jobs' | 'kept',
  ) => parts.reduce((sum, part) => sum + part[what], 0);

  it('is what plain code finds over all jobs, however small the parts are', () => {
    fc.assert(
      fc.property(
        assetsOfJobs,
        anyRule,
        anyPinned,
        fc.integer({ min: 1, max: 14 }),
        (assets, rule, pinned, limit) => {
          fill(assets);
          const jobs = naiveJobs(assets, rule, new Set(pinned));
          const rest = jobs.flatMap((job) => job.rest);
          const parts = readRest({ rule, pinned, limit, withAssets: true });
          const found = parts.flatMap((part) => part.assets);
          const byId = (left: Asset, right: Asset) => compare(left.id, right.id);
          expect([...found].sort(byId)).toEqual(rest.map(asIndexed).sort(byId));
          expect(sumOf(parts, 'count')).toBe(rest.length);
          expect(sumOf(parts, 'bytes')).toBe(rest.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0));
          expect(sumOf(parts, 'unknownSizes')).toBe(
            rest.filter(({ sizeBytes }) => sizeBytes === null).length,
          );
          expect(sumOf(parts, 'jobs')).toBe(jobs.filter((job) => job.rest.length > 0).length);
          expect(sumOf(parts, 'kept')).toBe(jobs.reduce((sum, { kept }) => sum + kept.size, 0));
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);

  it('never empties a job', () => {
    fc.assert(
      fc.property(assetsOfJobs, anyRule, anyPinned, (assets, rule, pinned) => {
        fill(assets);
        const going = new Set(
          readRest({ rule, pinned, limit: 3, withAssets: true }).flatMap((part) =>
            part.assets.map(({ id }) => id),
          ),
        );
        const staying = new Set(assets.filter(({ id }) => !going.has(id)).map(({ jobId }) => jobId));
        for (const { jobId } of assets) expect(staying).toContain(jobId);
        for (const id of pinned) expect(going).not.toContain(id);
      }),
    );
  }, 60_000);

  it('says how far it is', () => {
    fill(Array.from({ length: 10 }, (_, at) => anAsset({ id: `a${at}`, jobId: at < 9 ? `j${at}` : 'j0' })));
    const parts = readRest({ rule: { keep: 'newest', count: 1 }, pinned: [], limit: 4, withAssets: false });
    expect(parts.map(({ done, kept, count }) => [done, kept, count])).toEqual([
      // The job of the last asset began with the first.
      [0.4, 4, 1],
      [0.8, 4, 0],
      [1, 1, 0],
    ]);
  });

  it('is only counted when the assets are not asked for', () => {
    fill([anAsset({ id: 'a', jobId: 'j' }), anAsset({ id: 'b', jobId: 'j' })]);
    const [part, ...others] = readRest({
      rule: { keep: 'newest', count: 1 },
      pinned: [],
      limit: 10,
      withAssets: false,
    });
    expect(part).toEqual({
      assets: [],
      count: 1,
      bytes: 1_000,
      unknownSizes: 0,
      jobs: 1,
      kept: 1,
      next: null,
      done: 1,
    });
    expect(others).toEqual([]);
  });
});
