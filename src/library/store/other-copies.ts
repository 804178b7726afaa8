import type { SeenAsset } from '@/domain/plan';

import { ASSET_COLUMNS, assetFromRow } from './asset-row';
import { GROUPINGS } from './copy-groups';
import { MISSING_TAG } from './filters-to-sql';
import type { Sql } from './sql';

/** So many others of each content are enough to know that one stays. */
const MOST = 2;

/**
 * Copies of what somebody wants to delete that are not to be deleted themselves, those first that are the surest to stay.
 * @param params.groups ids that are asked for, all of one content together
 */
export function readOtherCopies(
  sql: Sql,
  { groups }: { readonly groups: readonly (readonly string[])[] },
): readonly SeenAsset[] {
  return groups.flatMap((ids) => {
    const asked = JSON.stringify(ids);
    // Whatever was seen of them: the index says what they are now.
    const like = sql.all(
      `SELECT DISTINCT hash, iif(hash IS NULL, folded, NULL) AS folded, iif(hash IS NULL, size, NULL) AS size
      FROM assets WHERE id IN (SELECT value FROM json_each(?))`,
      [asked],
    );
    return like.flatMap((row) => {
      const { where, columns } = GROUPINGS[row['hash'] === null ? 'maybe' : 'same'];
      const others = sql.all(
        `SELECT ${ASSET_COLUMNS} FROM library WHERE ${where} AND ${columns.map((column) => `${column} = ?`).join(' AND ')}
        AND id NOT IN (SELECT value FROM json_each(?))
        ORDER BY ${MISSING_TAG}, protection IS NULL, created, id LIMIT ${MOST}`,
        [...columns.map((column) => row[column] ?? null), asked],
      );
      return others.map(assetFromRow);
    });
  });
}
