import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

import { recorded } from '@/testing/recorded/replay';

import { fileAt } from './hosting/file-at';
import { sendPng, startPlainServer, type PlainServer, type Received } from './plain-server';

/** The fields that the server itself looks at; the others travel as they were recorded. */
interface RecordedAsset {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly tags: readonly string[];
  readonly preview_url?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_access_time: string;
}

interface ReplayOptions {
  /** Answers 401 to requests without this `X-API-Key`. */
  readonly apiKey?: string;
  /** Where a picture is instead of here, by its file name. */
  readonly redirects?: Readonly<Record<string, string>>;
  /** Started with `--enable-cors-header` and this origin: every caller may come, and browsers are told so. */
  readonly corsOrigin?: string;
  /** Started with `--front-end-root`, and this folder. */
  readonly frontEndRoot?: string;
}

const ASSET = /^\/api\/assets\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(\/tags)?$/i;
const SORTS = ['name', 'created_at', 'updated_at', 'size', 'last_access_time'] as const;

/**
 * A ComfyUI 0.33 whose library was recorded from a real one. It takes callers, parameters and bodies as that one did,
 * and forgets what is deleted.
 */
export function startComfyuiReplay({
  apiKey,
  redirects = {},
  corsOrigin,
  frontEndRoot,
}: ReplayOptions = {}): Promise<PlainServer> {
  const { assets: all } = recorded('list-all-322').response.body as { assets: RecordedAsset[] };
  const assets = new Map(all.map((asset) => [asset.id, asset]));
  const pictures = all.flatMap(({ preview_url: url }) => (url === undefined ? [] : [url]));

  return startPlainServer((request, response) => {
    const { method, path, query, headers } = request;
    const [, id, tags] = ASSET.exec(path) ?? [];
    const file = frontEndRoot === undefined || method !== 'GET' ? null : fileAt(frontEndRoot, path);
    if (corsOrigin !== undefined) allow(corsOrigin, response);
    if (corsOrigin !== undefined && method === 'OPTIONS') response.writeHead(200).end();
    else if (corsOrigin === undefined && isForeign(headers)) response.writeHead(403).end();
    else if (file !== null) response.writeHead(200, { 'content-type': file.type }).end(file.content);
    else if (apiKey !== undefined && headers['x-api-key'] !== apiKey) {
      sendJson(response, 401, { code: 'UNAUTHORIZED', message: 'API key required' });
    } else if (id !== undefined && tags !== undefined)
      answerTags(assets, id.toLowerCase(), request, response);
    else if (id !== undefined) answerAsset(assets, id.toLowerCase(), method, response);
    else if (method !== 'GET') sendNotAllowed(response);
    else if (path === '/api/assets') listAssets([...assets.values()], new URLSearchParams(query), response);
    else if (path === '/api/tags') listTags([...assets.values()], new URLSearchParams(query), response);
    else if (path === '/api/features') sendJson(response, 200, { assets: true });
    else if (path === '/api/system_stats') sendJson(response, 200, { system: { comfyui_version: '0.33.0' } });
    else if (path === '/api/view' && pictures.some((url) => isSameOrMore(path + query, url))) {
      // Also of a deleted asset: its file stays on the disk.
      const location = redirects[new URLSearchParams(query).get('filename') ?? ''];
      if (location === undefined) sendPng(response);
      else response.writeHead(302, { location }).end();
    } else if (Object.values(redirects).includes(path)) sendPng(response);
    else response.writeHead(404, { 'content-type': 'application/octet-stream' }).end();
  });
}

/** No key header is among what it allows. */
function allow(origin: string, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Methods', 'POST, GET, DELETE, PUT, OPTIONS, PATCH');
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Authorization');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
}

/** What keeps other sites' pages out of a server without accounts. */
const isForeign = ({ host = '', origin = 'null', ...headers }: IncomingHttpHeaders): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || (origin !== 'null' && new URL(origin).host !== host);

/** Character by character, so that nothing on the way may write an address anew. */
const isSameOrMore = (target: string, url: string): boolean => target === url || target.startsWith(`${url}&`);

function answerAsset(
  assets: Map<string, RecordedAsset>,
  id: string,
  method: string,
  response: ServerResponse,
): void {
  const asset = assets.get(id);
  if (method === 'DELETE') {
    if (assets.delete(id)) response.writeHead(204).end();
    else sendRecorded(response, 'delete-again', id);
  } else if (method !== 'GET') sendNotAllowed(response);
  else if (asset === undefined) sendRecorded(response, 'get-after-delete', id);
  else sendJson(response, 200, asset);
}

function answerTags(
  assets: Map<string, RecordedAsset>,
  id: string,
  { method, body }: Received,
  response: ServerResponse,
): void {
  const asset = assets.get(id);
  const tags = tagsIn(body);
  if (method !== 'POST' && method !== 'DELETE') sendNotAllowed(response);
  else if (asset === undefined) sendRecorded(response, 'get-after-delete', id);
  else if (tags.length === 0) sendRecorded(response, 'tags-remove-empty');
  else {
    const present = tags.filter((tag) => asset.tags.includes(tag));
    const absent = tags.filter((tag) => !asset.tags.includes(tag));
    const adding = method === 'POST';
    const left = asset.tags.filter((tag) => !tags.includes(tag));
    const total_tags = (adding ? [...asset.tags, ...absent] : left).sort(byCodePoint);
    // `updated_at` stays as it is.
    assets.set(id, { ...asset, tags: total_tags });
    sendJson(response, 200, {
      ...(adding ? { added: absent, already_present: present } : { removed: present, not_present: absent }),
      total_tags,
    });
  }
}

/** None for a body that is not what it should be. */
function tagsIn(body: string): readonly string[] {
  try {
    const { tags } = JSON.parse(body) as { tags: unknown };
    return Array.isArray(tags) ? tags.map(String) : [];
  } catch {
    return [];
  }
}

function listAssets(
  assets: readonly RecordedAsset[],
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const limit = Number(query.get('limit') ?? 20);
  const offset = Number(query.get('offset') ?? 0);
  const order = query.get('order') ?? 'desc';
  const sort = SORTS.find((name) => name === (query.get('sort') ?? 'created_at'));
  if (sort === undefined || !['asc', 'desc'].includes(order)) sendRecorded(response, 'list-bad-sort');
  else if (!isWithin(limit, 1, 500) || !isWithin(offset, 0, Infinity))
    sendRecorded(response, 'list-limit-501');
  else {
    const direction = order === 'asc' ? 1 : -1;
    const matching = assets
      .filter(matches(query))
      .sort((a, b) => direction * (compare(a[sort], b[sort]) || byCodePoint(a.id, b.id)));
    const page = matching.slice(offset, offset + limit);
    const last = page.at(-1);
    const has_more = last !== undefined && offset + page.length < matching.length;
    const next_cursor =
      has_more && sort !== 'last_access_time'
        ? cursorOf({ s: sort, v: String(last[sort]), id: last.id, o: order })
        : undefined;
    // An undefined field is left out, as the server does.
    sendJson(response, 200, { assets: page, total: matching.length, has_more, next_cursor });
  }
}

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function matches(query: URLSearchParams): (asset: RecordedAsset) => boolean {
  const include = tagList(query, 'include_tags');
  const exclude = tagList(query, 'exclude_tags');
  const name = lowerAscii(query.get('name_contains') ?? '');
  return (asset) =>
    include.every((tag) => asset.tags.includes(tag)) &&
    !exclude.some((tag) => asset.tags.includes(tag)) &&
    lowerAscii(asset.name).includes(name);
}

const tagList = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).flatMap((value) => value.split(',').filter((tag) => tag !== ''));

const cursorOf = (place: object): string => Buffer.from(JSON.stringify(place)).toString('base64url');

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : byCodePoint(String(a), String(b));

/** UTF-8 sorts by code point, JavaScript's own strings do not. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Only in the default order, most used first: the only one that is asked for. */
function listTags(assets: readonly RecordedAsset[], query: URLSearchParams, response: ServerResponse): void {
  const { tags: known } = recorded('tags').response.body as { tags: { name: string }[] };
  const counts = new Map(known.map(({ name }) => [name, 0]));
  for (const tag of assets.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const tags = Array.from(counts, ([name, count]) => ({ name, count }))
    .filter(({ name, count }) => name.startsWith(query.get('prefix') ?? '') && count >= least(query))
    .sort((a, b) => b.count - a.count || byCodePoint(a.name, b.name));
  const page = tags.slice(0, Number(query.get('limit') ?? 100));
  sendJson(response, 200, { tags: page, total: tags.length, has_more: page.length < tags.length });
}

const least = (query: URLSearchParams): number => (query.get('include_zero') === 'false' ? 1 : 0);

/** A recorded answer, about another asset where one is given. */
function sendRecorded(response: ServerResponse, name: string, id?: string): void {
  const { request, response: answer } = recorded(name);
  const recordedId = ASSET.exec(request.path)?.[1];
  const body = JSON.stringify(answer.body);
  const about = id === undefined || recordedId === undefined ? body : body.replaceAll(recordedId, id);
  response.writeHead(answer.status, answer.headers).end(about);
}

const sendNotAllowed = (response: ServerResponse): void => {
  response.writeHead(405, { allow: 'GET,HEAD' }).end('405: Method Not Allowed');
};

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
