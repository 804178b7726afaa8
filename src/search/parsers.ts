import {
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs';

import {
  DEFAULT_QUERY,
  PAGE_SIZES,
  SORT_FIELDS,
  SORT_ORDERS,
  type MetadataMatch,
} from '@/domain/asset-query';

/** Counts from 1; anything else in the URL is page 1. */
const parseAsPage = createParser({
  parse: (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null),
  serialize: String,
});

/** Undoes `escape`; a stray % in a hand-written link stands for itself. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
const escape = (text: string) => text.replaceAll('%', '%25').replaceAll('=', '%3D');

/** `key=value`; `%` and `=` inside either are percent-encoded. */
const parseAsMetadata = createParser<MetadataMatch>({
  parse: (text) => {
    const at = text.indexOf('=');
    return at < 1 ? null : { key: unescape(text.slice(0, at)), value: unescape(text.slice(at + 1)) };
  },
  serialize: ({ key, value }) => `${escape(key)}=${escape(value)}`,
  eq: (a, b) => a.key === b.key && a.value === b.value,
});

/** Lists write a comma inside an item as `%2C`, so a tag that holds just that needs its `%` escaped. */
const parseAsTag = createParser({
  parse: (text) => (text === '' ? null : text.replaceAll('%25', '%')),
  serialize: (tag) => tag.replaceAll(/%(?=2C|25)/g, '%25'),
});
const parseAsTags = parseAsArrayOf(parseAsTag).withDefault([]);

/** `asset=` names nothing. */
const parseAsName = createParser({ parse: (text) => (text === '' ? null : text), serialize: String });

/** What is on screen besides the library itself. */
export const INDEX_VIEWS = [
  'overview',
  'duplicates',
  'cold',
  'by-job',
  'leftovers',
  'tags',
  'saved',
] as const;
/** What only the library index can show. */
export type IndexView = (typeof INDEX_VIEWS)[number];
export const isIndexView = (view: View | null): view is IndexView =>
  view !== null && view !== 'marked' && view !== 'jobs' && view !== 'connections';
export const VIEWS = [...INDEX_VIEWS, 'marked', 'jobs', 'connections'] as const;
export type View = (typeof VIEWS)[number];

/** Every parameter of the URL. Defaults are left out of it. */
export const searchParsers = {
  connection: parseAsName,
  q: parseAsString.withDefault(DEFAULT_QUERY.text),
  include: parseAsTags,
  exclude: parseAsTags,
  meta: parseAsArrayOf(parseAsMetadata).withDefault([]),
  public: parseAsBoolean.withDefault(DEFAULT_QUERY.includePublic),
  state: parseAsName,
  project: parseAsName,
  /** What only the library index can answer; `where.ts` reads it, on demand. */
  where: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(SORT_FIELDS).withDefault(DEFAULT_QUERY.sort),
  order: parseAsStringLiteral(SORT_ORDERS).withDefault(DEFAULT_QUERY.order),
  page: parseAsPage.withDefault(DEFAULT_QUERY.page),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(50),
  asset: parseAsName,
  view: parseAsStringLiteral(VIEWS),
  /** The job whose report is open, in the view of jobs. */
  job: parseAsName,
};
