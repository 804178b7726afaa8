/** A point in time: ISO 8601 in UTC, always ending in `Z`, with the provider's own precision. */
export type Instant = string;

export const ASSET_KINDS = ['image', 'video', 'audio', 'model', '3d', 'text', 'other'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** Why an asset cannot be deleted, by anyone, through the provider's API. */
export type Protection = 'immutable' | 'public';

/** Where a picture, clip or text of the asset can be seen. */
export interface Preview {
  /** Absolute, and already passed through `safeUrl`. Never stored: it may be signed. */
  readonly url: string;
  /**
   * `connection`: served by the connection itself, so its key (if it has one) must go along.
   * `open`: signed or public; no key may be sent there.
   */
  readonly access: 'connection' | 'open';
  /** Whether `url` is a picture even if the asset is not (a model's thumbnail, say). */
  readonly isImage: boolean;
  /** When a signed URL stops working; null when it does not or nobody knows. */
  readonly expiresAt: Instant | null;
}

export const ROUGHY_STATES = ['pending_upload', 'processing', 'pending_payment', 'ready', 'failed'] as const;

/** Roughy's states in words; a state that is not here is shown as it came. A map, since one may come as `constructor`. */
export const STATE_LABELS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pending_upload: 'Pending upload',
    processing: 'Processing',
    pending_payment: 'Pending payment',
    ready: 'Ready',
    failed: 'Failed',
  }),
);

/** What only Roughy knows of an asset. */
export interface RoughyDetails {
  /** One of ROUGHY_STATES, or a newer state that this version of Winnow does not know. */
  readonly state: string;
  readonly projectId: string;
  /** Null when the project list could not be read. */
  readonly projectName: string | null;
  readonly durationSeconds: number | null;
  /** ISO 639-1; null means detected automatically. */
  readonly language: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** JSON as a provider sent it: metadata is shown, never interpreted. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type Metadata = Readonly<Record<string, JsonValue>>;

/** One stored file, in the same shape for every provider. */
export interface Asset {
  readonly type: 'asset';
  readonly id: string;
  /** Never empty; not unique. */
  readonly name: string;
  /** What a search by name goes by, where that is not `name`; null when the provider has none. */
  readonly ownName?: string | null;
  readonly kind: AssetKind;
  /** Bytes; null when the provider did not say. */
  readonly sizeBytes: number | null;
  readonly mimeType: string | null;
  readonly tags: readonly string[];
  /** Lower-case hex without prefix or extension, so equal content compares equal; null when unknown. */
  readonly contentHash: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
  readonly lastAccessedAt: Instant | null;
  readonly preview: Preview | null;
  readonly previewAssetId: string | null;
  readonly jobId: string | null;
  readonly protection: Protection | null;
  readonly metadata: Metadata;
  readonly roughy: RoughyDetails | null;
}

/** A row of a list that broke the contract: shown as such, so that one bad row never costs the page. */
export interface UnreadableRow {
  readonly type: 'unreadable';
  /** Unique within its page. */
  readonly rowKey: string;
  /** The row's own id where that much could be read. */
  readonly id: string | null;
  /** Dotted path of the field that could not be read, e.g. `created_at`. */
  readonly field: string;
  readonly problem: string;
}

export type AssetRow = Asset | UnreadableRow;

export interface AssetPage {
  readonly rows: readonly AssetRow[];
  /** Matches over all pages as the provider counts them; it may move between pages. */
  readonly total: number;
  readonly hasMore: boolean;
  /** Keyset cursor of newer Comfy servers; null when the server offers none. */
  readonly nextCursor: string | null;
}

export const isAsset = (row: AssetRow): row is Asset => row.type === 'asset';

/** The key a row is known by within its page. */
export const rowKeyOf = (row: AssetRow): string => (row.type === 'asset' ? row.id : row.rowKey);
