import type { Condition } from './filters-to-sql';
import { asNumber, asNumberOrNull, type Sql } from './sql';

/** About which share of all assets meets a condition, 0 to 1, by what some of them are like. */
export function shareOf(sql: Sql, { where, bound }: Condition, sample: number): number {
  const last = asNumberOrNull(sql.value('SELECT max(seq) FROM assets')) ?? 0;
  const step = Math.max(1, Math.floor(last / sample));
  const row = sql.first(
    `WITH RECURSIVE places (seq) AS (SELECT 1 UNION ALL SELECT seq + ? FROM places WHERE seq < ?)
    SELECT count(*) AS looked_at, coalesce(sum(${where}), 0) AS found
    FROM places CROSS JOIN assets USING (seq)`,
    [step, last, ...bound],
  );
  return asNumber(row?.['found']) / Math.max(1, asNumber(row?.['looked_at']));
}
