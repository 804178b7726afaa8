import type { Asset, JsonValue, Metadata } from './asset';
import type { AssetQuery, MetadataMatch } from './asset-query';
import { foldText } from './fold-text';

type Filters = Omit<AssetQuery, 'sort' | 'order' | 'page' | 'pageSize'>;

/**
 * Whether an asset can be what was asked for, by all that its row tells. Servers ignore what they do not know: one that
 * ignored a filter would hand over the whole library for a few matches.
 * @param supported names of the filters that the provider takes; others are not in force
 */
export function mayMatch(asset: Asset, query: Filters, supported: ReadonlySet<string>): boolean {
  return (
    (!supported.has('text') || hasText(asset, query.text)) &&
    (!supported.has('tags') || hasTags(asset, query)) &&
    (!supported.has('metadata') || query.metadata.every((match) => hasMetadata(asset, match))) &&
    (!supported.has('state') || isOneOf(asset.roughy?.state, query.state)) &&
    (!supported.has('project') || isOneOf(asset.roughy?.projectId, query.project))
  );
}

function hasText({ name, ownName = name }: Asset, text: string): boolean {
  return ownName === null || foldText(ownName).includes(foldText(text.trim()));
}

function hasTags({ tags }: Asset, { includeTags, excludeTags }: Filters): boolean {
  const has = (tag: string) => tags.includes(tag) || tags.includes(tag.trim());
  const isBlank = (tag: string) => tag.trim() === '';
  return includeTags.every((tag) => isBlank(tag) || has(tag)) && !excludeTags.some(has);
}

/** A row without any metadata tells nothing: not every list has them. */
function hasMetadata({ metadata }: Asset, { key, value }: MetadataMatch): boolean {
  return Object.keys(metadata).length === 0 || value === 'null' || metadataMatches(metadata, { key, value });
}

/** Whether the pair is there, at the top or in what was read from the file. `null` also is what is not there at all. */
export function metadataMatches(metadata: Metadata, { key, value }: MetadataMatch): boolean {
  const { file } = metadata;
  const inFile = isObject(file) && Object.hasOwn(file, key) ? file[key] : undefined;
  const own = Object.hasOwn(metadata, key) ? metadata[key] : inFile;
  return own === undefined || own === null ? value === 'null' : isLike(own, value);
}

/** A filter's value is written without its type, and of a list one value is enough. */
function isLike(value: JsonValue, asked: string): boolean {
  if (typeof value === 'object')
    return isList(value) ? value.some((each) => isLike(each, asked)) : value !== null;
  const wanted = asked.replace(/^"(.*)"$/s, '$1');
  return String(value) === wanted || (typeof value === 'number' && value === Number(wanted));
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isObject = (value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !isList(value);

const isOneOf = (value: string | undefined, asked: string | null): boolean =>
  asked === null || value === undefined || value === asked;
