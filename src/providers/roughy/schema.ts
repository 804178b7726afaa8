import * as v from 'valibot';
import type { DerivedItem } from '../provider';
import { count, instant, optionalBytes, optionalText } from '../parse';

const id = v.pipe(v.string(), v.nonEmpty('Empty'));

/** Of the list and of the detail alike; `upload_url` is left out on purpose, nobody here may use it. */
export const roughyAsset = v.object({
  id,
  project_id: id,
  type: optionalText,
  state: id,
  extension: optionalText,
  size_bytes: optionalBytes,
  content_type: optionalText,
  duration_seconds: v.pipe(
    v.optional(v.unknown(), null),
    v.transform((decimal) => seconds(decimal)),
  ),
  language: optionalText,
  error_code: optionalText,
  error_message: optionalText,
  created_at: instant,
  download_url: optionalText,
});
export type RoughyAsset = v.InferOutput<typeof roughyAsset>;

/** More than any film has; beyond it a number says nothing. */
const MAX_SECONDS = 1e9;

/** A decimal written as text, e.g. `"324.412"`. */
function seconds(decimal: unknown): number | null {
  const number = typeof decimal === 'string' && decimal.trim() !== '' ? Number(decimal) : decimal;
  return typeof number === 'number' && number >= 0 && number <= MAX_SECONDS ? number : null;
}

/** Whether a resolution is text or a number is nowhere written down. */
const optionalLabel = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : null)),
);

/** Every list of this API. */
export const listPage = v.object({ items: v.array(v.unknown()), total: v.nullish(count, null) });

export const project = v.object({ id, name: optionalText, state: optionalText });

export const cut = v.pipe(
  v.object({ id, asset_id: id, state: optionalText, created_at: instant }),
  v.transform((row): DerivedItem => ({
    id: row.id,
    assetId: row.asset_id,
    state: row.state ?? 'unknown',
    createdAt: row.created_at,
    sizeBytes: null,
    label: '',
  })),
);

const output = v.object({ format: optionalLabel, resolution: optionalLabel });

export const render = v.pipe(
  v.object({
    id,
    asset_id: id,
    state: optionalText,
    created_at: instant,
    size_bytes: optionalBytes,
    output: v.fallback(output, { format: null, resolution: null }),
  }),
  v.transform((row): DerivedItem => ({
    id: row.id,
    assetId: row.asset_id,
    state: row.state ?? 'unknown',
    createdAt: row.created_at,
    sizeBytes: row.size_bytes,
    label: [row.output.format, row.output.resolution].filter((part) => part !== null).join(' · '),
  })),
);

export const account = v.object({ name: optionalText, email: optionalText });

export const creditBalance = v.object({
  balance: v.union([v.number(), v.pipe(v.string(), v.decimal(), v.transform(Number))]),
});
