import type { Asset, Instant, JsonValue } from '@/domain/asset';
import { KEPT_REASONS, type KeepRule, type KeptReason, type Rank } from '@/domain/saved-view';

import { countMatching, indexedBy } from './count-matching';
import type { Condition } from './filters-to-sql';
import { isJsonList, parseJson } from './json';
import { fromMicros } from './micros';
import { compareWithLast, type PolicyDifference, type PolicyQuestion } from './policy-notes';
import { readAssets } from './read-assets';
import { asNumber, asNumberOrNull, asText, type Sql, type SqlRow, type SqlValue } from './sql';

const SAMPLE = 20;
/** So many assets are sooner looked for than come upon. */
const FEW = 5_000;
const EXAMPLES = 3;

export interface PolicyRunParams extends PolicyQuestion {
  /** Ids that the person protected. */
  readonly pinned: readonly string[];
  /** ms since 1970; the same run asked for again has the same. */
  readonly now: number;
  /** Whether it counts as the last run, and is compared with the one before. */
  readonly record: boolean;
  /** How many are listed at most: a longer list is not compared either. */
  readonly longest: number;
}

export interface PolicyRun {
  readonly at: number;
  /** How many the view shows. */
  readonly matching: number;
  /** What the action would be done to. */
  readonly going: PolicyTotals;
  /** What would be left alone, in the order of KEPT_REASONS. */
  readonly kept: readonly KeptGroup[];
  /** The list, oldest first; the first of it when it is not whole. */
  readonly ids: readonly string[];
  readonly isWhole: boolean;
  /** The first of the list. */
  readonly sample: readonly Asset[];
  /** Null when there was no run before, or this one is not recorded. */
  readonly difference: PolicyDifference | null;
}

export interface PolicyTotals {
  readonly count: number;
  /** Each known content once. */
  readonly upToBytes: number;
  readonly unknownSizes: number;
  readonly oldest: Instant | null;
  readonly newest: Instant | null;
}

export interface KeptGroup {
  readonly reason: KeptReason;
  readonly count: number;
  /** Names of some. */
  readonly examples: readonly string[];
}

/**
 * What a policy would do, asset by asset, without doing any of it. A verdict for each asset of its view is kept in a
 * temporary table while it is counted: null is to go.
 */
export function runPolicy(sql: Sql, params: PolicyRunParams): PolicyRun {
  sql.execute('CREATE TEMP TABLE IF NOT EXISTS verdicts (seq INTEGER PRIMARY KEY, reason TEXT)');
  sql.run('DELETE FROM verdicts');
  judge(sql, params);
  if (params.policy.action.type === 'delete') keepPreviews(sql);
  const going = totals(sql);
  const isWhole = going.count <= params.longest;
  const names = listed(sql, isWhole, params.longest);
  const ids = [...names.keys()];
  const run = {
    at: params.now,
    matching: asNumber(sql.value('SELECT count(*) FROM verdicts')),
    ...{ going, kept: keptGroups(sql), ids, isWhole },
    sample: readAssets(sql, { ids: ids.slice(0, SAMPLE) }),
  };
  const difference = params.record ? compareWithLast(sql, params, { ...run, names }) : null;
  sql.run('DELETE FROM verdicts');
  return { ...run, difference };
}

const WITH_TAGS =
  'SELECT tag_set FROM tag_set_tags JOIN tags USING (tag) WHERE name IN (SELECT value FROM json_each(?))';

/** The reasons in their order: the first that holds counts. */
function judge(sql: Sql, { policy: { keep, keepTags, action }, filters, pinned, now }: PolicyRunParams) {
  const { condition: view, driver, total } = countMatching(sql, filters, now);
  // Many are sooner judged in the order in which they are stored.
  const by = total <= FEW ? indexedBy(driver) : 'NOT INDEXED';
  const bound: SqlValue[] = [JSON.stringify(pinned), JSON.stringify(keepTags)];
  if (action.type === 'remove-tags') bound.push(JSON.stringify(action.tags));
  sql.run(
    `INSERT INTO verdicts SELECT seq, CASE
      WHEN protection IS NOT NULL THEN protection
      WHEN id IN (SELECT value FROM json_each(?)) THEN 'pinned'
      WHEN tag_set IN (${WITH_TAGS}) THEN 'tagged'
      ${needsOf(keep)
        .map((column) => `WHEN ${column} IS NULL THEN 'unknown'`)
        .join(' ')}
      ${action.type === 'remove-tags' ? `WHEN tag_set NOT IN (${WITH_TAGS}) THEN 'no-such-tag'` : ''}
    END FROM assets ${by} CROSS JOIN cells USING (cell) WHERE ${view.where}`,
    [...bound, ...view.bound],
  );
  const kept = keptByRule(keep);
  if (kept === null) return;
  sql.run(
    `UPDATE verdicts SET reason = 'rule' WHERE (reason IS NULL OR reason = 'no-such-tag') AND ${kept.where}`,
    kept.bound,
  );
}

/** What the rule has to know of an asset. */
function needsOf(keep: KeepRule): readonly string[] {
  if (keep.type === 'copy') return ['hash'];
  if (keep.type === 'none') return [];
  return [...(keep.of === 'job' ? ['job'] : []), ...(keep.rank === 'largest' ? ['size'] : [])];
}

const ORDERS: Readonly<Record<Rank, string>> = {
  newest: 'created DESC, id',
  oldest: 'created, id',
  largest: 'size DESC NULLS LAST, id',
};

/** A condition on `verdicts`: of those of which all is known that the rule has to know. */
function keptByRule(keep: KeepRule): Condition | null {
  switch (keep.type) {
    case 'none':
      return null;
    case 'copy':
      return firstOfGroup('hash', keep.rank, 1);
    case 'first':
      if (keep.of === 'job') return firstOfGroup('job', keep.rank, keep.count);
      return {
        where: `seq IN (
          SELECT seq FROM verdicts CROSS JOIN assets USING (seq) ORDER BY ${ORDERS[keep.rank]} LIMIT ?)`,
        bound: [keep.count],
      };
  }
}

/**
 * Only groups that have too many are put in order, and those of them found that come too late. Which have is asked of all
 * assets: an index tells it, and that the view shows fewer of one does no harm.
 */
const firstOfGroup = (column: 'hash' | 'job', rank: Rank, count: number): Condition => ({
  where: `seq NOT IN (
    SELECT seq FROM (
      SELECT seq, row_number() OVER (PARTITION BY ${column} ORDER BY ${ORDERS[rank]}) AS place
      FROM verdicts CROSS JOIN assets USING (seq)
      WHERE ${column} IN (
        SELECT ${column} FROM assets INDEXED BY assets_by_${column}
        WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) > ?)
    ) WHERE place > ?)`,
  bound: [count, count],
});

const GOES = 'SELECT 1 FROM verdicts WHERE verdicts.seq = owners.seq AND reason IS NULL';

/** A preview stays with its owner, and may itself own one. */
function keepPreviews(sql: Sql): void {
  sql.run(
    `WITH RECURSIVE stays(seq) AS (
      SELECT assets.seq FROM assets AS owners JOIN assets ON assets.id = owners.preview_id
      WHERE owners.preview_id IS NOT NULL AND NOT EXISTS (${GOES})
      UNION
      SELECT assets.seq FROM stays JOIN assets AS owners ON owners.seq = stays.seq
      JOIN assets ON assets.id = owners.preview_id
    )
    UPDATE verdicts SET reason = 'preview-in-use' WHERE reason IS NULL AND seq IN stays`,
  );
}

/**
 * Ids and names on the list, oldest first; or where it is longer than that, of its beginning, met along the times of
 * creation. As one text: to hand a hundred thousand rows over one by one takes longer than to find them.
 */
function listed(sql: Sql, isWhole: boolean, longest: number): ReadonlyMap<string, string> {
  const from = isWhole
    ? 'verdicts JOIN assets USING (seq) WHERE reason IS NULL'
    : `assets INDEXED BY assets_by_created WHERE ${IS_LISTED}`;
  const list = sql.value(
    `SELECT json_group_array(json_array(id, name)) FROM (
      SELECT id, name FROM ${from} ORDER BY created, id LIMIT ?)`,
    [longest],
  );
  const pairs = parseJson(asText(list));
  return new Map(isJsonList(pairs) ? pairs.flatMap(pairOf) : []);
}

function pairOf(value: JsonValue): readonly (readonly [string, string])[] {
  const [id, name] = isJsonList(value) ? value : [];
  return typeof id === 'string' && typeof name === 'string' ? [[id, name]] : [];
}

const IS_LISTED = 'EXISTS (SELECT 1 FROM verdicts WHERE verdicts.seq = assets.seq AND reason IS NULL)';

function totals(sql: Sql): PolicyTotals {
  const row = sql.first(
    `SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes, count(*) - count(size) AS unknown_sizes,
      min(created) AS oldest, max(created) AS newest
    FROM verdicts JOIN assets USING (seq) WHERE reason IS NULL`,
  );
  const surplus = sql.value(
    `SELECT coalesce(sum(bytes - one), 0) FROM (
      SELECT sum(size) AS bytes, max(size) AS one FROM assets INDEXED BY assets_by_hash
      WHERE hash IN (SELECT hash FROM assets WHERE hash IS NOT NULL GROUP BY hash HAVING count(*) > 1)
      AND ${IS_LISTED} GROUP BY hash)`,
  );
  return {
    count: asNumber(row?.['count']),
    upToBytes: asNumber(row?.['bytes']) - asNumber(surplus),
    unknownSizes: asNumber(row?.['unknown_sizes']),
    oldest: instantOf(row, 'oldest'),
    newest: instantOf(row, 'newest'),
  };
}

function instantOf(row: SqlRow | null, column: string): Instant | null {
  const micros = asNumberOrNull(row?.[column] ?? null);
  return micros === null ? null : fromMicros(micros);
}

function keptGroups(sql: Sql): readonly KeptGroup[] {
  const counts = new Map(
    sql
      .all('SELECT reason, count(*) AS count FROM verdicts WHERE reason IS NOT NULL GROUP BY reason')
      .map(({ reason, count }) => [asText(reason), asNumber(count)]),
  );
  return KEPT_REASONS.flatMap((reason) => {
    const count = counts.get(reason);
    if (count === undefined) return [];
    const some = sql.all(
      'SELECT name FROM verdicts JOIN assets USING (seq) WHERE reason = ? ORDER BY seq LIMIT ?',
      [reason, EXAMPLES],
    );
    return [{ reason, count, examples: some.map(({ name }) => asText(name)) }];
  });
}
