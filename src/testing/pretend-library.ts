import { ROUGHY_STATES, type Asset, type AssetPage, type AssetRow, type Instant } from '@/domain/asset';
import type { AssetQuery, SortField } from '@/domain/asset-query';
import type { ProviderKind } from '@/domain/connection';
import { NotFoundError } from '@/domain/errors';
import type { AssetProvider } from '@/providers/provider';

import { anAsset, unreadableRow } from './assets';

export interface PretendLibraryOptions {
  readonly kind?: ProviderKind;
  readonly pageSize?: number;
  readonly cursors?: boolean;
  /** Tags whose assets a list without tags leaves out. */
  readonly hidden?: readonly string[];
  /** What the provider sorts by; none for one that lists the newest first. */
  readonly sortableBy?: readonly SortField[];
  /** Among those of one moment the order of this server is another than by id. */
  readonly oddTies?: boolean;
  /** How many rows nobody can read: in every list without tags, at its end. */
  readonly unreadable?: number;
  /** Before the answer to each request, counted from 1: may change the library, or throw. */
  readonly onRequest?: (number: number, about: Request) => void;
}

interface Request {
  readonly verb: 'LIST' | 'GET' | 'TAGS';
  readonly query: AssetQuery | null;
}

const SORTS: readonly SortField[] = ['name', 'created_at', 'updated_at', 'size', 'last_access_time'];
const CONTEXT = { provider: 'Pretend', requestId: null };

/** A library at a provider that answers at once, and whatever else happens to it meanwhile. */
export class PretendLibrary {
  readonly assets = new Map<string, Asset>();
  /** Every request, in order. */
  readonly requests: Request[] = [];
  mostInFlight = 0;
  readonly provider: AssetProvider;
  readonly #options: PretendLibraryOptions;
  #inFlight = 0;
  #made = 0;
  /** A clock of its own: no two changes are at the same moment. */
  #tick = 0;

  constructor(options: PretendLibraryOptions = {}) {
    this.#options = options;
    const { kind = 'comfyui', pageSize = 10, sortableBy = kind === 'roughy' ? [] : SORTS } = options;
    const isRoughy = kind === 'roughy';
    this.provider = {
      connection: { id: 'pretend', kind, label: 'Pretend', baseUrl: 'https://host.test', demo: false },
      sortableBy,
      filters: new Set(isRoughy ? (['state', 'project'] as const) : (['text', 'tags', 'public'] as const)),
      maxPageSize: pageSize,
      deletionAlsoRemoves: [],
      deletionNote: '',
      listAssets: (query, scope) =>
        this.#answer({ verb: 'LIST', query }, scope?.signal, () => this.#list(query, scope?.after ?? null)),
      getAsset: (id, scope) => this.#answer({ verb: 'GET', query: null }, scope?.signal, () => this.#get(id)),
      deleteAsset: () => Promise.reject(new Error('A walk deletes nothing.')),
      check: () => Promise.reject(new Error('A walk checks nothing.')),
      previewSource: () => null,
      readPreview: () => Promise.reject(new Error('A walk looks at nothing.')),
      ...(!isRoughy && {
        listTags: (_filter, scope) =>
          this.#answer({ verb: 'TAGS', query: null }, scope?.signal, () => this.#tags()),
      }),
    } satisfies AssetProvider;
  }

  now(): Instant {
    this.#tick += 1;
    return new Date(Date.UTC(2026, 0, 1) + this.#tick * 1_000).toISOString();
  }

  add(about: Partial<Asset> = {}): Asset {
    this.#made += 1;
    const now = this.now();
    const asset = anAsset({
      id: `asset-${String(this.#made).padStart(6, '0')}`,
      name: `${this.#made}.png`,
      tags: ['output'],
      createdAt: now,
      ...(this.provider.connection.kind === 'roughy'
        ? { roughy: roughyDetails(), tags: [] }
        : { updatedAt: now }),
      ...about,
    });
    this.assets.set(asset.id, asset);
    return asset;
  }

  addMany(count: number, about: Partial<Asset> = {}): void {
    for (let each = 0; each < count; each += 1) this.add(about);
  }

  /** As a change at a provider goes: the asset is then the one updated last. */
  change(id: string, about: Partial<Asset>): void {
    const asset = this.assets.get(id);
    if (asset === undefined) return;
    const updated = this.provider.connection.kind === 'roughy' ? {} : { updatedAt: this.now() };
    this.assets.set(id, { ...asset, ...updated, ...about });
  }

  remove(id: string): void {
    this.assets.delete(id);
  }

  /** By place among all, however many there are. */
  idAt(place: number): string {
    const ids = [...this.assets.keys()];
    return ids[place % Math.max(1, ids.length)] ?? '';
  }

  /** Requests since then. */
  since(before: number): readonly Request[] {
    return this.requests.slice(before);
  }

  #list(query: AssetQuery, after: string | null): AssetPage {
    const { cursors = false, unreadable = 0 } = this.#options;
    const all = this.#matching(query);
    const sorted = all.toSorted((left, right) => this.#compare(query, left, right));
    const hasBadRows = query.includeTags.length === 0 && query.excludeTags.length === 0;
    const bad = Array.from({ length: hasBadRows ? unreadable : 0 }, (_, at) => unreadableRow(`bad-${at}`));
    const rows: readonly AssetRow[] = [...sorted, ...bad];
    const isOffset = after === null;
    // As keyset cursors go: behind that row, whether it is still there or not.
    const last = after === null ? null : readCursor(after);
    const start = isOffset
      ? (query.page - 1) * query.pageSize
      : sorted.findIndex((asset) => last !== null && this.#compare(query, asset, last) > 0);
    const page = start < 0 ? [] : rows.slice(start, start + query.pageSize);
    const end = start + page.length;
    const hasMore = page.length > 0 && end < rows.length;
    const lastRow = page.findLast((row) => row.type === 'asset');
    const offersCursor = cursors && hasMore && lastRow !== undefined && query.sort !== 'last_access_time';
    return {
      rows: page,
      total: rows.length,
      hasMore,
      nextCursor: offersCursor ? JSON.stringify(lastRow) : null,
    };
  }

  #matching({ includeTags, excludeTags, state }: AssetQuery): readonly Asset[] {
    const { hidden = [] } = this.#options;
    return [...this.assets.values()].filter(
      ({ tags, roughy }) =>
        (includeTags.length > 0 || !hidden.some((tag) => tags.includes(tag))) &&
        includeTags.every((tag) => tags.includes(tag)) &&
        !excludeTags.some((tag) => tags.includes(tag)) &&
        (state === null || roughy?.state === state),
    );
  }

  #compare({ sort, order }: AssetQuery, left: Asset, right: Asset): number {
    const isNatural = this.provider.sortableBy.length === 0;
    const field = isNatural ? 'created_at' : sort;
    const sign = !isNatural && order === 'asc' ? 1 : -1;
    const [a, b] = [valueOf(left, field), valueOf(right, field)];
    if (a !== b) return a === null ? 1 : b === null ? -1 : sign * (a < b ? -1 : 1);
    const ties = this.#options.oddTies === true ? -sign : sign;
    return left.id === right.id ? 0 : ties * (left.id < right.id ? -1 : 1);
  }

  #get(id: string): Asset {
    const asset = this.assets.get(id);
    if (asset !== undefined) return asset;
    throw new NotFoundError('Gone', { status: 404, code: null, fromApi: true }, CONTEXT);
  }

  #tags() {
    const counts = new Map<string, number>();
    for (const { tags } of this.assets.values()) {
      for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    return [...counts].map(([name, count]) => ({ name, count }));
  }

  async #answer<T>(request: Request, signal: AbortSignal | undefined, truth: () => T): Promise<T> {
    this.requests.push(request);
    const number = this.requests.length;
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    try {
      // As over a network: others are sent meanwhile.
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
      this.#options.onRequest?.(number, request);
      return truth();
    } finally {
      this.#inFlight -= 1;
    }
  }
}

const roughyDetails = (): NonNullable<Asset['roughy']> => ({
  state: ROUGHY_STATES[3],
  projectId: 'project-1',
  projectName: 'One',
  durationSeconds: 10,
  language: null,
  errorCode: null,
  errorMessage: null,
});

function valueOf(asset: Asset, field: SortField): string | number | null {
  switch (field) {
    case 'name':
      return asset.name;
    case 'size':
      return asset.sizeBytes;
    case 'created_at':
      return asset.createdAt;
    case 'updated_at':
      return asset.updatedAt;
    case 'last_access_time':
      return asset.lastAccessedAt;
  }
}

/** Only this file writes them. */
const readCursor = (text: string): Asset => JSON.parse(text) as Asset;
