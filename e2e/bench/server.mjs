// @ts-check
import { readFile } from 'node:fs/promises';
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { extname, normalize } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { URL, fileURLToPath } from 'node:url';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { makeLibrary } from './assets.mjs';

/** @typedef {import('./assets.mjs').BenchAsset} BenchAsset */
/** @typedef {{ status?: number, type: string, body: string | Buffer, gzipped?: boolean }} Answer */

const LATENCY_MS = 40;
const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';
/** @type {Record<string, string>} */
const TEXT_TYPES = {
  '.html': HTML_TYPE,
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': JSON_TYPE,
  '.svg': 'image/svg+xml',
};
const FOLDERS = [
  { prefix: '/winnow/', root: new URL('../../dist/', import.meta.url) },
  { prefix: '/reference/', root: new URL('./reference/', import.meta.url) },
];
/** Hosts keep compressed copies; compressing at each request would be measured as Winnow's slowness.
 * @type {Map<string, Answer>} */
const compressed = new Map();
const WINNOW_CONFIG = JSON.stringify({
  connections: [{ id: 'bench', kind: 'comfyui', label: 'Bench', baseUrl: '../' }],
  demo: false,
});

/** @param {unknown} body @param {number} [status] @returns {Answer} */
const json = (body, status = 200) => ({ status, type: JSON_TYPE, body: JSON.stringify(body) });
/** @param {string} message @returns {Answer} */
const notFound = (message) => json({ error: { code: 'NOT_FOUND', message, details: {} } }, 404);

/** @param {string} type @param {Buffer} data */
function pngChunk(type, data) {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(content), 4);
  return Buffer.concat([frame.subarray(0, 4), content, frame.subarray(4)]);
}

/** @type {Map<number, Buffer>} */
const drawn = new Map();

/** A 96-pixel pattern of about 1 kB. @param {number} variant */
function drawPng(variant) {
  const known = drawn.get(variant);
  if (known) return known;
  const side = 96;
  const header = Buffer.from([0, 0, 0, side, 0, 0, 0, side, 8, 2, 0, 0, 0]);
  const pixels = Buffer.alloc(side * (1 + side * 3));
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const at = y * (1 + side * 3) + 1 + x * 3;
      pixels.set([(x >> 3) * 20, (y >> 3) * 20, ((x ^ y) >> 3) * variant], at);
    }
  }
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const chunks = [
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(pixels)),
    pngChunk('IEND', Buffer.alloc(0)),
  ];
  const png = Buffer.concat([signature, ...chunks]);
  drawn.set(variant, png);
  return png;
}

/** @param {string} list */
const splitTags = (list) => list.split(',').filter((tag) => tag !== '');

/** The part of ComfyUI's assets API that a browser of assets asks for. @param {readonly BenchAsset[]} library */
function createApi(library) {
  /** What is there; deleting takes away from it. */
  const byId = new Map(library.map((asset) => [asset.id, asset]));
  /** @type {Map<string, readonly BenchAsset[]>} */
  const sorted = new Map();

  /** @param {string} field @param {string} order */
  function sortedBy(field, order) {
    const key = `${field} ${order}`;
    const known = sorted.get(key);
    if (known) return known;
    const sign = order === 'asc' ? 1 : -1;
    /** @param {BenchAsset} asset */
    const value = (asset) =>
      asset[/** @type {'name' | 'size' | 'created_at'} */ (field === 'size' ? 'size' : field)];
    const list = [...library].sort((a, b) => (value(a) < value(b) ? -sign : value(a) > value(b) ? sign : 0));
    sorted.set(key, list);
    return list;
  }

  /** @param {URLSearchParams} query */
  function list(query) {
    const limit = Number(query.get('limit') ?? 20);
    const offset = Number(query.get('offset') ?? 0);
    const text = (query.get('name_contains') ?? '').toLowerCase();
    const include = splitTags(query.get('include_tags') ?? '');
    const exclude = splitTags(query.get('exclude_tags') ?? '');
    const isWhole = byId.size === library.length;
    const matches = sortedBy(query.get('sort') ?? 'created_at', query.get('order') ?? 'desc').filter(
      ({ id, name, tags }) =>
        (isWhole || byId.has(id)) &&
        (text === '' || name.toLowerCase().includes(text)) &&
        include.every((tag) => tags.includes(tag)) &&
        !exclude.some((tag) => tags.includes(tag)),
    );
    const assets = matches.slice(offset, offset + limit);
    return json({ assets, total: matches.length, has_more: offset + assets.length < matches.length });
  }

  /** @param {URLSearchParams} query */
  function tagCounts(query) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    const prefix = query.get('prefix') ?? '';
    for (const tag of [...byId.values()].flatMap(({ tags }) => tags))
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
    const tags = [...counts]
      .map(([name, count]) => ({ name, count }))
      .filter(({ name }) => name.startsWith(prefix));
    return json({ tags: tags.sort((a, b) => b.count - a.count), total: tags.length, has_more: false });
  }

  /** @param {string} path @param {URLSearchParams} query @returns {Answer} */
  function read(path, query) {
    if (path === '/api/assets') return list(query);
    if (path === '/api/tags') return tagCounts(query);
    if (path === '/api/features') return json({ assets: true });
    if (path === '/api/view') {
      return { type: 'image/png', body: drawPng(crc32(query.get('filename') ?? '') % 16) };
    }
    const asset = byId.get(idIn(path));
    return asset ? json(asset) : notFound(`Nothing at ${path}`);
  }

  return {
    read,
    /** @param {string} path @returns {Answer} */
    remove: (path) =>
      byId.delete(idIn(path)) ? { status: 204, type: JSON_TYPE, body: '' } : notFound(`Nothing at ${path}`),
    /** Puts back what was deleted. */
    restore: () => library.forEach((asset) => byId.set(asset.id, asset)),
  };
}

/** @param {string} path */
const idIn = (path) => path.replace('/api/assets/', '');

/** @param {string} path @returns {Promise<Answer>} */
async function readStatic(path) {
  const known = compressed.get(path);
  if (known) return known;
  if (path === '/blank')
    return { type: HTML_TYPE, body: '<!doctype html><title>Blank</title><link rel="icon" href="data:,">' };
  if (path === '/winnow/config.json') return { type: JSON_TYPE, body: WINNOW_CONFIG };
  const folder = FOLDERS.find(({ prefix }) => path.startsWith(prefix));
  if (!folder || normalize(path) !== path) return notFound(path);
  const file = path.slice(folder.prefix.length) || 'index.html';
  const type = TEXT_TYPES[extname(file)];
  try {
    const body = await readFile(new URL(file, folder.root));
    if (type === undefined) return { type: 'application/octet-stream', body };
    const answer = { type, body: gzipSync(body), gzipped: true };
    compressed.set(path, answer);
    return answer;
  } catch {
    return notFound(path);
  }
}

/**
 * What the server did, for measurements that are to be the same for every client.
 * @typedef {object} Served
 * @property {number[]} deletedAt `performance.now()` at each 204
 * @property {{ list: number, asset: number, other: number }} reads requests to read, by what was asked for
 */

/**
 * Serves both pages, and one API for both with some latency; static text is gzipped, as hosts do.
 * @param {{ library: readonly BenchAsset[], port?: number, latencyMs?: number }} options
 * @returns {Promise<{ origin: string, served: Served, restore: () => void, close: () => void }>}
 */
export async function startServer({ library, port = 0, latencyMs = LATENCY_MS }) {
  const api = createApi(library);
  /** @type {Served} */
  const served = { deletedAt: [], reads: { list: 0, asset: 0, other: 0 } };

  /** @param {string} method @param {string} path @param {URLSearchParams} query */
  async function answer(method, path, query) {
    if (!path.startsWith('/api/')) return readStatic(path);
    if (latencyMs > 0) await delay(latencyMs);
    if (method === 'DELETE') return api.remove(path);
    served.reads[path === '/api/assets' ? 'list' : path.startsWith('/api/assets/') ? 'asset' : 'other'] += 1;
    return api.read(path, query);
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench');
    const { method = 'GET' } = request;
    void answer(method, pathname, searchParams).then(({ status = 200, type, body, gzipped }) => {
      const headers = { 'Content-Type': type, ...(gzipped && { 'Content-Encoding': 'gzip' }) };
      response.writeHead(status, headers).end(body);
      if (method === 'DELETE' && status === 204) served.deletedAt.push(performance.now());
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    served,
    restore: api.restore,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

// Started by itself, it shows both pages to a person: node e2e/bench/server.mjs
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { origin } = await startServer({ library: makeLibrary(5000), port: 4180 });
  process.stdout.write(`${origin}/reference/\n${origin}/winnow/\n`);
}
