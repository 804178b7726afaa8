import type { Asset, AssetKind, Instant, JsonValue, Metadata, Preview, Protection } from '@/domain/asset';
import { ASSET_KINDS } from '@/domain/asset';
import { foldText } from '@/domain/fold-text';
import type { SeenAsset } from '@/domain/plan';

import { hashFromColumn, hashToColumn } from './content-hash';
import { isJsonList, isJsonObject, parseJson } from './json';
import { digitsOf, fromMicros, toMicros } from './micros';
import { asNumber, asNumberOrNull, asText, asTextOrNull, type SqlRow, type SqlValue } from './sql';

/** What the columns of `assets` say of one, besides its cell and the texts that are kept once. */
export function assetToRow(asset: Asset): Readonly<Record<string, SqlValue>> {
  const { roughy } = asset;
  return {
    size: asset.sizeBytes,
    created: toMicros(asset.createdAt),
    updated: microsOrNull(asset.updatedAt),
    used: microsOrNull(asset.lastAccessedAt),
    written: howWritten(asset),
    id: asset.id,
    name: asset.name,
    own_name: ownNameToColumn(asset),
    folded: foldedName(asset),
    hash: hashToColumn(asset.contentHash),
    job: asset.jobId,
    preview_id: asset.previewAssetId,
    duration: roughy?.durationSeconds ?? null,
    error_code: roughy?.errorCode ?? null,
    error_message: roughy?.errorMessage ?? null,
  };
}

/** What a selection keeps of an asset; the tables are `library` and those that it refers to. */
export const SEEN_COLUMNS = `
seq, id, name, own_name, kind, size, mime, created, updated, used, written, hash, preview_id, protection,
(SELECT names FROM tag_sets WHERE tag_sets.tag_set = library.tag_set) AS tags,
(SELECT value FROM previews WHERE previews.preview = library.preview) AS preview_value`;

/** All columns that an asset is made of. */
export const ASSET_COLUMNS = `${SEEN_COLUMNS},
job, duration, state, project, project_name, language, error_code, error_message,
(SELECT value FROM metadatas WHERE metadatas.metadata = library.metadata) AS metadata_value`;

export function assetFromRow(row: SqlRow): Asset {
  const ownName = ownNameFromColumn(row['own_name']);
  return {
    ...seenFromRow(row),
    type: 'asset',
    ...(ownName !== undefined && { ownName }),
    jobId: asTextOrNull(row['job']),
    metadata: metadataFromColumn(row['metadata_value']),
    roughy: roughyOf(row),
  };
}

export function seenFromRow(row: SqlRow): SeenAsset {
  const id = asText(row['id']);
  const name = asText(row['name']);
  const [createdAt, updatedAt, lastAccessedAt] = instantsOf(row);
  return {
    id,
    name,
    kind: kindOf(row['kind']),
    sizeBytes: asNumberOrNull(row['size']),
    mimeType: asTextOrNull(row['mime']),
    tags: textsOf(row['tags']),
    contentHash: hashFromColumn(row['hash']),
    createdAt,
    updatedAt,
    lastAccessedAt,
    preview: previewFromColumn(row['preview_value'], {
      id,
      name: ownNameFromColumn(row['own_name']) ?? name,
    }),
    previewAssetId: asTextOrNull(row['preview_id']),
    protection: protectionOf(row['protection']),
  };
}

/** What a search looks into, and what names are sorted by: the name that is shown first. */
function foldedName({ name, ownName }: Asset): string {
  const shown = foldText(name);
  const own = foldText(ownName ?? '');
  return own === '' || shown.includes(own) ? shown : `${shown}\n${own}`;
}

const microsOrNull = (instant: Instant | null): number | null =>
  instant === null ? null : toMicros(instant);

/** The name itself, a sign for "the provider has none", or null for "the same as the name". */
const ownNameToColumn = ({ ownName }: Asset): string | null =>
  ownName === undefined ? null : ownName === null ? '-' : `=${ownName}`;

function ownNameFromColumn(value: SqlValue | undefined): string | null | undefined {
  const text = asTextOrNull(value);
  return text === null ? undefined : text === '-' ? null : text.slice(1);
}

/**
 * How the provider wrote the times: the digits of each second's fraction as a number, or the texts themselves where
 * microseconds would not give them back.
 */
function howWritten({ createdAt, updatedAt, lastAccessedAt }: Asset): SqlValue {
  const all = [createdAt, updatedAt, lastAccessedAt];
  const digits = all.map((each) => (each === null ? 0 : digitsOf(each)));
  const isExact = all.every(
    (each, at) =>
      each === null || (Number(digits[at]) <= 6 && fromMicros(toMicros(each), digits[at]) === each),
  );
  return isExact ? digits.reduce((packed, each) => packed * 10 + each, 0) : JSON.stringify(all);
}

function instantsOf(row: SqlRow): readonly [Instant, Instant | null, Instant | null] {
  const written = row['written'];
  if (typeof written === 'string') {
    const [created, updated, used] = textsOrNullsOf(written);
    return [created ?? '', updated ?? null, used ?? null];
  }
  const packed = asNumber(written);
  const read = (column: string, place: number): Instant | null => {
    const micros = asNumberOrNull(row[column]);
    return micros === null ? null : fromMicros(micros, Math.floor(packed / place) % 10);
  };
  return [read('created', 100) ?? '', read('updated', 10), read('used', 1)];
}

function kindOf(value: SqlValue | undefined): AssetKind {
  return ASSET_KINDS.find((kind) => kind === value) ?? 'other';
}

export const protectionOf = (value: SqlValue | undefined): Protection | null =>
  value === 'immutable' || value === 'public' ? value : null;

function roughyOf(row: SqlRow): Asset['roughy'] {
  const state = asTextOrNull(row['state']);
  if (state === null) return null;
  return {
    state,
    projectId: asText(row['project']),
    projectName: asTextOrNull(row['project_name']),
    durationSeconds: asNumberOrNull(row['duration']),
    language: asTextOrNull(row['language']),
    errorCode: asTextOrNull(row['error_code']),
    errorMessage: asTextOrNull(row['error_message']),
  };
}

/** Only what the connection itself serves: any other address may be signed, or work no more tomorrow. */
export function previewToColumn({ preview, id, name, ownName }: Asset): string | null {
  if (preview?.access !== 'connection') return null;
  const template = toTemplate(preview.url, { id, name: ownName ?? name });
  return JSON.stringify([template, preview.isImage, preview.expiresAt]);
}

function previewFromColumn(value: SqlValue | undefined, of: Named): Preview | null {
  if (value === null) return null;
  const read = parseJson(asText(value));
  const [template, isImage, expiresAt] = isJsonList(read) ? read : [];
  if (typeof template !== 'string') return null;
  return {
    url: fromTemplate(template, of),
    access: 'connection',
    isImage: isImage === true,
    expiresAt: typeof expiresAt === 'string' ? expiresAt : null,
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Addresses differ by the id and the name of the asset mostly: without these many are one text. */
function toTemplate(url: string, of: Named): string {
  const template = url
    .replaceAll(/[{}]/g, encodeURIComponent)
    .replaceAll(encodeURIComponent(of.name), '{name}')
    .replaceAll(encodeURIComponent(of.id), '{id}');
  return fromTemplate(template, of) === url ? template : `=${url}`;
}

function fromTemplate(template: string, of: Named): string {
  if (template.startsWith('=')) return template.slice(1);
  return template
    .replaceAll('{name}', () => encodeURIComponent(of.name))
    .replaceAll('{id}', () => encodeURIComponent(of.id));
}

const MOST_METADATA = 4_000;
const MOST_TEXT = 500;

/**
 * Metadata as the index keeps it: texts of up to 500 characters, numbers, flags, and lists and objects of these; what is
 * longer (whole workflows, prompts) is left out, and all that would make more than 4,000 characters together.
 */
function keptMetadata(metadata: Metadata): Metadata {
  let room = MOST_METADATA;
  const kept: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(metadata)) {
    const small = smallOf(value);
    if (small === undefined) continue;
    room -= JSON.stringify([key, small]).length;
    if (room < 0) break;
    kept.push([key, small]);
  }
  return Object.fromEntries(kept);
}

/** Undefined for what is too long. */
function smallOf(value: JsonValue): JsonValue | undefined {
  if (typeof value === 'string') return value.length <= MOST_TEXT ? value : undefined;
  if (isJsonList(value)) return value.flatMap((each) => smallOf(each) ?? []);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      const small = smallOf(each);
      return small === undefined ? [] : [[key, small] as const];
    }),
  );
}

/** Null when there is nothing to keep. */
export function metadataToColumn(metadata: Metadata): string | null {
  const kept = keptMetadata(metadata);
  return Object.keys(kept).length === 0 ? null : JSON.stringify(kept);
}

function metadataFromColumn(value: SqlValue | undefined): Metadata {
  const read = value === null ? {} : parseJson(asText(value));
  return isJsonObject(read) ? read : {};
}

const textsOf = (value: SqlValue | undefined): readonly string[] =>
  textsOrNullsOf(asText(value)).filter((each) => each !== null);

function textsOrNullsOf(json: string): readonly (string | null)[] {
  const read = parseJson(json);
  return isJsonList(read) ? read.map((each) => (typeof each === 'string' ? each : null)) : [];
}
