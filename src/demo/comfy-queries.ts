import { SORT_FIELDS, SORT_ORDERS } from '@/domain/asset-query';
import type { ComfyListQuery, Cursor } from './comfy-contract';
import { StrictQuery, isRecord, parseJson } from './strict-request';

const LIST_PARAMETERS = [
  'include_tags',
  'exclude_tags',
  'name_contains',
  'metadata_filter',
  'limit',
  'offset',
  'sort',
  'order',
  'include_public',
] as const;

/** Opaque to clients; base64url of JSON, as self-hosted servers make it. */
export const writeCursor = (cursor: Cursor): string =>
  // Names may hold any character, and btoa takes only bytes.
  btoa(encodeURIComponent(JSON.stringify(cursor)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

function readCursor(text: string): Cursor | null {
  let json: unknown;
  try {
    json = parseJson(decodeURIComponent(atob(text.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    return null;
  }
  if (!isRecord(json)) return null;
  const { value, id } = json;
  const sort = SORT_FIELDS.find((field) => field === json['sort']);
  const order = SORT_ORDERS.find((direction) => direction === json['order']);
  if (sort === undefined || order === undefined || typeof id !== 'string') return null;
  return typeof value === 'string' || typeof value === 'number' ? { sort, order, value, id } : null;
}

export interface ListRequest {
  readonly query: ComfyListQuery;
  readonly problems: StrictQuery['problems'];
  /** Why the cursor cannot be used; null when it can or none was sent. */
  readonly cursorProblem: string | null;
}

/** `after` belongs to newer servers: the published contract does not have it. */
export function readListRequest(url: string, { cursors }: { readonly cursors: boolean }): ListRequest {
  const reader = new StrictQuery(url, cursors ? [...LIST_PARAMETERS, 'after'] : LIST_PARAMETERS);
  const rawCursor = reader.text('after');
  const after = rawCursor === null ? null : readCursor(rawCursor);
  if (rawCursor !== null && reader.text('offset') !== null)
    reader.reject('offset', 'means nothing beside after');
  const query: ComfyListQuery = {
    includeTags: reader.commaList('include_tags'),
    excludeTags: reader.commaList('exclude_tags'),
    nameContains: reader.text('name_contains'),
    metadata: reader.jsonObject('metadata_filter'),
    limit: reader.integer('limit', { min: 1, max: 500, fallback: 20 }),
    offset: reader.integer('offset', { min: 0, fallback: 0 }),
    sort: reader.oneOf('sort', SORT_FIELDS, 'created_at'),
    order: reader.oneOf('order', SORT_ORDERS, 'desc'),
    includePublic: reader.boolean('include_public', true),
    after,
  };
  return {
    query,
    problems: reader.problems,
    cursorProblem: rawCursor === null ? null : explainCursor(query),
  };
}

function explainCursor({ after, sort, order }: ComfyListQuery): string | null {
  if (after === null) return 'the cursor cannot be read';
  if (sort === 'last_access_time') return 'cursors do not work with sort=last_access_time';
  return after.sort === sort && after.order === order
    ? null
    : 'the cursor was made for another sort or order';
}

export interface TagsRequest {
  readonly prefix: string;
  readonly limit: number;
  readonly offset: number;
  readonly order: 'count_desc' | 'name_asc';
  readonly includeZero: boolean;
  readonly includePublic: boolean;
  readonly problems: StrictQuery['problems'];
}

export function readTagsRequest(url: string, defaults: { readonly includeZero: boolean }): TagsRequest {
  const reader = new StrictQuery(url, [
    'prefix',
    'limit',
    'offset',
    'order',
    'include_zero',
    'include_public',
  ]);
  return {
    prefix: reader.text('prefix') ?? '',
    limit: reader.integer('limit', { min: 1, max: 1000, fallback: 100 }),
    offset: reader.integer('offset', { min: 0, fallback: 0 }),
    order: reader.oneOf('order', ['count_desc', 'name_asc'], 'count_desc'),
    includeZero: reader.boolean('include_zero', defaults.includeZero),
    includePublic: reader.boolean('include_public', true),
    problems: reader.problems,
  };
}

export interface ViewRequest {
  /** As the library knows files: the sub-folder, if any, in front. */
  readonly path: string;
  /** Longest side of the thumbnail asked for. */
  readonly res: number | null;
  readonly problems: StrictQuery['problems'];
}

const VIEW_PARAMETERS = ['filename', 'subfolder', 'type', 'channel'];

export function readViewRequest(url: string, { thumbnails }: { readonly thumbnails: boolean }): ViewRequest {
  const reader = new StrictQuery(url, [...VIEW_PARAMETERS, thumbnails ? 'res' : 'preview']);
  const filename = reader.text('filename');
  const subfolder = reader.text('subfolder');
  if (filename === null) reader.reject('filename', 'is required');
  reader.oneOf('type', ['input', 'output', 'temp'], 'output');
  const res = reader.integer('res', { min: 1, max: 4096, fallback: 0 });
  return {
    path: subfolder === null ? (filename ?? '') : `${subfolder}/${filename ?? ''}`,
    res: res === 0 ? null : res,
    problems: reader.problems,
  };
}
