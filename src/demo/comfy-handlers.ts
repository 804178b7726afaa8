import { http, HttpResponse, type DefaultBodyType, type PathParams, type RequestHandler } from 'msw';
import type { ComfyAssetJson, ComfyLibrary, TagsOutcome } from './comfy-library';
import { comfyErrors, type ComfyFlavour } from './comfy-errors';
import { readListRequest, readTagsRequest, readViewRequest, writeCursor } from './comfy-queries';
import { compareText } from './comfy-rows';
import { toWire } from './comfy-wire';
import { wait, type Latency, type RequestWeight } from './latency';
import { drawnContent } from './media';
import { StrictQuery, findExcess, isUuid, readTagsBody } from './strict-request';

export interface ComfyHandlersOptions {
  /** Absolute, without a trailing slash; MSW wildcards are allowed. */
  readonly baseUrl: string;
  readonly library: ComfyLibrary;
  readonly flavour?: ComfyFlavour;
  /** The only key accepted; null when none is asked for. */
  readonly apiKey?: string | null;
  readonly latencyMs?: Latency;
  /** Self-hosted only: the newest builds refuse `metadata_filter`, older ones take it. */
  readonly refusesMetadataFilter?: boolean;
  /** Whether lists can be walked by cursor, as at newer servers; self-hosted ones do unless told otherwise. */
  readonly cursors?: boolean;
}

interface Call {
  readonly request: Request;
  readonly params: PathParams;
}

/** A Comfy server made of request handlers, stricter about its contract than real ones are. */
export function comfyHandlers(options: ComfyHandlersOptions): RequestHandler[] {
  const { baseUrl, library, flavour = 'cloud', apiKey = null, latencyMs } = options;
  const isCloud = flavour === 'cloud';
  const { cursors = !isCloud } = options;
  const errors = comfyErrors(flavour);

  const refusal = ({ headers }: Request): Response | null => {
    // Nobody's key belongs on a server that never asks for one.
    if (!isCloud && (headers.has('x-api-key') || headers.has('authorization'))) return errors.unexpectedKey();
    return isCloud && apiKey !== null && headers.get('x-api-key') !== apiKey ? errors.unauthorized() : null;
  };

  const answer =
    (weight: RequestWeight, respond: (call: Call) => Response | Promise<Response>) =>
    async ({
      request,
      params,
    }: {
      request: Request & { body: DefaultBodyType | null };
      params: PathParams;
    }) => {
      await wait(latencyMs, weight);
      const refused = refusal(request);
      if (refused !== null) return refused;
      if (new URL(request.url).pathname.endsWith('/')) return errors.noRoute();
      return respond({ request, params });
    };

  /** For paths that name one asset. */
  const answerFor = (
    weight: RequestWeight,
    respond: (id: string, request: Request) => Response | Promise<Response>,
  ) =>
    answer(weight, ({ request, params }) => {
      const id = String(params['id']).toLowerCase();
      return isUuid(id) ? respond(id, request) : errors.noRoute();
    });

  const listAssets = ({ request }: Call) => {
    if (options.refusesMetadataFilter === true && new URL(request.url).searchParams.has('metadata_filter')) {
      return errors.unsupportedParameter('metadata_filter');
    }
    const { query, problems, cursorProblem } = readListRequest(request.url, { cursors });
    if (problems.length > 0) return errors.invalidQuery(problems);
    if (cursorProblem !== null) return errors.invalidCursor(cursorProblem);
    const page = library.list(query);
    const offersCursor = cursors && page.next !== null && query.sort !== 'last_access_time';
    return HttpResponse.json({
      assets: page.assets.map((asset) => toWire(asset, flavour)),
      total: page.total,
      has_more: page.hasMore,
      ...(offersCursor && { next_cursor: writeCursor(page.next) }),
    });
  };

  const getAsset = async (id: string, request: Request) => {
    const excess = await findExcess(request);
    if (excess !== null) return errors.invalidQuery([excess]);
    const asset = library.get(id);
    return asset === null ? errors.assetNotFound(id) : HttpResponse.json(toWire(asset, flavour));
  };

  const deleteAsset = async (id: string, request: Request) => {
    const excess = await findExcess(request);
    if (excess !== null) return errors.invalidQuery([excess]);
    const outcome = library.remove(id);
    if (outcome === 'unknown') return errors.assetNotFound(id);
    if (outcome === 'immutable') return errors.immutable(id);
    await library.saved();
    return new HttpResponse(null, { status: 204 });
  };

  const changeTags = async (
    request: Request,
    change: (tags: readonly string[]) => TagsOutcome,
    names: { readonly changed: string; readonly unchanged: string },
    id: string,
  ) => {
    const query = new StrictQuery(request.url, []);
    if (query.problems.length > 0) return errors.invalidQuery(query.problems);
    const tags = await readTagsBody(request);
    if ('field' in tags) return errors.invalidBody(tags);
    const outcome = change(tags);
    if (outcome === 'unknown') return errors.assetNotFound(id);
    if (outcome === 'immutable') return errors.immutable(id);
    await library.saved();
    return HttpResponse.json({
      [names.changed]: outcome.changed,
      [names.unchanged]: outcome.unchanged,
      // Tag order means nothing, and self-hosted servers do not keep it.
      total_tags: isCloud ? outcome.total : [...outcome.total].sort(compareText),
    });
  };

  const removeTags = (id: string, request: Request) =>
    changeTags(
      request,
      (tags) => library.removeTags(id, tags),
      { changed: 'removed', unchanged: 'not_present' },
      id,
    );

  const addTags = (id: string, request: Request) =>
    changeTags(
      request,
      (tags) => library.addTags(id, tags),
      { changed: 'added', unchanged: 'already_present' },
      id,
    );

  const listTags = ({ request }: Call) => {
    const { problems, order, limit, offset, ...filter } = readTagsRequest(request.url, {
      includeZero: !isCloud,
    });
    if (problems.length > 0) return errors.invalidQuery(problems);
    const tags = [...library.tags(filter)].sort(
      (left, right) =>
        (order === 'count_desc' ? right.count - left.count : 0) || compareText(left.name, right.name),
    );
    return HttpResponse.json({
      tags: tags.slice(offset, offset + limit),
      total: tags.length,
      has_more: offset + limit < tags.length,
    });
  };

  const viewFile = ({ request }: Call) => {
    const { problems, path, res } = readViewRequest(request.url, { thumbnails: isCloud });
    if (problems.length > 0) return errors.invalidQuery(problems);
    const asset = library.findFile(path);
    // A self-hosted server keeps the file of a deleted asset.
    const isThere = asset !== null && (!isCloud || library.get(asset.id) !== null);
    return isThere ? drawnContent(asset, request, { res }) : errors.fileNotFound();
  };

  const readContent = (id: string, request: Request) => {
    const query = new StrictQuery(request.url, ['disposition', 'res']);
    const disposition = query.oneOf('disposition', ['inline', 'attachment'], 'attachment');
    const res = query.integer('res', { min: 1, max: 4096, fallback: 0 });
    if (query.problems.length > 0) return errors.invalidQuery(query.problems);
    const asset: ComfyAssetJson | null = library.get(id);
    if (asset === null) return errors.assetNotFound(id);
    return drawnContent(asset, request, { res: res === 0 ? null : res, disposition });
  };

  const cloudOnly = isCloud
    ? [
        http.get(
          `${baseUrl}/api/user`,
          answer('one', () => HttpResponse.json({ status: 'active' })),
        ),
      ]
    : [];
  const serverOnly = isCloud
    ? []
    : [
        http.get(
          `${baseUrl}/api/system_stats`,
          answer('one', () => HttpResponse.json({ system: { comfyui_version: '0.33.0' }, devices: [] })),
        ),
      ];

  return [
    http.get(`${baseUrl}/api/assets`, answer('list', listAssets)),
    http.get(`${baseUrl}/api/assets/:id`, answerFor('one', getAsset)),
    http.delete(`${baseUrl}/api/assets/:id`, answerFor('one', deleteAsset)),
    http.delete(`${baseUrl}/api/assets/:id/tags`, answerFor('one', removeTags)),
    http.post(`${baseUrl}/api/assets/:id/tags`, answerFor('one', addTags)),
    http.get(`${baseUrl}/api/assets/:id/content`, answerFor('media', readContent)),
    // The spelling without /api is seen in `preview_url`, and both are routed.
    http.get(`${baseUrl}/assets/:id/content`, answerFor('media', readContent)),
    http.get(`${baseUrl}/api/tags`, answer('one', listTags)),
    http.get(`${baseUrl}/api/view`, answer('media', viewFile)),
    http.get(
      `${baseUrl}/api/features`,
      answer('one', () => HttpResponse.json({ assets: true })),
    ),
    ...cloudOnly,
    ...serverOnly,
    http.all(
      `${baseUrl}/*`,
      answer('one', () => errors.noRoute()),
    ),
  ];
}
