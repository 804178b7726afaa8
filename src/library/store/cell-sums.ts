import type { LibraryFilters } from '@/domain/library-query';

import { countMatching, indexedBy } from './count-matching';
import { allOf, assetConditions, cellConditions } from './filters-to-sql';
import { rememberer } from './remembered';
import type { Sql, SqlValue } from './sql';

/** Rows of cells with `assets`, `bytes` and `unknown_sizes` of those of their assets that match: for `FROM`. */
export interface Source {
  readonly from: string;
  readonly bound: readonly SqlValue[];
}

const COLUMNS = 'cell, kind, extension, tag_set, protection, state, project, project_name, language';

/** Everything that can be counted by what assets have in common comes from these. */
export function cellSums(sql: Sql, filters: LibraryFilters, now: number): Source {
  if (assetConditions(filters, now).length > 0)
    return remembered(sql, JSON.stringify([filters, now]), () => counted(sql, filters, now));
  const { where, bound } = allOf(cellConditions(filters));
  return { from: `(SELECT ${COLUMNS}, assets, bytes, unknown_sizes FROM cells WHERE ${where})`, bound };
}

const remembered = rememberer<Source>();

/** One pass over what matches; its sums are kept as text, since a table of them would have to be written. */
function counted(sql: Sql, filters: LibraryFilters, now: number): Source {
  const { condition, driver, seqs } = countMatching(sql, filters, now);
  const found =
    seqs === null
      ? { from: `assets ${indexedBy(driver)} WHERE ${condition.where}`, bound: condition.bound }
      : { from: 'assets WHERE seq IN (SELECT value FROM json_each(?))', bound: [JSON.stringify(seqs)] };
  const sums = sql.value(
    `SELECT json_group_array(json_array(cell, assets, bytes, unknown_sizes)) FROM (
      SELECT cell, count(*) AS assets, coalesce(sum(size), 0) AS bytes, count(*) - count(size) AS unknown_sizes
      FROM ${found.from} GROUP BY cell)`,
    found.bound,
  );
  const read = (at: number, name: string) => `json_extract(value, '$[${at}]') AS ${name}`;
  return {
    from: `(SELECT ${COLUMNS}, sums.assets, sums.bytes, sums.unknown_sizes FROM (
      SELECT ${read(0, 'cell')}, ${read(1, 'assets')}, ${read(2, 'bytes')}, ${read(3, 'unknown_sizes')}
      FROM json_each(?)) AS sums JOIN cells USING (cell))`,
    bound: [sums],
  };
}
