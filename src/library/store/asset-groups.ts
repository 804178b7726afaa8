import { ASSET_KINDS } from '@/domain/asset';

import {
  treemapCells,
  type AssetGroup,
  type Measure,
  type TreemapBy,
  type TreemapCell,
} from '../treemap-cells';

import { textsIn } from './json';
import { asNumber, asText, asTextOrNull, type Sql } from './sql';

interface NamedGroup extends AssetGroup {
  readonly projectName: string | null;
}

/** All assets in groups of those that are alike, from what the database counts anyway. */
export function readGroups(sql: Sql): readonly NamedGroup[] {
  const rows = sql.all(
    `SELECT kind, extension, names AS tags, project, max(project_name) AS project_name,
      sum(assets) AS assets, sum(bytes) AS bytes, sum(unknown_sizes) AS unknown_sizes
    FROM cells JOIN tag_sets USING (tag_set) WHERE assets > 0
    GROUP BY kind, extension, tag_set, project ORDER BY kind, extension, tag_set, project`,
  );
  return rows.map((row) => ({
    kind: ASSET_KINDS.find((kind) => kind === row['kind']) ?? 'other',
    extension: asText(row['extension']),
    tags: textsIn(asText(row['tags'])),
    projectId: asTextOrNull(row['project']),
    projectName: asTextOrNull(row['project_name']),
    count: asNumber(row['assets']),
    bytes: asNumber(row['bytes']),
    unknownSizes: asNumber(row['unknown_sizes']),
  }));
}

export interface TreemapAnswer {
  /** As it was asked: an answer may stand in while the next is on its way. */
  readonly by: TreemapBy;
  readonly measure: Measure;
  readonly cells: readonly TreemapCell[];
}

/** The parts of the whole library, for a treemap. */
export const readTreemap = (
  sql: Sql,
  { by, measure }: { readonly by: TreemapBy; readonly measure: Measure },
): TreemapAnswer => ({ by, measure, cells: treemapCells(readGroups(sql), by, measure) });
