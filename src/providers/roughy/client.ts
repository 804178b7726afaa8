import type { Asset, AssetPage } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import type { Connection } from '@/domain/connection';
import { isRecord } from '@/http/is-record';
import { createApi } from '../api';
import { deletionOutcome } from '../delete-outcome';
import { pageBounds } from '../page-bounds';
import { parseAnswer, readRows } from '../parse';
import type { AssetProvider, PreviewSource, Project, ReadKey, RequestScope } from '../provider';
import { MAX_PAGE_SIZE, allPages } from './all-pages';
import { checkRoughy } from './check';
import { groupDerived, projectLabel, toAsset } from './map';
import { createProjectNames } from './project-names';
import { cut, listPage, project, render, roughyAsset } from './schema';

const ASSETS = ['v1', 'assets'] as const;

const MAX_ASKED_ONE_BY_ONE = 3;

/** Roughy: uploads with projects, cuts and renders; no tags, no search, no order but newest first. */
export function createRoughyProvider(
  connection: Connection,
  readKey: ReadKey,
): Required<Omit<AssetProvider, 'listTags' | 'removeTags' | 'addTags'>> {
  const api = createApi(connection, readKey, { header: 'Authorization', scheme: 'Bearer' });
  const names = createProjectNames(readProjects);

  async function readProjects(scope?: RequestScope): Promise<Project[]> {
    const inState = (state: string) => allPages(api, ['v1', 'projects'], { state }, project, scope);
    const [active, archived] = await Promise.all([inState('active'), inState('archived')]);
    const byId = new Map([...archived, ...active].map((row) => [row.id, row]));
    return Array.from(byId.values(), ({ id, name, state }) => ({
      id,
      name: name ?? projectLabel(id),
      archived: state === 'archived',
    }));
  }

  async function listAssets(query: AssetQuery, scope?: RequestScope): Promise<AssetPage> {
    const { project: project_id, state } = query;
    const bounds = pageBounds(query, MAX_PAGE_SIZE);
    const answer = await api.call(ASSETS, { query: { project_id, state, ...bounds } }, scope);
    const { items, total } = parseAnswer(listPage, answer);
    const known = await names.lookUp(items.map(projectIdOf), scope);
    const end = bounds.offset + items.length;
    // Without a total, a full page may be followed by another one.
    const hasMore = total === null ? items.length === bounds.limit : items.length > 0 && end < total;
    return {
      rows: readRows(roughyAsset, items, (row) => toAsset(row, known.get(row.project_id) ?? null)),
      total: total ?? end + (hasMore ? 1 : 0),
      hasMore,
      nextCursor: null,
    };
  }

  /** For several assets both lists are read whole, which takes fewer requests than asking for each asset. */
  async function readDerived(assetIds: readonly string[], scope?: RequestScope) {
    const filters =
      assetIds.length > MAX_ASKED_ONE_BY_ONE ? [{}] : assetIds.map((asset_id) => ({ asset_id }));
    const [cuts, renders] = await Promise.all([
      Promise.all(filters.map((filter) => allPages(api, ['v1', 'cuts'], filter, cut, scope))),
      Promise.all(filters.map((filter) => allPages(api, ['v1', 'renders'], filter, render, scope))),
    ]);
    return groupDerived(assetIds, cuts.flat(), renders.flat());
  }

  return {
    connection,
    sortableBy: [],
    filters: new Set(['state', 'project'] as const),
    maxPageSize: MAX_PAGE_SIZE,
    deletionAlsoRemoves: ['cuts', 'subtitles', 'renders'],
    deletionNote:
      'Roughy deletes at once and for good, together with all cuts, subtitles and renders. Credits are not refunded.',
    listAssets,
    async getAsset(id, scope): Promise<Asset> {
      const row = parseAnswer(roughyAsset, await api.call([...ASSETS, id], {}, scope));
      const known = await names.lookUp([row.project_id], scope);
      return toAsset(row, known.get(row.project_id) ?? null);
    },
    deleteAsset: (id, scope) => deletionOutcome(api.call([...ASSETS, id], { method: 'DELETE' }, scope)),
    check: (scope) => checkRoughy(api, scope),
    /** There are no thumbnails: a film is only fetched to be looked at. */
    previewSource: ({ preview }, size): PreviewSource | null =>
      preview === null || size === 'thumbnail' ? null : { type: 'url', url: preview.url },
    readPreview: (source, scope) => api.readPreview(source, scope),
    async listProjects(scope): Promise<readonly Project[]> {
      const projects = await readProjects(scope);
      names.remember(projects);
      return projects;
    },
    listDerived: (assetIds, scope) => readDerived([...new Set(assetIds)], scope),
  };
}

function projectIdOf(row: unknown): string {
  const id = isRecord(row) ? row['project_id'] : null;
  return typeof id === 'string' ? id : '';
}
