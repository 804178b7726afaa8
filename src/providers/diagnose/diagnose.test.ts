// @vitest-environment happy-dom
import fc from 'fast-check';
import { HttpResponse, delay, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { comfyHandlers } from '@/demo/comfy-handlers';
import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary } from '@/demo/roughy-library';
import type { Connection, ProviderKind } from '@/domain/connection';
import { sentRequests } from '@/testing/recorded/sent-requests';
import { diagnose } from './diagnose';
import { explainDiagnosis } from './explain-diagnosis';

const KEY = 'comfyui-canary-0123456789';
const PAGE = 'https://winnow.example.org/tools/?view=connections';
const LOCAL = 'http://127.0.0.1:8188';

const server = setupServer();
const sent = sentRequests(server);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  server.resetHandlers();
  sent.length = 0;
});
afterAll(() => server.close());

const connect = (kind: ProviderKind, baseUrl: string): Connection => ({
  id: 'c',
  kind,
  label: 'C',
  baseUrl,
  demo: false,
});
const comfyui = (baseUrl = LOCAL) => connect('comfyui', baseUrl);
const cloud = (baseUrl = 'https://winnow.example.org/tools/proxy/comfy-cloud') =>
  connect('comfy-cloud', baseUrl);

const test = (connection: Connection, key: string | null = null, scope: { timeoutMs?: number } = {}) =>
  diagnose(connection, () => key, { pageUrl: PAGE, ...scope });

const library = () => createComfyLibrary([comfyAsset({}), comfyAsset({})]);
const serveComfyui = (baseUrl = LOCAL) =>
  server.use(...comfyHandlers({ baseUrl, library: library(), flavour: 'oss' }));
const serveCloud = (baseUrl = cloud().baseUrl) =>
  server.use(...comfyHandlers({ baseUrl, library: library(), apiKey: KEY, flavour: 'cloud' }));
/** The same answer to everything, whatever the path. */
const answerAll = (answer: (request: Request) => Response | Promise<Response>) =>
  server.use(http.all('*', ({ request }) => answer(request)));
const status = (code: number, body: string | null = null, headers: Record<string, string> = {}) =>
  new HttpResponse(body, { status: code, headers });
const refusal = (code: number, name: string) =>
  HttpResponse.json(
    { code: name, message: 'Refused.' },
    { status: code, headers: { 'x-winnow-refusal': name } },
  );
const page = (code = 200) =>
  status(code, '<!doctype html><title>Site</title>', { 'content-type': 'text/html' });
/** What a browser makes of an answer without CORS headers. */
const withheld = (request: Request) => (request.mode === 'no-cors' ? status(200) : HttpResponse.error());

describe('a connection that works', () => {
  it('tells how many assets a ComfyUI has, and its version and features', async () => {
    serveComfyui();
    expect(await test(comfyui(), KEY)).toEqual({
      verdict: 'works',
      check: { account: null, credits: null, assetCount: 2, version: '0.33.0', features: ['assets'] },
    });
    expect(JSON.stringify(sent)).not.toContain('canary');
  });

  it('tells the account of Comfy Cloud', async () => {
    serveCloud();
    expect(await test(cloud(), ` ${KEY} `)).toMatchObject({ verdict: 'works', check: { account: 'active' } });
    // Nothing but reading: the test changes nothing anywhere.
    expect(sent.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('tells whose Roughy it is and how many credits are left', async () => {
    const baseUrl = 'https://winnow.example.org/proxy/roughy';
    server.use(
      ...roughyHandlers({
        baseUrl,
        library: createRoughyLibrary({ projects: [], assets: [], cuts: [], renders: [] }),
        apiKey: 'sk_1',
      }),
    );
    expect(await test(connect('roughy', baseUrl), 'sk_1')).toMatchObject({
      verdict: 'works',
      check: { account: 'Ada (ada@example.org)', credits: 4585 },
    });
  });

  it('needs no key where a proxy adds it', async () => {
    server.use(...comfyHandlers({ baseUrl: cloud().baseUrl, library: library(), flavour: 'cloud' }));
    expect(await test(cloud())).toMatchObject({ verdict: 'works' });
  });

  it('keeps a key to itself that the server says back', async () => {
    serveCloud();
    server.use(
      http.get(`${cloud().baseUrl}/api/user`, () => HttpResponse.json({ status: `active with ${KEY}` })),
      http.get(`${cloud().baseUrl}/api/features`, () => HttpResponse.json({ [KEY]: true })),
    );
    expect(await test(cloud(), KEY)).toMatchObject({
      // Masked at the door, it is no name of a feature any more.
      check: { account: 'active with [key]', features: [] },
    });
  });

  it.each([
    [403, 403],
    [405, 405],
    [null, null],
  ])('sees that changes are refused (%s), by changing nothing', async (code, expected) => {
    serveComfyui();
    server.use(
      http.post(`${LOCAL}/api/assets/:id/tags`, () => (code === null ? HttpResponse.error() : status(code))),
    );
    expect(await test(comfyui())).toMatchObject({
      verdict: 'changes-refused',
      status: expected,
      check: { assetCount: 2 },
    });
    expect(sent.filter(({ method }) => method !== 'GET')).toMatchObject([
      {
        method: 'POST',
        target: '/api/assets/00000000-0000-0000-0000-000000000000/tags',
        body: '{"tags":[]}',
      },
    ]);
  });
});

describe('an answer that says what is wrong', () => {
  it.each<[string, Connection, string | null, () => Response, object]>([
    ['no key', cloud(), null, () => status(401), { verdict: 'key-missing' }],
    ['a wrong key', cloud(), KEY, () => status(401), { verdict: 'key-refused' }],
    ['a login', comfyui(), KEY, () => status(401), { verdict: 'login-required' }],
    ['a refused origin', comfyui(), null, () => status(403), { verdict: 'origin-refused' }],
    [
      'a refusal with words',
      comfyui(),
      null,
      () => HttpResponse.json({ message: 'VPN only' }, { status: 403 }),
      { verdict: 'forbidden', answer: { said: 'VPN only' } },
    ],
    ['a plan', cloud(), KEY, () => status(403), { verdict: 'forbidden' }],
    ['no credits', cloud(), KEY, () => status(402), { verdict: 'payment-required' }],
    ['a lock', cloud(), KEY, () => status(423), { verdict: 'account-locked' }],
    ['an inactive subscription', cloud(), KEY, () => status(429), { verdict: 'subscription-inactive' }],
    [
      'a rate limit',
      cloud(),
      KEY,
      () => status(429, null, { 'retry-after': '30' }),
      { verdict: 'rate-limited', retryAfterMs: 30_000 },
    ],
    ['a rate limit elsewhere', comfyui(), null, () => status(429), { verdict: 'rate-limited' }],
    [
      'switched-off assets',
      comfyui(),
      null,
      () => HttpResponse.json({ error: { code: 'SERVICE_DISABLED', message: 'x' } }, { status: 503 }),
      { verdict: 'assets-disabled' },
    ],
    [
      'switched-off assets, as a feature',
      comfyui(),
      null,
      () => HttpResponse.json({ assets: false }),
      { verdict: 'assets-disabled' },
    ],
    [
      'our proxy alone',
      comfyui('https://winnow.example.org/proxy/comfyui'),
      null,
      () => refusal(502, 'UPSTREAM_UNREACHABLE'),
      { verdict: 'upstream-unreachable', byWinnowProxy: true },
    ],
    [
      'our proxy waiting',
      cloud(),
      KEY,
      () => refusal(504, 'UPSTREAM_TIMEOUT'),
      { verdict: 'upstream-timeout', byWinnowProxy: true },
    ],
    [
      'our proxy by another name',
      cloud(),
      KEY,
      () => refusal(403, 'FOREIGN_HOST'),
      { verdict: 'proxy-refuses-host' },
    ],
    [
      'our proxy elsewhere',
      cloud(),
      KEY,
      () => refusal(403, 'CROSS_SITE'),
      { verdict: 'proxy-refuses-page' },
    ],
    ['nginx alone', cloud(), KEY, () => page(502), { verdict: 'upstream-unreachable', byWinnowProxy: false }],
    [
      'Caddy alone',
      cloud(),
      KEY,
      () => status(502),
      { verdict: 'upstream-unreachable', byWinnowProxy: false },
    ],
    ['nginx waiting', cloud(), KEY, () => page(504), { verdict: 'upstream-timeout', byWinnowProxy: false }],
    [
      'a failing API',
      cloud(),
      KEY,
      () => HttpResponse.json({ code: 'internal', message: 'Storage is down' }, { status: 502 }),
      { verdict: 'server-error', answer: { status: 502, said: 'Storage is down' } },
    ],
    ['a failing server', comfyui(), null, () => status(500), { verdict: 'server-error' }],
    ['an odd status', comfyui(), null, () => status(418), { verdict: 'unexpected-status' }],
    ['another shape', cloud(), KEY, () => HttpResponse.json([]), { verdict: 'wrong-shape', field: 'assets' }],
    [
      'no JSON',
      comfyui(),
      null,
      () => status(200, 'hello', { 'content-type': 'text/plain' }),
      { verdict: 'not-json', contentType: 'text/plain' },
    ],
  ])('%s', async (_name, connection, key, answer, expected) => {
    answerAll(answer);
    expect(await test(connection, key)).toMatchObject(expected);
  });

  it('takes time as an answer', async () => {
    answerAll(async () => {
      await delay('infinite');
      return status(200);
    });
    expect(await test(comfyui(), null, { timeoutMs: 30 })).toEqual({ verdict: 'timeout', timeoutMs: 30 });
  });
});

describe('a wrong address', () => {
  it.each([
    [`${LOCAL}/api`, LOCAL],
    [`${LOCAL}/api/assets`, LOCAL],
    [`${LOCAL}/some/where`, LOCAL],
  ])('finds the API of %s at %s', async (baseUrl, suggestion) => {
    answerAll(() => page(404));
    serveComfyui();
    server.use(http.get(`${baseUrl}/api/*`, () => status(404)));
    expect(await test(comfyui(baseUrl))).toEqual({
      verdict: 'wrong-url',
      found: 'an error page (404)',
      suggestion: { baseUrl: suggestion, seen: true },
    });
  });

  it('looks for the API without the key', async () => {
    const baseUrl = 'https://api.test/v1/assets';
    answerAll(({ url }) =>
      url === 'https://api.test/v1/credits/balance' ? status(401) : status(404, 'no', { 'x-a': 'b' }),
    );
    expect(await test(connect('roughy', baseUrl), 'sk_canary')).toMatchObject({
      verdict: 'wrong-url',
      suggestion: { baseUrl: 'https://api.test', seen: true },
    });
    const withKey = sent.filter(({ headers }) => JSON.stringify(headers).includes('canary'));
    expect(withKey.map(({ target }) => target)).toEqual(['/v1/assets/v1/credits/balance']);
  });

  it('finds the proxy beside the page', async () => {
    answerAll(() => page(404));
    serveComfyui('https://winnow.example.org/tools/proxy/comfyui');
    expect(await test(comfyui('https://winnow.example.org/proxy/comfyui'))).toMatchObject({
      verdict: 'wrong-url',
      suggestion: { baseUrl: 'https://winnow.example.org/tools/proxy/comfyui', seen: true },
    });
  });

  it('says what is likely when nothing was seen', async () => {
    answerAll(() => page());
    expect(await test(comfyui(`${LOCAL}/api`))).toEqual({
      verdict: 'wrong-url',
      found: 'text/html',
      suggestion: { baseUrl: LOCAL, seen: false },
    });
    expect(await test(comfyui())).toMatchObject({ verdict: 'wrong-url', suggestion: null });
  });

  it.each([
    ['the page of the site', () => page(), 'text/html'],
    ['its error page', () => page(404), 'an error page (404)'],
    ['an empty 404', () => status(404), 'an error page (404)'],
    ['another server of ours', () => refusal(404, 'NOT_FOUND'), 'an error page (404)'],
  ])('knows this site itself by %s', async (_name, answer, found) => {
    answerAll(answer);
    expect(await test(cloud(), KEY)).toEqual({ verdict: 'no-proxy', found });
  });

  it('knows our proxy that does not know the path', async () => {
    answerAll(() => refusal(404, 'NOT_PROXIED'));
    expect(await test(cloud(), KEY)).toMatchObject({ verdict: 'not-proxied' });
  });

  it('knows a ComfyUI that is too old by its other answers', async () => {
    answerAll(() => status(404));
    server.use(
      http.get(`${LOCAL}/api/system_stats`, () =>
        HttpResponse.json({ system: { comfyui_version: '0.3.9' } }),
      ),
    );
    expect(await test(comfyui())).toEqual({ verdict: 'too-old', version: '0.3.9' });
  });
});

describe('no answer', () => {
  it('is CORS when something answers all the same', async () => {
    answerAll(withheld);
    expect(await test(comfyui())).toEqual({ verdict: 'cors-blocked' });
    expect(await test(cloud('https://cloud.comfy.org'), KEY)).toEqual({ verdict: 'cors-blocked' });
  });

  it('never sends the key with a probe', async () => {
    const probes: Request[] = [];
    answerAll((request) => {
      if (request.headers.get('x-api-key') === null) probes.push(request);
      return HttpResponse.error();
    });
    await test(cloud('https://cloud.comfy.org'), KEY);
    expect(probes.map(({ mode, credentials }) => [mode, credentials])).toEqual([
      ['cors', 'omit'],
      ['no-cors', 'omit'],
    ]);
    expect(JSON.stringify(probes.map(({ url, headers }) => [url, [...headers]]))).not.toContain('canary');
  });

  it('is the header of the key when the same goes well without it', async () => {
    const features = { supports_preview_metadata: true, assets: true };
    answerAll((request) =>
      request.headers.has('x-api-key') ? HttpResponse.error() : HttpResponse.json(features),
    );
    expect(await test(cloud('https://gpu.test'), KEY)).toEqual({
      verdict: 'key-header-refused',
      isComfyui: true,
    });
  });

  it('is a failure without CORS headers when other answers have them', async () => {
    answerAll(() => HttpResponse.json({}));
    server.use(http.get(`${LOCAL}/api/assets`, () => HttpResponse.error()));
    expect(await test(comfyui())).toEqual({ verdict: 'hidden-failure' });
  });

  it('is nobody listening when nothing answers to anything', async () => {
    answerAll(() => HttpResponse.error());
    expect(await test(comfyui())).toEqual({ verdict: 'nothing-answers', suggestion: null });
  });

  it('looks at ComfyUI’s own port', async () => {
    answerAll(({ url }) => (new URL(url).port === '8188' ? status(200) : HttpResponse.error()));
    expect(await test(comfyui('http://127.0.0.1'))).toEqual({
      verdict: 'nothing-answers',
      suggestion: { baseUrl: LOCAL, seen: false },
    });
  });

  it('is this computer when that is offline', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    answerAll(() => HttpResponse.error());
    expect(await test(cloud('https://cloud.comfy.org'), KEY)).toEqual({ verdict: 'offline' });
    expect(await test(comfyui())).toMatchObject({ verdict: 'nothing-answers' });
  });

  it('is the page’s own policy when the browser reports so', async () => {
    const report = (disposition: string) => {
      const event = new Event('securitypolicyviolation');
      const blockedURI = 'https://comfy.test/api/features';
      document.dispatchEvent(
        Object.assign(event, { disposition, effectiveDirective: 'connect-src', blockedURI }),
      );
      return HttpResponse.error();
    };
    answerAll(() => report('enforce'));
    expect(await test(comfyui('https://comfy.test'))).toEqual({ verdict: 'csp-blocked' });
    expect(await test(comfyui('https://comfy.test.example'))).toMatchObject({ verdict: 'nothing-answers' });
    answerAll(() => report('report'));
    expect(await test(comfyui('https://comfy.test'))).toMatchObject({ verdict: 'nothing-answers' });
  });
});

describe('before anything is sent', () => {
  it('sees a key that cannot be one', async () => {
    expect(await test(cloud(), 'a key with “quotes”')).toEqual({ verdict: 'key-malformed' });
    expect(sent).toEqual([]);
  });

  it('knows what an https page may not ask', async () => {
    expect(await test(comfyui('http://comfy.example.org:8188'))).toEqual({ verdict: 'mixed-content' });
    expect(sent).toEqual([]);
  });

  it('tries the local network, which the person may have allowed', async () => {
    serveComfyui('http://192.168.1.20:8188');
    expect(await test(comfyui('http://192.168.1.20:8188'))).toMatchObject({ verdict: 'works' });
    answerAll(() => HttpResponse.error());
    expect(await test(comfyui('http://192.168.1.20:8188'))).toEqual({ verdict: 'mixed-content' });
  });

  it('gives up as soon as it is told to', async () => {
    const controller = new AbortController();
    const reason = new Error('closed');
    answerAll(() => {
      controller.abort(reason);
      return HttpResponse.error();
    });
    const scope = { pageUrl: PAGE, signal: controller.signal };
    await expect(diagnose(comfyui(), () => null, scope)).rejects.toBe(reason);
  });
});

describe('whatever a server answers', () => {
  const said = fc.constantFrom(KEY, `Bearer ${KEY}`, `<b>${KEY}</b>`, `${KEY}${KEY}`, `a\n${KEY}`, '', 'x');
  const leaf = fc.oneof(said, fc.constantFrom(null, 0, -1, NaN, 1e300, true, [], {}));
  const names = [
    ...['code', 'message', 'detail', 'status', 'name', 'email', 'balance', 'assets', 'items', 'total'],
    ...['system', KEY],
  ];
  const body = fc.oneof(
    said,
    fc
      .dictionary(
        fc.constantFrom(...names, 'error'),
        fc.oneof(leaf, fc.dictionary(fc.constantFrom(...names), leaf)),
      )
      .map((json) => JSON.stringify(json)),
    fc.constant('{"assets":[],"items":[],"total":3,"balance":7}'),
  );
  // No redirects: MSW would follow them in circles for ever, where a browser gives up.
  const codes = [200, 400, 401, 402, 403, 404, 409, 418, 422, 423, 429, 500, 502, 503, 504, 521];
  const type = fc.constantFrom('application/json', 'text/html', `text/${KEY}`, `text/html; said=${KEY}`);
  const wait = fc.constantFrom('5', 'x', KEY);

  it.each([
    cloud(),
    cloud('https://cloud.comfy.org'),
    connect('roughy', 'https://roughy.test/v1'),
    comfyui(),
    comfyui('http://192.168.1.20/api'),
  ])('to $kind at $baseUrl, words are found, and never the key', async (connection) => {
    const answer = fc.record({ code: fc.constantFrom(...codes), body, type, wait });
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), async (answers) => {
        let asked = 0;
        let learnt = '';
        answerAll(({ headers }) => {
          // A server can say back only what it was told.
          if (JSON.stringify([...headers]).includes(KEY)) learnt = KEY;
          const { code, body, type, wait } = answers[asked++ % answers.length]!;
          const echo = (text: string) => text.replaceAll(KEY, learnt);
          return status(code, echo(body), {
            'content-type': echo(type),
            'retry-after': echo(wait),
            'x-request-id': learnt,
          });
        });
        const diagnosis = await test(connection, KEY);
        const words = explainDiagnosis(diagnosis, connection, PAGE);
        expect(JSON.stringify([diagnosis, words])).not.toContain(KEY);
        expect(words.title).not.toBe('');
        expect(JSON.stringify(words)).not.toMatch(/undefined|NaN|\[object/);
        server.resetHandlers();
      }),
      { numRuns: 60 },
    );
  });
});
