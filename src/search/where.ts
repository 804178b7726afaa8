import { ASSET_KINDS, type Instant } from '@/domain/asset';
import {
  LEFTOVERS,
  NO_INDEX_FILTERS,
  type IndexFilters,
  type Leftover,
  type LibraryFilters,
  type Range,
} from '@/domain/library-query';

import type { Filters } from './use-asset-search';

/*
 * `where=kind:image,video;size:1000000..;unused:90`: one parameter for all that only the index can answer.
 * In a value `%`, `,` and `;` are percent-encoded.
 */

/** More would be a mistake, and the database takes only so many. */
const MOST_VALUES = 200;
const MOST_DAYS = 99_999;

/** How one filter is written: null is "not in force", and text that cannot be read is not in force either. */
interface Codec<T> {
  readonly read: (text: string) => T | null;
  readonly write: (value: T) => string | null;
}

/** @param find what one item stands for: nothing when it is no such value */
const listOf = <T extends string>(find: (text: string) => readonly T[]): Codec<readonly T[]> => ({
  read: (text) => {
    const values = [...new Set(text.split(',').map(unescape))].flatMap(find).slice(0, MOST_VALUES);
    return values.length === 0 ? null : values;
  },
  write: (values) => (values.length === 0 ? null : values.map(escape).join(',')),
});

const rangeOf = <T>(bound: {
  readonly read: (text: string, end: 'from' | 'to') => T | null;
  readonly write: (value: T, end: 'from' | 'to') => string;
}): Codec<Range<T>> => ({
  read: (text) => {
    const [from, to, ...rest] = text.split('..');
    if (from === undefined || to === undefined || rest.length > 0) return null;
    const range = { from: bound.read(from, 'from'), to: bound.read(to, 'to') };
    // Half of a range that cannot be read would be another question.
    if ((range.from === null && from !== '') || (range.to === null && to !== '')) return null;
    return range.from === null && range.to === null ? null : range;
  },
  write: ({ from, to }) =>
    from === null && to === null
      ? null
      : `${from === null ? '' : bound.write(from, 'from')}..${to === null ? '' : bound.write(to, 'to')}`,
});

const name: Codec<string | null> = {
  read: (text) => unescape(text) || null,
  write: (value) => (value === null || value === '' ? null : escape(value)),
};

const yesOrNo: Codec<boolean | null> = {
  read: (text) => (text === 'yes' ? true : text === 'no' ? false : null),
  write: (value) => (value === null ? null : value ? 'yes' : 'no'),
};

const bytes = rangeOf<number>({
  read: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : null),
  write: String,
});

const seconds = rangeOf<number>({
  read: (text) => (/^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : null),
  write: (value) => String(Number(value.toFixed(6))),
});

const DAY_BOUNDS = { from: 'T00:00:00Z', to: 'T23:59:59.999999Z' } as const;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** A whole day of UTC is written as the day alone. */
const instants = rangeOf<Instant>({
  read: (text, end) => {
    const time = text.includes('T') ? text : text + DAY_BOUNDS[end];
    return TIME.test(time) && !Number.isNaN(Date.parse(time)) ? time : null;
  },
  write: (time, end) => (time.endsWith(DAY_BOUNDS[end]) ? time.slice(0, 10) : time),
});

const days: Codec<number | null> = {
  read: (text) => (/^[1-9]\d{0,4}$/.test(text) ? Number(text) : null),
  write: (count) => (count === null || count < 1 ? null : String(Math.min(Math.trunc(count), MOST_DAYS))),
};

const leftover: Codec<Leftover | null> = {
  read: (text) => LEFTOVERS.find((each) => each === text) ?? null,
  write: (value) => value,
};

const kinds = listOf((text) => ASSET_KINDS.filter((kind) => kind === text));
const names = listOf((text) => (text === '' ? [] : [text]));
/** An empty one means something: no extension, say. */
const texts = listOf((text) => [text]);

/** What `where` of the URL asks for; what cannot be read is not in force, and the rest is. */
export function parseWhere(where: string): IndexFilters {
  const parts = new Map<string, string>();
  for (const part of where.split(';')) {
    const at = part.indexOf(':');
    if (at > 0 && !parts.has(part.slice(0, at))) parts.set(part.slice(0, at), part.slice(at + 1));
  }
  const read = <T>(key: string, { read: readText }: Codec<T>, none: T): T => {
    const text = parts.get(key);
    return text === undefined ? none : (readText(text) ?? none);
  };
  const none = NO_INDEX_FILTERS;
  return {
    kinds: read('kind', kinds, none.kinds),
    extensions: read('ext', texts, none.extensions),
    size: read('size', bytes, none.size),
    created: read('created', instants, none.created),
    updated: read('updated', instants, none.updated),
    lastUsed: read('used', instants, none.lastUsed),
    unusedDays: read('unused', days, none.unusedDays),
    hasTags: read('tags', yesOrNo, none.hasTags),
    hasHash: read('hash', yesOrNo, none.hasHash),
    hasPreview: read('preview', yesOrNo, none.hasPreview),
    isProtected: read('protected', yesOrNo, none.isProtected),
    jobId: read('job', name, none.jobId),
    contentHash: read('content', name, none.contentHash),
    leftover: read('leftover', leftover, none.leftover),
    states: read('state', names, none.states),
    projects: read('project', names, none.projects),
    languages: read('language', texts, none.languages),
    duration: read('duration', seconds, none.duration),
  };
}

/** What `parseWhere` reads back; empty when nothing is in force. */
export function writeWhere(filters: IndexFilters): string {
  const parts: readonly (readonly [key: string, value: string | null])[] = [
    ['kind', kinds.write(filters.kinds)],
    ['ext', texts.write(filters.extensions)],
    ['size', bytes.write(filters.size)],
    ['created', instants.write(filters.created)],
    ['updated', instants.write(filters.updated)],
    ['used', instants.write(filters.lastUsed)],
    ['unused', days.write(filters.unusedDays)],
    ['tags', yesOrNo.write(filters.hasTags)],
    ['hash', yesOrNo.write(filters.hasHash)],
    ['preview', yesOrNo.write(filters.hasPreview)],
    ['protected', yesOrNo.write(filters.isProtected)],
    ['job', name.write(filters.jobId)],
    ['content', name.write(filters.contentHash)],
    ['leftover', leftover.write(filters.leftover)],
    ['state', names.write(filters.states)],
    ['project', names.write(filters.projects)],
    ['language', texts.write(filters.languages)],
    ['duration', seconds.write(filters.duration)],
  ];
  return parts
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}:${value}`)
    .join(';');
}

/** Filters of a library as the URL has them: all that the index has in one. */
export const toFilters = ({ index, ...filters }: Partial<LibraryFilters>): Partial<Filters> => ({
  ...filters,
  ...(index !== undefined && { where: writeWhere(index) }),
});

/**
 * The table's filters as the index is asked them.
 * @param inForce names of those that mean something there
 */
export const toLibraryFilters = (
  { text, includeTags, excludeTags, metadata, state, project }: Omit<Filters, 'includePublic' | 'where'>,
  where: string,
  inForce: ReadonlySet<string>,
): LibraryFilters => ({
  text,
  includeTags: inForce.has('tags') ? includeTags : [],
  excludeTags: inForce.has('tags') ? excludeTags : [],
  metadata: inForce.has('metadata') ? metadata : [],
  state: inForce.has('state') ? state : null,
  project: inForce.has('project') ? project : null,
  // All that the index holds are the person's own, shared with everybody or not.
  includePublic: true,
  index: parseWhere(where),
});

const escape = (text: string): string =>
  text.replaceAll(/[%,;]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A stray % in a hand-written link stands for itself. */
const unescape = (text: string): string =>
  text.replaceAll(/%(25|2C|3B)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
