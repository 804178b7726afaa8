import type { RoughyAssetJson, RoughyCutJson, RoughyProjectJson, RoughyRenderJson } from './roughy-contract';

export type { RoughyAssetJson, RoughyCutJson, RoughyProjectJson, RoughyRenderJson } from './roughy-contract';

export interface RoughyContents {
  readonly projects: readonly RoughyProjectJson[];
  readonly assets: readonly RoughyAssetJson[];
  readonly cuts?: readonly RoughyCutJson[];
  readonly renders?: readonly RoughyRenderJson[];
}

export interface RoughyChange {
  readonly type: 'deleted';
  readonly id: string;
}

export interface RoughyPage<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

export interface RoughyFilter {
  readonly state?: string | null;
  readonly projectId?: string | null;
  readonly assetId?: string | null;
  readonly limit?: number;
  readonly offset?: number;
}

/** A server's memory: recordings in projects, and what was made from them. */
export interface RoughyLibrary {
  listAssets(filter?: Omit<RoughyFilter, 'assetId'>): RoughyPage<RoughyAssetJson>;
  listProjects(filter?: Pick<RoughyFilter, 'state' | 'limit' | 'offset'>): RoughyPage<RoughyProjectJson>;
  listCuts(filter?: RoughyFilter): RoughyPage<RoughyCutJson>;
  listRenders(filter?: RoughyFilter): RoughyPage<RoughyRenderJson>;
  getAsset(id: string): RoughyAssetJson | null;
  getProject(id: string): RoughyProjectJson | null;
  getCut(id: string): RoughyCutJson | null;
  getRender(id: string): RoughyRenderJson | null;
  /** Takes cuts and renders along; false when there is no such asset. */
  remove(id: string): boolean;
  /** Repeats changes of an earlier visit, without reporting them again. */
  apply(changes: Iterable<RoughyChange>): void;
  /** Back to what it was made with. */
  restore(): void;
  /** Settles when every change reported so far has been kept. */
  saved(): Promise<void>;
}

export interface RoughyLibraryOptions {
  readonly onChange?: (change: RoughyChange) => void | Promise<void>;
}

interface Dated {
  readonly id: string;
  readonly created_at: string;
}

const newestFirst = (left: Dated, right: Dated): number => {
  if (left.created_at !== right.created_at) return left.created_at < right.created_at ? 1 : -1;
  return left.id < right.id ? 1 : -1;
};

function page<T extends Dated>(items: readonly T[], { limit = 20, offset = 0 }: RoughyFilter): RoughyPage<T> {
  return { items: items.slice(offset, offset + limit), total: items.length, limit, offset };
}

const byId = <T extends Dated>(items: readonly T[] = []) =>
  new Map([...items].sort(newestFirst).map((item) => [item.id, item]));

export function createRoughyLibrary(
  contents: RoughyContents,
  { onChange }: RoughyLibraryOptions = {},
): RoughyLibrary {
  const projects = byId(contents.projects);
  let assets = byId(contents.assets);
  let cuts = byId(contents.cuts);
  let renders = byId(contents.renders);
  let saving = Promise.resolve();

  const takeAway = (id: string): boolean => {
    for (const work of [cuts, renders]) {
      for (const item of [...work.values()]) if (item.asset_id === id) work.delete(item.id);
    }
    return assets.delete(id);
  };

  const is = (wanted: string | null | undefined, value: string | undefined) =>
    wanted == null || wanted === value;

  const worksOf = <T extends Dated & { asset_id: string; state: string }>(
    items: ReadonlyMap<string, T>,
    filter: RoughyFilter,
  ) =>
    page(
      [...items.values()].filter(
        ({ state, asset_id: assetId }) =>
          is(filter.state, state) &&
          is(filter.assetId, assetId) &&
          is(filter.projectId, assets.get(assetId)?.project_id),
      ),
      filter,
    );

  return {
    listAssets: (filter = {}) =>
      page(
        [...assets.values()].filter(
          (asset) => is(filter.state, asset.state) && is(filter.projectId, asset.project_id),
        ),
        filter,
      ),
    listProjects: (filter = {}) =>
      page(
        [...projects.values()].filter(({ state }) => is(filter.state, state)),
        filter,
      ),
    listCuts: (filter = {}) => worksOf(cuts, filter),
    listRenders: (filter = {}) => worksOf(renders, filter),
    getAsset: (id) => assets.get(id.toLowerCase()) ?? null,
    getProject: (id) => projects.get(id.toLowerCase()) ?? null,
    getCut: (id) => cuts.get(id.toLowerCase()) ?? null,
    getRender: (id) => renders.get(id.toLowerCase()) ?? null,
    remove: (rawId) => {
      const id = rawId.toLowerCase();
      const wasThere = takeAway(id);
      if (wasThere) saving = Promise.all([saving, onChange?.({ type: 'deleted', id })]).then(() => undefined);
      return wasThere;
    },
    apply: (changes) => {
      for (const { id } of changes) takeAway(id);
    },
    restore: () => {
      assets = byId(contents.assets);
      cuts = byId(contents.cuts);
      renders = byId(contents.renders);
    },
    saved: () => saving,
  };
}
