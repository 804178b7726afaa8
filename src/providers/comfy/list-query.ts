import type { AssetQuery, MetadataMatch, SortField } from '@/domain/asset-query';
import { NotSentError } from '@/domain/errors';
import type { Query } from '@/http/url';
import type { PageBounds } from '../page-bounds';

/** The API's own upper bound of `limit`. */
export const MAX_PAGE_SIZE = 500;

const SORTS_WITH_CURSORS: readonly SortField[] = ['created_at', 'updated_at', 'name', 'size'];

/**
 * A query as the parameters of `GET /api/assets`.
 * @param after the cursor that takes the place of the offset; null or empty when there is none
 */
export function listParameters(
  query: AssetQuery,
  { limit, offset }: PageBounds,
  after: string | null,
  provider: string,
): Query {
  const hasCursor = after !== null && after !== '';
  if (hasCursor && !SORTS_WITH_CURSORS.includes(query.sort)) {
    throw new NotSentError('after', `${provider} has no cursors for the sort “${query.sort}”.`, provider);
  }
  return {
    include_tags: filterTags('includeTags', query.includeTags, provider),
    exclude_tags: filterTags('excludeTags', query.excludeTags, provider),
    name_contains: query.text,
    metadata_filter: metadataFilter(query.metadata, provider),
    limit,
    ...(hasCursor ? { after } : { offset }),
    sort: query.sort,
    order: query.order,
    // The API would default to true and list what nobody can delete.
    include_public: query.includePublic,
  };
}

/** Commas separate tags and cannot be escaped, so such a tag would silently ask for something else. */
function filterTags(field: string, tags: readonly string[], provider: string): readonly string[] {
  const impossible = tags.find((tag) => tag.includes(','));
  if (impossible === undefined) return tags.filter((tag) => tag.trim() !== '');
  const problem = `${provider} cannot filter by the tag “${impossible}”, because it contains a comma.`;
  throw new NotSentError(field, problem, provider);
}

function metadataFilter(matches: readonly MetadataMatch[], provider: string): string | null {
  const pairs = new Map<string, string>();
  for (const { key, value } of matches) {
    // A JSON object holds a key once: dropping one of the two would list more than was asked for.
    if ((pairs.get(key) ?? value) !== value) {
      throw new NotSentError('metadata', `“${key}” cannot have two values at once in a filter.`, provider);
    }
    pairs.set(key, value);
  }
  if (pairs.size === 0) return null;
  // `fromEntries` defines its keys, so that `__proto__` is one like any other.
  return JSON.stringify(Object.fromEntries(Array.from(pairs, ([key, value]) => [key, typedValue(value)])));
}

/** Servers compare by type: `5`, `true` and `null` are sent as JSON means them; `"5"` in quotes stays text. */
function typedValue(text: string): string | number | boolean | null {
  if (/^".*"$/s.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  const number = Number(text);
  // Only as it would be written back, so that `007` or `1.0` stay the text that they are.
  return text !== '' && Number.isFinite(number) && String(number) === text ? number : text;
}
