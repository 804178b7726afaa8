import { http, HttpResponse, type PathParams, type RequestHandler } from 'msw';
import { ROUGHY_STATES } from '@/domain/asset';
import type { FieldProblem } from '@/domain/errors';
import { DEMO_CLIP_TYPE, demoClip } from './demo-clip';
import { wait, type Latency, type RequestWeight } from './latency';
import { bytesResponse } from './media';
import { PROJECT_STATES, WORK_STATES, type RoughyAssetJson } from './roughy-contract';
import type { RoughyLibrary } from './roughy-library';
import { isSignatureLive, mediaBase, signedMediaUrl } from './signed-url';
import { StrictQuery, findExcess, isUuid } from './strict-request';
import { TONE_TYPE, tone } from './tone';
import { without } from './without';

export interface RoughyHandlersOptions {
  /** Absolute, without a trailing slash; MSW wildcards are allowed. */
  readonly baseUrl: string;
  readonly library: RoughyLibrary;
  /** The only key accepted; null when none is asked for. */
  readonly apiKey?: string | null;
  readonly latencyMs?: Latency;
}

interface Call {
  readonly request: Request;
  readonly params: PathParams;
}

const BALANCE = 4585;
const ACCOUNT = {
  id: '018f3c1e-0000-7000-8000-000000000001',
  email: 'ada@example.org',
  name: 'Ada',
  created_at: '2026-01-01T00:00:00.000000Z',
};

let requests = 0;

/** Lists leave out what only the detail has. */
const summary = (asset: RoughyAssetJson): object =>
  without(asset, 'error_code', 'error_message', 'upload_url');

const failure = (status: number, code: string, message: string, fields?: readonly FieldProblem[]) =>
  HttpResponse.json({ error: { code, message, ...(fields !== undefined && { fields }) } }, { status });

const invalid = (place: 'query' | 'path', problems: readonly FieldProblem[]) =>
  failure(
    422,
    'validation_error',
    'The request is not valid.',
    problems.map(({ field, message }) => ({ field: `${place}.${field}`, message })),
  );

const notFound = (what: string) => failure(404, 'not_found', `${what} not found.`);

/** A Roughy server made of request handlers, stricter about its contract than the real one may be. */
export function roughyHandlers({
  baseUrl,
  library,
  apiKey = null,
  latencyMs,
}: RoughyHandlersOptions): RequestHandler[] {
  const answer =
    (weight: RequestWeight, respond: (call: Call) => Response | Promise<Response>) =>
    async ({ request, params }: Call) => {
      await wait(latencyMs, weight);
      const isAllowed = apiKey === null || request.headers.get('authorization') === `Bearer ${apiKey}`;
      const response = isAllowed
        ? await respond({ request, params })
        : failure(401, 'unauthenticated', 'Missing or invalid API key.');
      requests += 1;
      response.headers.set('x-request-id', `req_${String(requests).padStart(8, '0')}`);
      return response;
    };

  const list = (parameters: readonly string[], respond: (reader: StrictQuery, page: Page) => object) =>
    answer('list', ({ request }) => {
      const reader = new StrictQuery(request.url, [...parameters, 'limit', 'offset']);
      const body = respond(reader, {
        limit: reader.integer('limit', { min: 1, max: 100, fallback: 20 }),
        offset: reader.integer('offset', { min: 0, fallback: 0 }),
      });
      return reader.problems.length > 0 ? invalid('query', reader.problems) : HttpResponse.json(body);
    });

  const one = (parameter: string, respond: (id: string, request: Request) => Response | Promise<Response>) =>
    answer('one', async ({ request, params }) => {
      const id = String(params['id']);
      if (!isUuid(id)) return invalid('path', [{ field: parameter, message: 'must be a UUID' }]);
      const excess = await findExcess(request);
      return excess === null ? respond(id, request) : invalid('query', [excess]);
    });

  const getAsset = (id: string, request: Request) => {
    const asset = library.getAsset(id);
    if (asset === null) return notFound('Asset');
    const hasMedia = asset.state === 'ready' || asset.state === 'pending_payment';
    return HttpResponse.json({
      ...asset,
      download_url: hasMedia ? signedMediaUrl(mediaBase(request.url), id) : null,
    });
  };

  const deleteAsset = async (id: string) => {
    if (!library.remove(id)) return notFound('Asset');
    await library.saved();
    return new HttpResponse(null, { status: 204 });
  };

  const getRender = (id: string, request: Request) => {
    const render = library.getRender(id);
    if (render === null) return notFound('Render');
    const url = render.state === 'completed' ? signedMediaUrl(mediaBase(request.url), id) : null;
    return HttpResponse.json({ ...render, download_url: url });
  };

  const found = (what: string, item: object | null) =>
    item === null ? notFound(what) : HttpResponse.json(item);

  const readBalance = async ({ request }: Call) => {
    const excess = await findExcess(request);
    return excess === null ? HttpResponse.json({ balance: BALANCE }) : invalid('query', [excess]);
  };

  /** Storage, not the API: a signature instead of a key. */
  const readMedia = async ({ request, params }: Call) => {
    await wait(latencyMs, 'media');
    if (request.headers.has('authorization'))
      return new HttpResponse('A key was sent to storage', { status: 400 });
    if (!isSignatureLive(request.url))
      return new HttpResponse('<Error>AccessDenied</Error>', { status: 403 });
    const id = String(params['id']);
    const asset = library.getAsset(id);
    const render = library.getRender(id);
    if (asset === null && render === null)
      return new HttpResponse('<Error>NoSuchKey</Error>', { status: 404 });
    const isVideo =
      asset === null ? /mp4|mov/.test(String(render?.output['format'])) : asset.type === 'video';
    return isVideo
      ? bytesResponse(demoClip(), request, { 'content-type': DEMO_CLIP_TYPE })
      : bytesResponse(tone(id), request, { 'content-type': TONE_TYPE });
  };

  return [
    http.get(
      `${baseUrl}/v1/assets`,
      list(['project_id', 'state'], (reader, page) => {
        const filter = {
          projectId: reader.uuid('project_id'),
          state: reader.oneOf('state', ROUGHY_STATES, null),
        };
        const { items, ...rest } = library.listAssets({ ...filter, ...page });
        return { items: items.map(summary), ...rest };
      }),
    ),
    http.get(`${baseUrl}/v1/assets/:id`, one('asset_id', getAsset)),
    http.delete(`${baseUrl}/v1/assets/:id`, one('asset_id', deleteAsset)),
    http.get(
      `${baseUrl}/v1/projects`,
      list(['state'], (reader, page) => {
        const { items, ...rest } = library.listProjects({
          state: reader.oneOf('state', PROJECT_STATES, 'active'),
          ...page,
        });
        return { items: items.map((project) => without(project, 'archived_at')), ...rest };
      }),
    ),
    http.get(
      `${baseUrl}/v1/projects/:id`,
      one('project_id', (id) => found('Project', library.getProject(id))),
    ),
    http.get(
      `${baseUrl}/v1/cuts`,
      list(WORK_PARAMETERS, (reader, page) => library.listCuts({ ...readWorkFilter(reader), ...page })),
    ),
    http.get(
      `${baseUrl}/v1/cuts/:id`,
      one('cut_id', (id) => found('Cut', library.getCut(id))),
    ),
    http.get(
      `${baseUrl}/v1/renders`,
      list(WORK_PARAMETERS, (reader, page) => library.listRenders({ ...readWorkFilter(reader), ...page })),
    ),
    http.get(`${baseUrl}/v1/renders/:id`, one('render_id', getRender)),
    http.get(`${baseUrl}/v1/credits/balance`, answer('one', readBalance)),
    http.get(
      `${baseUrl}/v1/users/me`,
      answer('one', () => HttpResponse.json(ACCOUNT)),
    ),
    http.get(`${baseUrl}/media/:id`, readMedia),
    http.all(
      `${baseUrl}/*`,
      answer('one', () => notFound('Path')),
    ),
  ];
}

interface Page {
  readonly limit: number;
  readonly offset: number;
}

const WORK_PARAMETERS = ['asset_id', 'project_id', 'state'];

const readWorkFilter = (reader: StrictQuery) => ({
  assetId: reader.uuid('asset_id'),
  projectId: reader.uuid('project_id'),
  state: reader.oneOf('state', WORK_STATES, null),
});
