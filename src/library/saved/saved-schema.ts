import * as v from 'valibot';

import { ASSET_KINDS } from '@/domain/asset';
import { DEFAULT_QUERY, SORT_FIELDS, SORT_ORDERS } from '@/domain/asset-query';
import { PROVIDER_KINDS } from '@/domain/connection';
import { LEFTOVERS, NO_INDEX_FILTERS } from '@/domain/library-query';
import { LONGEST_NAME, MOST_KEPT, RANKS, type Policy, type SavedView } from '@/domain/saved-view';
import { schemaProblem } from '@/lib/schema-problem';

// Fields are known one by one, and any other is refused: one that a later version adds may be what makes a filter
// narrow, and a policy without it would delete more than it says.

/** To Valibot a list is an object as well: one of which no field has to be there would be filters that are none. */
function record<Entries extends v.ObjectEntries>(entries: Entries) {
  const isNoList = v.check((value: unknown) => !Array.isArray(value), 'must be an object');
  return v.pipe(v.unknown(), isNoList, v.strictObject(entries));
}

const LONGEST_TEXT = 1_000;
const LONGEST_LIST = 500;

const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT, 'is too long'));
const list = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item), v.maxLength(LONGEST_LIST, 'has too many entries'));
const names = list(v.pipe(text, v.nonEmpty('must not be empty')));
const amount = v.pipe(v.number(), v.finite('must be finite'), v.minValue(0, 'is negative'));
const instant = v.pipe(
  text,
  v.isoTimestamp('must be a time in UTC'),
  v.endsWith('Z', 'must be a time in UTC'),
);
const yesOrNo = v.optional(v.nullable(v.boolean()), null);
const range = <Bound extends v.GenericSchema>(bound: Bound) =>
  v.optional(v.strictObject({ from: v.nullable(bound), to: v.nullable(bound) }), { from: null, to: null });
const nullableText = v.optional(v.nullable(text), null);

/** What an older version did not have is not in force. */
const indexSchema = record({
  kinds: v.optional(list(v.picklist(ASSET_KINDS)), []),
  extensions: v.optional(list(text), []),
  size: range(amount),
  created: range(instant),
  updated: range(instant),
  lastUsed: range(instant),
  unusedDays: v.optional(v.nullable(v.pipe(amount, v.integer('must be whole days'))), null),
  hasTags: yesOrNo,
  hasHash: yesOrNo,
  hasPreview: yesOrNo,
  isProtected: yesOrNo,
  jobId: nullableText,
  contentHash: nullableText,
  leftover: v.optional(v.nullable(v.picklist(LEFTOVERS)), null),
  states: v.optional(list(text), []),
  projects: v.optional(list(text), []),
  languages: v.optional(list(text), []),
  duration: range(amount),
});

const querySchema = record({
  text: v.optional(text, ''),
  includeTags: v.optional(names, []),
  excludeTags: v.optional(names, []),
  metadata: v.optional(list(v.strictObject({ key: text, value: text })), []),
  includePublic: v.optional(v.boolean(), false),
  state: nullableText,
  project: nullableText,
  sort: v.optional(v.picklist(SORT_FIELDS), DEFAULT_QUERY.sort),
  order: v.optional(v.picklist(SORT_ORDERS), DEFAULT_QUERY.order),
  index: v.optional(indexSchema, NO_INDEX_FILTERS),
});

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is not an id'));
const kind = v.picklist(PROVIDER_KINDS, `must be ${PROVIDER_KINDS.join(', ')}`);
const name = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty('must not be empty'),
  v.maxLength(LONGEST_NAME, `must not be longer than ${LONGEST_NAME} characters`),
);

const viewSchema = v.strictObject({ id, name, kind, query: querySchema });

const count = v.pipe(
  v.number(),
  v.integer('must be whole'),
  v.minValue(1, 'must be at least 1'),
  v.maxValue(MOST_KEPT, `must be at most ${MOST_KEPT}`),
);
const keepSchema = v.variant('type', [
  v.strictObject({ type: v.literal('none') }),
  v.strictObject({
    type: v.literal('first'),
    rank: v.picklist(RANKS),
    count,
    of: v.picklist(['view', 'job']),
  }),
  v.strictObject({ type: v.literal('copy'), rank: v.picklist(['newest', 'oldest']) }),
]);
const actionSchema = v.variant('type', [
  v.strictObject({ type: v.literal('delete') }),
  v.strictObject({
    type: v.literal('remove-tags'),
    tags: v.pipe(names, v.minLength(1, 'must name a tag')),
  }),
]);

const policySchema = v.strictObject({
  ...{ id, name, kind, viewId: id },
  keep: keepSchema,
  keepTags: names,
  action: actionSchema,
});

/** One that cannot be read, with what is wrong with it in words. */
export interface Unreadable {
  readonly problem: string;
}

export const readView = (raw: unknown): SavedView | Unreadable => parsed(viewSchema, raw);
export const readPolicy = (raw: unknown): Policy | Unreadable => parsed(policySchema, raw);
export const isReadable = <T extends SavedView | Policy>(entry: T | Unreadable): entry is T => 'id' in entry;

function parsed<T>(schema: v.GenericSchema<unknown, T>, raw: unknown): T | Unreadable {
  const result = v.safeParse(schema, raw);
  return result.success ? result.output : { problem: schemaProblem(result.issues[0]) };
}
