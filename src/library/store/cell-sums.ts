import type { LibraryFilters } from '@/domain/library-query';

import { beyondOf, countMatching, indexedBy, SUMS, type Matching } from './count-matching';
import { allOf, assetConditions, cellConditions, type Condition } from './filters-to-sql';
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
  const found = countedBy(filters, countMatching(sql, filters, now));
  const sums = sql.value(
    `SELECT json_group_array(json_array(cell, assets, bytes, unknown_sizes)) FROM (${found.from})`,
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

/** The sums of each cell, in the way in which it was counted how many match. */
function countedBy(filters: LibraryFilters, { condition, driver, seqs, lone }: Matching): Source {
  const perCell = (from: string) => `SELECT cell, ${SUMS} FROM ${from} GROUP BY cell`;
  if (seqs !== null) {
    const from = perCell('assets WHERE seq IN (SELECT value FROM json_each(?))');
    return { from, bound: [JSON.stringify(seqs)] };
  }
  const inIndex = ({ where }: Condition) => perCell(`assets ${indexedBy(driver)} WHERE ${where}`);
  if (lone === null) return { from: inIndex(condition), bound: condition.bound };
  const cells = allOf(cellConditions(filters));
  const beyond = beyondOf(lone, filters);
  const { assets, bytes, unknownSizes } = lone.known;
  const parts = [
    `SELECT cell, ${assets} AS assets, ${bytes} AS bytes, ${unknownSizes} AS unknown_sizes FROM cells WHERE ${cells.where}`,
    ...beyond.map((each) => `SELECT cell, -assets, -bytes, -unknown_sizes FROM (${inIndex(each)})`),
  ];
  return {
    from: `SELECT cell, sum(assets) AS assets, sum(bytes) AS bytes, sum(unknown_sizes) AS unknown_sizes
      FROM (${parts.join(' UNION ALL ')}) GROUP BY cell`,
    bound: [...cells.bound, ...beyond.flatMap(({ bound }) => bound)],
  };
}
