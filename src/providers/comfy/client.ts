import type { AssetPage } from '@/domain/asset';
import { SORT_FIELDS } from '@/domain/asset-query';
import type { AssetQuery } from '@/domain/asset-query';
import type { Connection } from '@/domain/connection';
import { HttpError, NotFoundError } from '@/domain/errors';
import { createApi } from '../api';
import { deletionOutcome } from '../delete-outcome';
import { pageBounds } from '../page-bounds';
import { parseAnswer, readRows, readableRows } from '../parse';
import type {
  AssetProvider,
  ListScope,
  PreviewSource,
  ReadKey,
  RequestScope,
  TagChange,
  TagCount,
} from '../provider';
import { checkComfy } from './check';
import type { ComfyFlavour } from './flavour';
import { MAX_PAGE_SIZE, listParameters } from './list-query';
import { toAsset } from './map';
import { thumbnailUrl } from './preview';
import { assetList, comfyAsset, tagCount, tagList, tagsModification } from './schema';
import type { ComfyAsset } from './schema';

const ASSETS = ['api', 'assets'] as const;
const MAX_TAG_SUGGESTIONS = 100;

/** Comfy Cloud or a self-hosted ComfyUI: one API family. */
export function createComfyProvider(
  connection: Connection,
  flavour: ComfyFlavour,
  readKey: ReadKey,
): Required<Omit<AssetProvider, 'listProjects' | 'listDerived'>> {
  const api = createApi(
    connection,
    readKey,
    flavour.hasAccounts ? { header: 'X-API-Key', scheme: null } : null,
  );
  const read = (row: ComfyAsset) => toAsset(row, connection.baseUrl, flavour);

  async function listAssets(query: AssetQuery, scope?: ListScope): Promise<AssetPage> {
    const after = scope?.after ?? null;
    const bounds = pageBounds(query, MAX_PAGE_SIZE);
    const parameters = listParameters(query, bounds, after, api.name);
    const answer = await api.call(ASSETS, { query: parameters }, scope);
    const list = parseAnswer(assetList, answer);
    const end = bounds.offset + list.assets.length;
    // Either one can be told from the other when a server leaves one out.
    const hasMore =
      list.has_more ?? (list.next_cursor !== null || (after === null && end < (list.total ?? 0)));
    return {
      rows: readRows(comfyAsset, list.assets, read),
      total: list.total ?? end + (hasMore ? 1 : 0),
      hasMore,
      nextCursor: list.next_cursor,
    };
  }

  async function changeTags(
    method: 'POST' | 'DELETE',
    id: string,
    tags: readonly string[],
    scope?: RequestScope,
  ) {
    return parseAnswer(
      tagsModification,
      await api.call([...ASSETS, id, 'tags'], { method, json: { tags } }, scope),
    );
  }

  return {
    connection,
    sortableBy: SORT_FIELDS,
    filters: new Set(['text', 'tags', 'metadata', 'public'] as const),
    maxPageSize: MAX_PAGE_SIZE,
    deletionAlsoRemoves: [],
    deletionNote: flavour.deletionNote,
    listAssets,
    getAsset: async (id, scope) => read(parseAnswer(comfyAsset, await api.call([...ASSETS, id], {}, scope))),
    deleteAsset: (id, scope) => deletionOutcome(api.call([...ASSETS, id], { method: 'DELETE' }, scope)),
    check: (scope) => checkComfy(api, flavour, scope),

    previewSource(asset, size): PreviewSource | null {
      const { preview } = asset;
      if (preview === null || (size === 'thumbnail' && !preview.isImage)) return null;
      const own = preview.access === 'connection';
      const url =
        own && size === 'thumbnail' ? thumbnailUrl(preview.url, asset.mimeType, flavour) : preview.url;
      return { type: own && api.hasKey() ? 'authenticated' : 'url', url };
    },
    readPreview: (source, scope) => api.readPreview(source, scope),

    async listTags({ prefix }, scope): Promise<readonly TagCount[]> {
      const query = {
        prefix,
        limit: MAX_TAG_SUGGESTIONS,
        order: 'count_desc',
        include_zero: false,
        include_public: false,
      };
      try {
        const { tags } = parseAnswer(tagList, await api.call(['api', 'tags'], { query }, scope));
        // A server may send more than it was asked for.
        return readableRows(tagCount, tags.slice(0, MAX_TAG_SUGGESTIONS));
      } catch (error) {
        if (isMissingRoute(error)) return [];
        throw error;
      }
    },
    async removeTags(id, tags, scope): Promise<TagChange> {
      const { total_tags, removed, not_present } = await changeTags('DELETE', id, tags, scope);
      return { totalTags: total_tags, changed: removed, unchanged: not_present };
    },
    async addTags(id, tags, scope): Promise<TagChange> {
      const { total_tags, added, already_present } = await changeTags('POST', id, tags, scope);
      return { totalTags: total_tags, changed: added, unchanged: already_present };
    },
  };
}

/** How a server answers that is older than the route. */
const isMissingRoute = (error: unknown): boolean =>
  error instanceof NotFoundError ||
  (error instanceof HttpError && (error.status === 405 || error.status === 501));
