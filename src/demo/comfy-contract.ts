import type { Metadata } from '@/domain/asset';
import type { SortField, SortOrder } from '@/domain/asset-query';

/** An asset as Comfy servers send it: the published contract and the newer fields, old spellings and new. */
export interface ComfyAssetJson {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** Required by the published contract; newer servers leave it out or send 0 when they do not know. */
  readonly size?: number | null;
  readonly asset_hash?: string | null;
  readonly hash?: string | null;
  readonly mime_type?: string | null;
  readonly tags?: readonly string[];
  readonly user_metadata?: Metadata | null;
  readonly metadata?: Metadata | null;
  readonly preview_url?: string | null;
  readonly preview_id?: string | null;
  readonly prompt_id?: string | null;
  readonly job_id?: string | null;
  readonly last_access_time?: string | null;
  readonly is_immutable?: boolean;
  readonly display_name?: string;
  readonly file_path?: string;
  readonly loader_path?: string;
  readonly short_url?: string;
  /** Known to the made-up server only and never sent: `include_public` decides whether it is listed. */
  readonly is_public?: boolean;
}

/** The place of the last row of a page. */
export interface Cursor {
  readonly sort: SortField;
  readonly order: SortOrder;
  readonly value: string | number;
  readonly id: string;
}

export interface ComfyListQuery {
  readonly includeTags: readonly string[];
  readonly excludeTags: readonly string[];
  readonly nameContains: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly includePublic: boolean;
  readonly sort: SortField;
  readonly order: SortOrder;
  readonly limit: number;
  readonly offset: number;
  /** Takes the place of `offset` when present. */
  readonly after: Cursor | null;
}

export const DEFAULT_LIST: ComfyListQuery = {
  includeTags: [],
  excludeTags: [],
  nameContains: null,
  metadata: null,
  includePublic: true,
  sort: 'created_at',
  order: 'desc',
  limit: 20,
  offset: 0,
  after: null,
};
