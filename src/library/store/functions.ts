import { metadataMatches } from '@/domain/matches-filters';

import { isJsonObject, parseJson } from './json';
import { asText, type Sql } from './sql';

/** Teaches the database what SQL cannot say. */
export function addFunctions(sql: Sql): void {
  sql.define('metadata_matches', (json, key, value) => {
    const metadata = parseJson(asText(json));
    const match = { key: asText(key), value: asText(value) };
    return isJsonObject(metadata) && metadataMatches(metadata, match) ? 1 : 0;
  });
}
