import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Page } from '@playwright/test';
import { build } from 'vite';

import type { ProviderKind } from '@/domain/connection';
import type { Diagnosis } from '@/providers/diagnose/diagnosis';
import type { DiagnosisExplanation } from '@/providers/diagnose/explain-diagnosis';

import { startComfyuiReplay } from './comfyui-replay';
import { startPlainServer, type Answer, type PlainServer } from './plain-server';
import { expect, startWinnow, test } from './unmocked';

/*
 * What only a real browser decides: CORS, preflights, refused connections, policies, redirects. The diagnosis is built
 * alone and runs in an empty page of a plain server, against other plain servers.
 */

const KEY = 'comfyui-canary-5e7d0c42';
const FEATURES = { supports_preview_metadata: true, assets: true };

let built: string;

test.beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'winnow-diagnose-'));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: { '@': fileURLToPath(new URL('../src', import.meta.url)) } },
    build: {
      outDir: built,
      minify: false,
      target: 'es2023',
      lib: {
        entry: ['diagnose', 'explain-diagnosis'].map((name) =>
          fileURLToPath(new URL(`../src/providers/diagnose/${name}.ts`, import.meta.url)),
        ),
        formats: ['es'],
      },
    },
  });
});
test.afterAll(() => rm(built, { recursive: true }));

/** A page of its own origin that has nothing but the diagnosis; other paths are answered as told. */
const startPage = (policy = "default-src 'self'; connect-src *", otherwise: Answer = notFound) =>
  startPlainServer((request, response) => {
    if (request.path === '/') {
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy })
        .end('<!doctype html><title>Test</title><link rel="icon" href="data:," />');
    } else if (request.path.startsWith('/built/')) {
      readFile(join(built, request.path.slice('/built/'.length))).then(
        (code) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(code),
        () => response.writeHead(404).end(),
      );
    } else otherwise(request, response);
  });

const notFound: Answer = (_request, response) => response.writeHead(404).end();

interface Outcome {
  readonly diagnosis: Diagnosis;
  readonly words: DiagnosisExplanation;
}

/** Tests a connection from this page, as the Connections screen does. */
async function diagnose(
  page: Page,
  from: { readonly url: string },
  connection: { readonly kind: ProviderKind; readonly baseUrl: string },
  key: string | null = null,
): Promise<Outcome> {
  await page.goto(`${from.url}/`);
  const outcome = await page.evaluate(
    async ({ connection, key, scripts }) => {
      interface Scripts {
        diagnose: (connection: object, readKey: () => string | null, scope: object) => Promise<Diagnosis>;
        explainDiagnosis: (diagnosis: Diagnosis, connection: object, pageUrl: string) => DiagnosisExplanation;
      }
      const [one, two] = (await Promise.all(scripts.map((url) => import(url)))) as Partial<Scripts>[];
      const { diagnose, explainDiagnosis } = { ...one, ...two } as Scripts;
      const pageUrl = location.href;
      const diagnosis = await diagnose(connection, () => key, { pageUrl });
      return { diagnosis, words: explainDiagnosis(diagnosis, connection, pageUrl) };
    },
    {
      connection: { id: 'c', label: 'C', demo: false, ...connection },
      key,
      scripts: ['diagnose', 'explain-diagnosis'].map((name) => `${from.url}/built/${name}.js`),
    },
  );
  expect(JSON.stringify(outcome)).not.toContain(KEY);
  return outcome;
}

const sendJson = (
  response: ServerResponse,
  code: number,
  body: object,
  headers: Record<string, string> = {},
) => response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** A ComfyUI with `--enable-cors-header`, as recorded: X-API-Key is not among the headers it lets through. */
const startOpenComfyui = (
  answer: (path: string, method: string) => { code: number; body: object; bare?: boolean },
) =>
  startPlainServer(({ method, path }, response) => {
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST, GET, DELETE, PUT, OPTIONS, PATCH',
      'access-control-allow-headers': 'Content-Type, Authorization',
      'access-control-allow-credentials': 'true',
    };
    if (method === 'OPTIONS') response.writeHead(200, cors).end();
    else {
      const { code, body, bare = false } = answer(path, method);
      sendJson(response, code, body, bare ? {} : cors);
    }
  });

const openLibrary = (path: string, method: string) => {
  if (path === '/api/features') return { code: 200, body: FEATURES };
  if (path === '/api/system_stats') return { code: 200, body: { system: { comfyui_version: '0.33.0' } } };
  if (method === 'POST')
    return { code: 400, body: { error: { code: 'INVALID_BODY', message: 'x', details: {} } } };
  return { code: 200, body: { assets: [], total: 322, has_more: true } };
};

const keysSeen = (server: PlainServer) =>
  server.received.filter((request) => JSON.stringify(request).includes(KEY)).length;

/** A port where nobody listens: it was free a moment ago. */
async function closedAddress(): Promise<string> {
  const { url, close } = await startPlainServer(notFound);
  close();
  return url;
}

interface Tools {
  readonly page: Page;
  readonly running: <T extends { close: () => void | Promise<void> }>(starting: Promise<T>) => Promise<T>;
}

const stories: Readonly<Record<string, (tools: Tools) => Promise<void>>> = {
  'a ComfyUI that lets this page in works, and is only read': async ({ page, running }) => {
    const site = await running(startPage());
    const comfyui = await running(startOpenComfyui(openLibrary));
    const { diagnosis, words } = await diagnose(page, site, { kind: 'comfyui', baseUrl: comfyui.url });
    expect(diagnosis).toMatchObject({ verdict: 'works', check: { assetCount: 322, version: '0.33.0' } });
    expect(words).toMatchObject({ ok: true, title: 'ComfyUI works' });
    expect(comfyui.received.filter(({ method }) => !['GET', 'OPTIONS'].includes(method))).toMatchObject([
      { method: 'POST', path: '/api/assets/00000000-0000-0000-0000-000000000000/tags', body: '{"tags":[]}' },
    ]);
  },
  'a ComfyUI as it is delivered refuses other pages, and the browser hides even that': async ({
    page,
    running,
  }) => {
    const site = await running(startPage());
    const comfyui = await running(startComfyuiReplay());
    const { diagnosis, words } = await diagnose(page, site, { kind: 'comfyui', baseUrl: comfyui.url });
    expect(diagnosis).toEqual({ verdict: 'cors-blocked' });
    const port = new URL(comfyui.url).port;
    expect(words.fix[0]).toContain(
      `\`python main.py --enable-assets --enable-cors-header ${site.url} --port ${port}\``,
    );
  },
  'a key header that the preflight refuses is found out without sending the key': async ({
    page,
    running,
  }) => {
    const site = await running(startPage());
    const comfyui = await running(startOpenComfyui(openLibrary));
    const { diagnosis, words } = await diagnose(
      page,
      site,
      { kind: 'comfy-cloud', baseUrl: comfyui.url },
      KEY,
    );
    expect(diagnosis).toEqual({ verdict: 'key-header-refused', isComfyui: true });
    expect(words.fix.join(' ')).toContain('from Comfy Cloud to ComfyUI');
    expect(keysSeen(comfyui)).toBe(0);
  },
  'a failure without CORS headers is not taken for CORS': async ({ page, running }) => {
    const site = await running(startPage());
    const comfyui = await running(
      startOpenComfyui((path, method) =>
        path === '/api/assets' ? { code: 500, body: {}, bare: true } : openLibrary(path, method),
      ),
    );
    const { diagnosis } = await diagnose(page, site, { kind: 'comfyui', baseUrl: comfyui.url });
    expect(diagnosis).toEqual({ verdict: 'hidden-failure' });
  },
  'assets that are switched off are told apart': async ({ page, running }) => {
    const site = await running(startPage());
    const disabled = { error: { code: 'SERVICE_DISABLED', message: 'Assets are disabled', details: {} } };
    const comfyui = await running(
      startOpenComfyui((path, method) =>
        path === '/api/features'
          ? { code: 200, body: { supports_preview_metadata: true } }
          : path === '/api/assets'
            ? { code: 503, body: disabled }
            : openLibrary(path, method),
      ),
    );
    const { diagnosis, words } = await diagnose(page, site, { kind: 'comfyui', baseUrl: comfyui.url });
    expect(diagnosis).toEqual({ verdict: 'assets-disabled' });
    expect(words.fix[0]).toContain(`--enable-assets --enable-cors-header ${site.url}`);
  },
  'nobody listens': async ({ page, running }) => {
    const site = await running(startPage());
    const baseUrl = await closedAddress();
    const { diagnosis, words } = await diagnose(page, site, { kind: 'comfyui', baseUrl });
    expect(diagnosis).toMatchObject({ verdict: 'nothing-answers' });
    expect(words.title).toBe(`Nothing answers at ${new URL(baseUrl).host}`);
  },
  'a server with http where the address says https': async ({ page, running }) => {
    const site = await running(startPage());
    const comfyui = await running(startComfyuiReplay());
    const baseUrl = comfyui.url.replace('http:', 'https:');
    const { diagnosis, words } = await diagnose(page, site, { kind: 'comfyui', baseUrl });
    expect(diagnosis).toEqual({
      verdict: 'nothing-answers',
      suggestion: { baseUrl: comfyui.url, seen: false },
    });
    expect(words.fix.join(' ')).toContain('certificate');
  },
  'the page’s own policy forbids the address, and nothing is sent there': async ({ page, running }) => {
    const site = await running(startPage("default-src 'self'; connect-src 'self'"));
    const comfyui = await running(startOpenComfyui(openLibrary));
    const { diagnosis, words } = await diagnose(page, site, { kind: 'comfyui', baseUrl: comfyui.url });
    expect(diagnosis).toEqual({ verdict: 'csp-blocked' });
    expect(words.fix[0]).toContain(`add \`${comfyui.url}\` to \`connect-src\``);
    expect(comfyui.received).toEqual([]);
  },
  'the proxy of npm start says when its upstream does not answer': async ({ page, running }) => {
    const winnow = await running(startWinnow({}));
    // The page of the site itself, so that the proxy is beside it.
    const origin = new URL(winnow.url).origin;
    const site = await running(
      startPage(undefined, ({ path, headers }, response) => {
        // Passed on as a web server in front would, Host and all.
        void fetch(origin + path, { headers: { accept: headers.accept ?? '*/*' } }).then(async (answer) =>
          response
            .writeHead(answer.status, Object.fromEntries(answer.headers))
            .end(Buffer.from(await answer.arrayBuffer())),
        );
      }),
    );
    const proxied = await diagnose(page, site, { kind: 'comfyui', baseUrl: `${site.url}/proxy/comfyui` });
    expect(proxied.diagnosis).toMatchObject({ verdict: 'upstream-unreachable', byWinnowProxy: true });
    const unknown = await diagnose(page, site, { kind: 'roughy', baseUrl: `${site.url}/proxy/rough` });
    expect(unknown.diagnosis).toMatchObject({ verdict: 'not-proxied' });
    const foreign = await diagnose(page, site, { kind: 'comfyui', baseUrl: `${origin}/proxy/comfyui` });
    expect(foreign.diagnosis).toEqual({ verdict: 'cors-blocked' });
  },
  'a site without a proxy answers itself, with its page or with an error': async ({ page, running }) => {
    const html: Answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
    for (const otherwise of [html, notFound]) {
      const site = await running(startPage(undefined, otherwise));
      const connection = { kind: 'comfy-cloud', baseUrl: `${site.url}/proxy/comfy-cloud` } as const;
      expect((await diagnose(page, site, connection, KEY)).diagnosis).toMatchObject({ verdict: 'no-proxy' });
    }
  },
  'a login page in the way of a key is seen as a redirect, and gets no key': async ({ page, running }) => {
    const login = await running(
      startPlainServer((_request, response) => response.writeHead(200).end('Log in')),
    );
    const site = await running(
      startPage(undefined, (_request, response) => response.writeHead(302, { location: login.url }).end()),
    );
    const connection = { kind: 'comfy-cloud', baseUrl: `${site.url}/proxy/comfy-cloud` } as const;
    expect((await diagnose(page, site, connection, KEY)).diagnosis).toEqual({ verdict: 'redirected' });
    expect(keysSeen(login)).toBe(0);
  },
  'a proxy that passes the page’s origin on lets ComfyUI be read, but not changed': async ({
    page,
    running,
  }) => {
    const comfyui = await running(startComfyuiReplay());
    const site = await running(
      startPage(undefined, ({ method, path, query, headers, body }, response) => {
        const { origin } = headers;
        const passed = { 'content-type': 'application/json', ...(origin !== undefined && { origin }) };
        const target = comfyui.url + path.slice('/proxy/comfyui'.length) + query;
        void fetch(target, { method, headers: passed, ...(body !== '' && { body }) }).then(async (answer) =>
          response
            .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
            .end(await answer.text()),
        );
      }),
    );
    const { diagnosis, words } = await diagnose(page, site, {
      kind: 'comfyui',
      baseUrl: `${site.url}/proxy/comfyui`,
    });
    expect(diagnosis).toMatchObject({ verdict: 'changes-refused', status: 403, check: { assetCount: 322 } });
    expect(words.fix[0]).toContain('proxy_set_header Origin "";');
  },
  'a server that is not the API, with the right address below it': async ({ page, running }) => {
    const site = await running(startPage());
    const comfyui = await running(
      startOpenComfyui((path, method) =>
        path.startsWith('/api/api') ? { code: 404, body: {} } : openLibrary(path, method),
      ),
    );
    const { diagnosis, words } = await diagnose(page, site, {
      kind: 'comfyui',
      baseUrl: `${comfyui.url}/api`,
    });
    expect(diagnosis).toMatchObject({
      verdict: 'wrong-url',
      suggestion: { baseUrl: comfyui.url, seen: true },
    });
    expect(words.fix).toEqual([`Enter \`${comfyui.url}\` as the address: ComfyUI was found there.`]);
  },
};

test('whatever stands in the way of a connection is told apart', async ({ page, running }) => {
  // One page for all: each opens it anew.
  for (const [what, story] of Object.entries(stories)) await test.step(what, () => story({ page, running }));
});
