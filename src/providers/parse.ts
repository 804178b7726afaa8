import * as v from 'valibot';
import type { Asset, AssetRow, Metadata } from '@/domain/asset';
import { WrongShapeError } from '@/domain/errors';
import type { Answer } from '@/http/request';
import { isRecord } from '@/http/is-record';
import { parseInstant } from './instant';

const MAX_PROBLEM = 200;

/** A whole answer, or the first field of it that breaks the contract. */
export function parseAnswer<const S extends v.GenericSchema>(
  schema: S,
  { body, context }: Answer,
): v.InferOutput<S> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const { field, problem } = describe(result.issues[0]);
  throw new WrongShapeError(field, problem, context);
}

/** The rows of one page, each on its own, so that a bad one becomes a visible `UnreadableRow`. */
export function readRows<const S extends v.GenericSchema>(
  schema: S,
  rows: readonly unknown[],
  toAsset: (row: v.InferOutput<S>) => Asset,
): AssetRow[] {
  const seen = new Set<string>();
  const read: AssetRow[] = [];
  for (const [index, row] of rows.entries()) {
    const result = v.safeParse(schema, row);
    if (result.success) {
      const asset = toAsset(result.output);
      // A page read while assets come and go may list one twice.
      if (!seen.has(asset.id)) read.push(asset);
      seen.add(asset.id);
    } else {
      const id = isRecord(row) && typeof row['id'] === 'string' && row['id'] !== '' ? row['id'] : null;
      read.push({ type: 'unreadable', rowKey: `unreadable-${index}`, id, ...describe(result.issues[0]) });
    }
  }
  return read;
}

/** The rows that can be read, for lists where a bad one may be passed over. */
export function readableRows<const S extends v.GenericSchema>(
  schema: S,
  rows: readonly unknown[],
): v.InferOutput<S>[] {
  return rows.flatMap((row) => {
    const result = v.safeParse(schema, row);
    return result.success ? [result.output] : [];
  });
}

function describe(issue: v.BaseIssue<unknown>): { field: string; problem: string } {
  return { field: v.getDotPath(issue) ?? '(the whole of it)', problem: issue.message.slice(0, MAX_PROBLEM) };
}

/** Text that Winnow can do without: anything else, empty text included, reads as null. */
export const optionalText = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((text) => (typeof text === 'string' && text !== '' ? text : null)),
);

/** A time that must be there. */
export const instant = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const value = parseInstant(dataset.value);
    if (value !== null) return value;
    addIssue({ message: `Not a time: "${dataset.value.slice(0, 40)}"` });
    return NEVER;
  }),
);

/** A time that Winnow can do without; year 1 is how some servers write "never". */
export const optionalInstant = v.pipe(
  optionalText,
  v.transform((text) => {
    const value = text === null ? null : parseInstant(text);
    return value?.startsWith('0001-') ? null : value;
  }),
);

/** Bytes as a number or digits; anything else, nothing and what cannot be counted included, reads as unknown. */
export const optionalBytes = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((size) => {
    const bytes = typeof size === 'string' && /^\s*\d+\s*$/.test(size) ? Number(size) : size;
    return typeof bytes === 'number' && bytes >= 0 && bytes <= Number.MAX_SAFE_INTEGER ? bytes : null;
  }),
);

/** How many there are of something. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Tags, each once, as they are the keys of what is shown of them. */
export const tagNames = v.pipe(
  v.array(v.string()),
  v.transform((tags) => (tags.length < 2 ? tags : [...new Set(tags)])),
);

/** Free-form JSON, kept as it came. */
export const optionalJsonObject = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((value): Metadata => (isJsonObject(value) ? value : {})),
);

/** True of every object that came out of `JSON.parse`. */
const isJsonObject = (value: unknown): value is Metadata => isRecord(value);
