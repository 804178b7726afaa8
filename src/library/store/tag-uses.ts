import { asNumber, asText, type Sql } from './sql';

/** One tag and what has it. */
export interface TagUses {
  readonly name: string;
  readonly count: number;
  /** Of the sizes that are known. */
  readonly bytes: number;
  readonly unknownSizes: number;
  /** When one of its assets was last used, or created where that is unknown: microseconds since 1970. */
  readonly lastUse: number;
}

interface Known {
  readonly changes: number;
  readonly uses: readonly TagUses[];
}

const known = new WeakMap<Sql, Known>();

/** Every tag that an asset has. Counted anew only after something was written: typing into a search box changes nothing. */
export function readTagUses(sql: Sql): readonly TagUses[] {
  const changes = asNumber(sql.value('SELECT total_changes()'));
  const before = known.get(sql);
  if (before?.changes === changes) return before.uses;
  const uses = count(sql);
  known.set(sql, { changes, uses });
  return uses;
}

/** What has the same tags is looked at once. */
const count = (sql: Sql): readonly TagUses[] =>
  sql
    .all(
      `WITH last AS (SELECT cell, max(coalesce(used, created)) AS use
         FROM assets INDEXED BY assets_by_cell GROUP BY cell)
       SELECT name, sum(assets) AS count, sum(bytes) AS bytes, sum(unknown_sizes) AS unknown, max(last.use) AS use
       FROM tags JOIN tag_set_tags USING (tag) JOIN cells USING (tag_set) JOIN last USING (cell)
       GROUP BY tag`,
    )
    .map((row) => ({
      name: asText(row['name']),
      count: asNumber(row['count']),
      bytes: asNumber(row['bytes']),
      unknownSizes: asNumber(row['unknown']),
      lastUse: asNumber(row['use']),
    }));
