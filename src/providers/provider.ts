import type { Asset, AssetPage } from '@/domain/asset';
import type { AssetQuery, SortField } from '@/domain/asset-query';
import type { Connection } from '@/domain/connection';

export interface RequestScope {
  readonly signal?: AbortSignal;
  /** How long one request may take; half a minute unless said otherwise. */
  readonly timeoutMs?: number;
}

export interface PreviewScope extends RequestScope {
  readonly maxBytes?: number;
  readonly fresh?: boolean;
}

export interface ListScope extends RequestScope {
  /**
   * Goes on behind the page that had this `nextCursor`, whatever `page` says. Filters, sort and order must still be the
   * same, and not every sort has cursors: a provider that never offers one never gets one.
   */
  readonly after?: string | null;
}

export type FilterName = 'text' | 'tags' | 'metadata' | 'public' | 'state' | 'project';

export interface TagCount {
  readonly name: string;
  readonly count: number;
}

/** What the provider says happened; its `totalTags` is the truth, whatever was asked. */
export interface TagChange {
  readonly totalTags: readonly string[];
  /** Tags that were really removed (or added); null when the provider did not say. */
  readonly changed: readonly string[] | null;
  /** Tags that were already so; null when the provider did not say. */
  readonly unchanged: readonly string[] | null;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
}

export type DeletionOutcome = 'deleted' | 'already-gone';

/** One cut or render that hangs on an asset and goes with it. */
export interface DerivedItem {
  readonly id: string;
  readonly assetId: string;
  readonly state: string;
  readonly createdAt: string;
  /** Bytes; null when unknown. Cuts have none. */
  readonly sizeBytes: number | null;
  /** In words: a render's format and resolution; empty for a cut. */
  readonly label: string;
}

/** What a deletion takes along. A snapshot: the provider may have made more since. */
export interface Derived {
  readonly cuts: readonly DerivedItem[];
  readonly renders: readonly DerivedItem[];
  /** At most one per completed cut; the provider does not list them. */
  readonly subtitlesAtMost: number;
}

/** What a connection that works tells about itself; null for what its provider does not say. */
export interface ConnectionCheck {
  /** Whose key it is, or in what state the account is. */
  readonly account: string | null;
  readonly credits: number | null;
  readonly assetCount: number | null;
  /** Of the server, as it writes it. */
  readonly version: string | null;
  /** What the server says it can do, by its own names. */
  readonly features: readonly string[];
}

/** How to get at a preview's bytes. */
export type PreviewSource =
  /** May stand in `src` as it is. */
  | { readonly type: 'url'; readonly url: string }
  /** Needs the key: read it with `readPreview` and show it as a blob. */
  | { readonly type: 'authenticated'; readonly url: string };

/** One connection's API. A missing method IS the missing capability, so a flag cannot lie. */
export interface AssetProvider {
  readonly connection: Connection;
  readonly sortableBy: readonly SortField[];
  readonly filters: ReadonlySet<FilterName>;
  readonly maxPageSize: number;
  /** What goes with an asset, in words: Roughy's cuts, subtitles, renders. */
  readonly deletionAlsoRemoves: readonly string[];
  /** The truth about the stored bytes after a deletion, as a sentence. */
  readonly deletionNote: string;
  listAssets(query: AssetQuery, scope?: ListScope): Promise<AssetPage>;
  getAsset(id: string, scope?: RequestScope): Promise<Asset>;
  /** @throws ProviderError; a 404 of the API itself is not an error but `already-gone`. */
  deleteAsset(id: string, scope?: RequestScope): Promise<DeletionOutcome>;
  /** Proves address and key, and says whose they are. */
  check(scope?: RequestScope): Promise<ConnectionCheck>;
  /**
   * Null when there is nothing to show. `thumbnail` is always a picture, small where the provider can make it so;
   * `full` may be a film, a sound or a text.
   */
  previewSource(asset: Pick<Asset, 'preview' | 'mimeType'>, size: 'thumbnail' | 'full'): PreviewSource | null;
  /**
   * A preview's bytes: with the key when it is `authenticated`, without when it is an open URL.
   * `maxBytes` asks for the beginning only (text excerpts); a server that ignores it is cut off there.
   * `fresh` reads it anew, whatever the browser has kept of it.
   */
  readPreview(source: PreviewSource, scope?: PreviewScope): Promise<Blob>;
  /** Most used first; empty when the server is too old to tell. */
  listTags?(filter: { readonly prefix: string }, scope?: RequestScope): Promise<readonly TagCount[]>;
  removeTags?(id: string, tags: readonly string[], scope?: RequestScope): Promise<TagChange>;
  addTags?(id: string, tags: readonly string[], scope?: RequestScope): Promise<TagChange>;
  /** Active and archived. */
  listProjects?(scope?: RequestScope): Promise<readonly Project[]>;
  /** What hangs on these assets, by asset id; every asked id is present. */
  listDerived?(assetIds: readonly string[], scope?: RequestScope): Promise<ReadonlyMap<string, Derived>>;
}

export type TagEditor = AssetProvider & Required<Pick<AssetProvider, 'removeTags'>>;
export const canRemoveTags = (provider: AssetProvider): provider is TagEditor =>
  provider.removeTags !== undefined;

/** Keys are asked for at the moment of the request, so that nothing else ever holds one. */
export type ReadKey = () => string | null;
