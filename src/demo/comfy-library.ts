import { DEFAULT_LIST, type ComfyAssetJson, type ComfyListQuery, type Cursor } from './comfy-contract';
import { comesAfter, compareRows, matches, sortValue, toRow, type Row } from './comfy-rows';

export type { ComfyAssetJson, ComfyListQuery } from './comfy-contract';

export type ComfyChange =
  | { readonly type: 'deleted'; readonly id: string }
  | { readonly type: 'tags'; readonly id: string; readonly tags: readonly string[] };

export interface ComfyPage {
  readonly assets: readonly ComfyAssetJson[];
  readonly total: number;
  readonly hasMore: boolean;
  readonly next: Cursor | null;
}

/** Why nothing was done, or the tags as they are now. */
export type TagsOutcome =
  | 'unknown'
  | 'immutable'
  | {
      readonly total: readonly string[];
      readonly changed: readonly string[];
      readonly unchanged: readonly string[];
    };

export interface TagsFilter {
  readonly prefix: string;
  readonly includePublic: boolean;
  readonly includeZero: boolean;
}

/** A server's memory: assets that can be listed, re-tagged and deleted. */
export interface ComfyLibrary {
  list(query?: Partial<ComfyListQuery>): ComfyPage;
  get(id: string): ComfyAssetJson | null;
  remove(id: string): 'deleted' | 'unknown' | 'immutable';
  removeTags(id: string, tags: readonly string[]): TagsOutcome;
  addTags(id: string, tags: readonly string[]): TagsOutcome;
  tags(filter?: Partial<TagsFilter>): readonly { readonly name: string; readonly count: number }[];
  /** Also finds deleted ones: a self-hosted server keeps the file. */
  findFile(path: string): ComfyAssetJson | null;
  /** Repeats changes of an earlier visit, without reporting them again. */
  apply(changes: Iterable<ComfyChange>): void;
  /** Back to what it was made with. */
  restore(): void;
  /** Settles when every change reported so far has been kept. */
  saved(): Promise<void>;
}

export interface ComfyLibraryOptions {
  readonly onChange?: (change: ComfyChange) => void | Promise<void>;
}

/** Where those begin that are meant, which are all at the end: by halving, since a walk asks for each page of a long list. */
function firstAt(rows: readonly Row[], isMeant: (row: Row) => boolean): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const row = rows[middle];
    if (row !== undefined && !isMeant(row)) from = middle + 1;
    else to = middle;
  }
  return from;
}

export function createComfyLibrary(
  assets: readonly ComfyAssetJson[],
  { onChange }: ComfyLibraryOptions = {},
): ComfyLibrary {
  const originals = assets.map(toRow);
  const files = new Map(
    originals.flatMap((row) => row.files.map((file) => [file, row.json] as const)).reverse(),
  );
  const rows = new Map<string, Row>();
  // Paging asks for the same order again and again; any change makes it worthless.
  let ordered: { readonly question: string; readonly rows: readonly Row[] } | null = null;
  let saving = Promise.resolve();

  const restore = () => {
    rows.clear();
    for (const row of originals) rows.set(row.json.id, row);
    ordered = null;
  };
  restore();

  const carryOut = (change: ComfyChange) => {
    const row = rows.get(change.id);
    if (row === undefined) return;
    ordered = null;
    if (change.type === 'deleted') rows.delete(change.id);
    else rows.set(change.id, toRow({ ...row.json, tags: change.tags }));
  };

  const report = (change: ComfyChange) => {
    carryOut(change);
    saving = Promise.all([saving, onChange?.(change)]).then(() => undefined);
  };

  const matching = (query: ComfyListQuery): readonly Row[] => {
    const key = JSON.stringify({ ...query, limit: 0, offset: 0, after: null });
    if (ordered?.question !== key) {
      const found = [...rows.values()].filter((row) => matches(row, query));
      ordered = { question: key, rows: found.sort(compareRows(query.sort, query.order)) };
    }
    return ordered.rows;
  };

  const changeTags = (
    id: string,
    tags: readonly string[],
    edit: (now: readonly string[], asked: ReadonlySet<string>) => readonly string[],
  ): TagsOutcome => {
    const row = rows.get(id.toLowerCase());
    if (row === undefined) return 'unknown';
    if (row.json.is_immutable === true) return 'immutable';
    const total = edit([...row.tags], new Set(tags));
    const asked = [...new Set(tags)];
    const moved = (tag: string) => row.tags.has(tag) !== total.includes(tag);
    if (asked.some(moved)) report({ type: 'tags', id: row.json.id, tags: total });
    return { total, changed: asked.filter(moved), unchanged: asked.filter((tag) => !moved(tag)) };
  };

  return {
    list: (partial) => {
      const query = { ...DEFAULT_LIST, ...partial };
      const all = matching(query);
      const { after } = query;
      const start = after === null ? query.offset : firstAt(all, (row) => comesAfter(row, after));
      const page = all.slice(start, start + query.limit);
      const hasMore = page.length > 0 && start + page.length < all.length;
      const last = page.at(-1);
      return {
        assets: page.map((row) => row.json),
        total: all.length,
        hasMore,
        next:
          hasMore && last !== undefined
            ? { sort: query.sort, order: query.order, value: sortValue(last, query.sort), id: last.json.id }
            : null,
      };
    },
    get: (id) => rows.get(id.toLowerCase())?.json ?? null,
    remove: (id) => {
      const row = rows.get(id.toLowerCase());
      if (row === undefined) return 'unknown';
      if (row.json.is_immutable === true) return 'immutable';
      report({ type: 'deleted', id: row.json.id });
      return 'deleted';
    },
    removeTags: (id, tags) => changeTags(id, tags, (now, asked) => now.filter((tag) => !asked.has(tag))),
    addTags: (id, tags) => changeTags(id, tags, (now, asked) => [...new Set([...now, ...asked])]),
    tags: ({ prefix = '', includePublic = true, includeZero = false } = {}) => {
      const counts = new Map<string, number>();
      // A tag lives on when the last asset that had it is gone.
      for (const row of originals) for (const tag of row.tags) counts.set(tag, 0);
      for (const row of rows.values()) {
        if (!includePublic && row.json.is_public === true) continue;
        for (const tag of row.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
      }
      return [...counts]
        .map(([name, count]) => ({ name, count }))
        .filter(({ name, count }) => name.startsWith(prefix) && (includeZero || count > 0));
    },
    findFile: (path) => files.get(path) ?? null,
    apply: (changes) => {
      for (const change of changes) carryOut(change);
    },
    restore,
    saved: () => saving,
  };
}

let made = 0;

/** One plain output image for tests; each call has an id, name and minute of its own. */
export function comfyAsset(overrides: Partial<ComfyAssetJson> = {}): ComfyAssetJson {
  made += 1;
  const created = new Date(Date.UTC(2026, 10, 1) + made * 60_000).toISOString();
  const name = overrides.name ?? `ComfyUI_${String(made).padStart(5, '0')}_.png`;
  return {
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    name,
    size: 1_000_000 + made,
    mime_type: 'image/png',
    tags: ['output'],
    user_metadata: {},
    preview_url: `/api/view?type=output&filename=${encodeURIComponent(name)}`,
    created_at: created,
    updated_at: created,
    last_access_time: created,
    is_immutable: false,
    ...overrides,
  };
}
