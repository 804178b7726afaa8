import type { Asset } from '@/domain/asset';
import type { KeptBecause } from '@/domain/job-rules';

import { ASSET_COLUMNS, assetFromRow } from './asset-row';
import { readMembers, type Keeping, type Member } from './job-members';
import { textsIn } from './json';
import { asNumber, asText, type Sql } from './sql';

export const JOB_SORTS = ['bytes', 'count', 'newest'] as const;
export type JobSort = (typeof JOB_SORTS)[number];

/** An asset of a job, and why it stays; null when it may go. */
export interface JobMember {
  readonly asset: Asset;
  readonly kept: KeptBecause | null;
}

/** What one generation left behind. */
export interface JobSummary extends Sizes {
  readonly jobId: string;
  /** How many the rule lets go. */
  readonly rest: number;
  /** Newest first; not all of them where there are many. */
  readonly members: readonly JobMember[];
}

interface Sizes {
  readonly count: number;
  /** Of the sizes that are known. */
  readonly bytes: number;
  readonly unknownSizes: number;
}

interface JobsQuestion extends Keeping {
  readonly sort: JobSort;
  /** Jobs with fewer assets are left out. */
  readonly atLeast: number;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Of each job. */
  readonly mostMembers: number;
}

const ORDER_BY: Readonly<Record<JobSort, string>> = {
  bytes: 'coalesce(sum(size), 0) DESC',
  count: 'count(*) DESC',
  newest: 'max(created) DESC',
};

/** Jobs, those with the most first, and what the rule keeps of each. Ties by id. */
export function readJobs(sql: Sql, { sort, atLeast, page, pageSize, mostMembers, ...keeping }: JobsQuestion) {
  const groups = 'FROM assets WHERE job IS NOT NULL GROUP BY job';
  const jobIds = sql
    .all(
      `SELECT job ${groups} HAVING count(*) >= $least ORDER BY ${ORDER_BY[sort]}, job LIMIT $limit OFFSET $offset`,
      {
        $least: atLeast,
        $limit: pageSize,
        $offset: (page - 1) * pageSize,
      },
    )
    .map((row) => asText(row['job']));
  const members = readMembers(sql, jobIds, keeping);
  const shown = [...members.values()].flatMap((job) => job.slice(0, mostMembers));
  const assets = readBySeq(sql, shown);
  const jobs: readonly JobSummary[] = [...members].map(([jobId, all]) => ({
    jobId,
    ...sizesOf(all),
    rest: all.filter(({ kept }) => kept === null).length,
    members: all.slice(0, mostMembers).flatMap(({ seq, kept }) => {
      const asset = assets.get(seq);
      return asset === undefined ? [] : [{ asset, kept }];
    }),
  }));
  const counts = sql.first(
    `SELECT count(*) FILTER (WHERE assets >= $least) AS jobs,
      (SELECT coalesce(sum(assets), 0) FROM cells) - coalesce(sum(assets), 0) AS without_job
    FROM (SELECT count(*) AS assets ${groups})`,
    { $least: atLeast },
  );
  return { jobs, total: asNumber(counts?.['jobs']), withoutJob: asNumber(counts?.['without_job']) };
}

/** What the rule lets go in one part of the jobs. */
export interface JobRest extends Sizes {
  /** The assets themselves, where they were asked for. */
  readonly assets: readonly Asset[];
  /** How many jobs it takes from, and how many assets of all these jobs stay. */
  readonly jobs: number;
  readonly kept: number;
  /** For the next part; null when this was the last. */
  readonly next: number | null;
  /** How much of all has been gone through, 0 to 1. */
  readonly done: number;
}

/**
 * What the rule lets go of all jobs, a part of them at a time: a million assets take their time, and other questions
 * come in between.
 * @param params.after the `next` of the part before it; null at first
 * @param params.limit about so many assets are looked at
 */
export function readJobRest(
  sql: Sql,
  {
    after,
    limit,
    withAssets,
    ...keeping
  }: Keeping & { readonly after: number | null; readonly limit: number; readonly withAssets: boolean },
): JobRest {
  const { jobIds, next, done } = nextJobs(sql, after ?? 0, limit);
  const jobs = [...readMembers(sql, jobIds, keeping).values()].map((members) => ({
    members,
    rest: members.filter(({ kept }) => kept === null),
  }));
  const rest = jobs.flatMap((job) => job.rest);
  const seen = jobs.reduce((sum, { members }) => sum + members.length, 0);
  return {
    assets: withAssets ? [...readBySeq(sql, rest).values()] : [],
    ...sizesOf(rest),
    jobs: jobs.filter((job) => job.rest.length > 0).length,
    kept: seen - rest.length,
    next,
    done,
  };
}

/**
 * Jobs of about so many assets, each with the first of its assets: those of one job mostly are stored near one another, and
 * to look for each at its own place of the file would take many times as long.
 */
function nextJobs(sql: Sql, after: number, limit: number) {
  const row = sql.first(
    `WITH part AS MATERIALIZED (SELECT seq, job FROM assets WHERE seq > $after ORDER BY seq LIMIT $limit)
    SELECT count(*) AS count, max(seq) AS last, (SELECT max(seq) FROM assets) AS of, json_group_array(job) FILTER (WHERE job IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM assets AS other WHERE other.job = part.job AND other.seq < part.seq)) AS jobs
    FROM part`,
    { $after: after, $limit: limit },
  );
  const jobIds = textsIn(asText(row?.['jobs']));
  if (asNumber(row?.['count']) < limit) return { jobIds, next: null, done: 1 };
  const next = asNumber(row?.['last']);
  return { jobIds, next, done: next / asNumber(row?.['of']) };
}

/** By `seq`. */
function readBySeq(sql: Sql, members: readonly Member[]): ReadonlyMap<number, Asset> {
  const seqs = JSON.stringify(members.map(({ seq }) => seq));
  const rows = sql.all(
    `SELECT ${ASSET_COLUMNS} FROM library WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    [seqs],
  );
  return new Map(rows.map((row) => [asNumber(row['seq']), assetFromRow(row)]));
}

function sizesOf(assets: readonly Pick<Member, 'sizeBytes'>[]): Sizes {
  const known = assets.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  return {
    count: assets.length,
    bytes: known.reduce((sum, bytes) => sum + bytes, 0),
    unknownSizes: assets.length - known.length,
  };
}
