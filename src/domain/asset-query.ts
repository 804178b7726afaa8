export const SORT_FIELDS = ['name', 'created_at', 'updated_at', 'size', 'last_access_time'] as const;
export type SortField = (typeof SORT_FIELDS)[number];

export const SORT_ORDERS = ['asc', 'desc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/** What the table asks for. It lives in the URL. */
export interface AssetQuery {
  /** Part of the name; empty means any. */
  readonly text: string;
  /** Assets that have ALL of these. */
  readonly includeTags: readonly string[];
  /** Assets that have NONE of these. */
  readonly excludeTags: readonly string[];
  readonly metadata: readonly MetadataMatch[];
  /** Whether the provider's public assets are listed beside the person's own. */
  readonly includePublic: boolean;
  /** Roughy: one lifecycle state, or null for all. */
  readonly state: string | null;
  /** Roughy: one project id, or null for all. */
  readonly project: string | null;
  readonly sort: SortField;
  readonly order: SortOrder;
  /** Counts from 1. */
  readonly page: number;
  readonly pageSize: number;
}

export interface MetadataMatch {
  readonly key: string;
  readonly value: string;
}

export const PAGE_SIZES = [20, 50, 100, 250, 500] as const;

export const DEFAULT_QUERY: AssetQuery = {
  text: '',
  includeTags: [],
  excludeTags: [],
  metadata: [],
  includePublic: false,
  state: null,
  project: null,
  sort: 'created_at',
  order: 'desc',
  page: 1,
  pageSize: 50,
};
