import type { SortField, SortOrder } from '@/domain/asset-query';
import type { ComfyAssetJson, ComfyListQuery, Cursor } from './comfy-contract';
import { isRecord } from './strict-request';

/** An asset with what listing needs over and over worked out once. */
export interface Row {
  readonly json: ComfyAssetJson;
  readonly lowerName: string;
  readonly tags: ReadonlySet<string>;
  /** Paths that `/api/view` knows it by. */
  readonly files: readonly string[];
  readonly times: Readonly<Record<'created_at' | 'updated_at' | 'last_access_time', string>>;
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z?$/;

/** Comparable as text, whatever the precision and with or without a zone. */
function comparableTime(text: string | null | undefined): string {
  const [, seconds = '', fraction = ''] = TIME.exec(text ?? '') ?? [];
  return seconds === '' ? '' : `${seconds}.${fraction.padEnd(6, '0')}`;
}

export function toRow(json: ComfyAssetJson): Row {
  const hash = json.hash ?? json.asset_hash;
  return {
    json,
    lowerName: json.name.toLowerCase(),
    tags: new Set(json.tags),
    // Cloud storage is addressed by content, so a file may also be asked for by its hash.
    files: [json.file_path, json.loader_path, json.display_name, json.name, hash].filter(
      (path) => typeof path === 'string',
    ),
    times: {
      created_at: comparableTime(json.created_at),
      updated_at: comparableTime(json.updated_at),
      last_access_time: comparableTime(json.last_access_time),
    },
  };
}

const hasEqualValue = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => hasEqualValue(item, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && hasEqualValue(left[key], right[key]))
  );
};

/** A stored list matches by any of its items; null also means "absent". */
const matchesMetadata = (stored: unknown, wanted: unknown): boolean =>
  hasEqualValue(stored ?? null, wanted) ||
  (Array.isArray(stored) && stored.some((item) => hasEqualValue(item, wanted)));

export function matches(row: Row, query: ComfyListQuery): boolean {
  const { json } = row;
  if (!query.includePublic && json.is_public === true) return false;
  if (!query.includeTags.every((tag) => row.tags.has(tag))) return false;
  if (query.excludeTags.some((tag) => row.tags.has(tag))) return false;
  if (query.nameContains !== null && !row.lowerName.includes(query.nameContains.toLowerCase())) return false;
  const stored: Readonly<Record<string, unknown>> = json.user_metadata ?? {};
  const ownValue = (key: string) => (Object.hasOwn(stored, key) ? stored[key] : null);
  return Object.entries(query.metadata ?? {}).every(([key, wanted]) =>
    matchesMetadata(ownValue(key), wanted),
  );
}

/** An unknown size or time counts as the smallest. */
export function sortValue(row: Row, field: SortField): string | number {
  if (field === 'name') return row.json.name;
  if (field === 'size') return row.json.size ?? -1;
  return row.times[field];
}

/** A pair stands for a code point above all single units. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit);

/** By code point, as databases do: `<` would put emoji before the rarer half of the basic plane. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

const compareValues = (left: string | number, right: string | number): number =>
  typeof left === 'number' && typeof right === 'number'
    ? left - right
    : compareText(String(left), String(right));

/** Ties are broken by id in the same direction, so that pages never overlap. */
export const compareRows = (sort: SortField, order: SortOrder) => (left: Row, right: Row) => {
  const ascending =
    compareValues(sortValue(left, sort), sortValue(right, sort)) || compareText(left.json.id, right.json.id);
  return order === 'asc' ? ascending : -ascending;
};

export function comesAfter(row: Row, { sort, order, value, id }: Cursor): boolean {
  const ascending = compareValues(sortValue(row, sort), value) || compareText(row.json.id, id);
  return order === 'asc' ? ascending > 0 : ascending < 0;
}
