import { describe, expect, it } from 'vitest';
import type { Connection, ProviderKind } from '@/domain/connection';
import type { ConnectionCheck } from '../provider';
import type { AnswerVerdict, Diagnosis } from './diagnosis';
import { explainDiagnosis } from './explain-diagnosis';

const SITE = 'https://winnow.example.org/tools/?view=connections';
const LOCAL_PAGE = 'http://127.0.0.1:4173/';
const LOCAL = 'http://127.0.0.1:8188';

const connect = (kind: ProviderKind, baseUrl: string): Connection => ({
  id: 'c',
  kind,
  label: 'C',
  baseUrl,
  demo: false,
});
const explain = (diagnosis: Diagnosis, kind: ProviderKind, baseUrl: string, pageUrl = SITE) =>
  explainDiagnosis(diagnosis, connect(kind, baseUrl), pageUrl);
/** Everything in backticks, in order: what a person copies. */
const copied = (...explained: Parameters<typeof explain>): string[] =>
  [
    ...explain(...explained)
      .fix.join(' ')
      .matchAll(/`([^`]*)`/g),
  ].map(([, text]) => text ?? '');

const check: ConnectionCheck = {
  account: 'Ada',
  credits: 4585,
  assetCount: 12_431,
  version: '0.33.0',
  features: ['assets', 'node_replacements'],
};
const answer = { status: 500, said: 'Storage is down', code: 'internal', requestId: 'req_1' };
const from = (verdict: AnswerVerdict, byWinnowProxy = false): Diagnosis => ({
  verdict,
  answer,
  byWinnowProxy,
});

const CORS = { verdict: 'cors-blocked' } as const;
const ENABLE = 'python main.py --enable-assets';
const ENABLE_HERE = `${ENABLE} --enable-cors-header https://winnow.example.org`;

describe('a connection that works', () => {
  it('says what was found', () => {
    expect(explain({ verdict: 'works', check }, 'comfyui', LOCAL)).toEqual({
      ok: true,
      title: 'ComfyUI works',
      fix: [],
      facts: [
        { label: 'Account', value: 'Ada' },
        { label: 'Credits', value: '4,585' },
        { label: 'Assets', value: '12,431' },
        { label: 'Server version', value: '0.33.0' },
        { label: 'Features', value: 'assets, node_replacements' },
        { label: 'Address', value: LOCAL },
      ],
    });
  });

  it('says nothing about what was not told, and says zero', () => {
    const silent = { account: null, credits: null, assetCount: 0, version: null, features: [] };
    expect(explain({ verdict: 'works', check: silent }, 'comfyui', LOCAL).facts).toEqual([
      { label: 'Assets', value: '0' },
      { label: 'Address', value: LOCAL },
    ]);
  });
});

describe('the commands that start a ComfyUI', () => {
  it.each([
    ['on this computer', LOCAL, SITE, ENABLE_HERE],
    ['on another port', 'http://localhost:9000', SITE, `${ENABLE_HERE} --port 9000`],
    ['on another computer', 'http://192.168.1.20:8188', SITE, `${ENABLE_HERE} --listen`],
    ['on the usual port', 'http://gpu.local', SITE, `${ENABLE_HERE} --listen --port 80`],
    ['behind https', 'https://comfy.example.org', SITE, ENABLE_HERE],
    ['for npm start', LOCAL, LOCAL_PAGE, `${ENABLE} --enable-cors-header http://127.0.0.1:4173`],
  ])('%s', (_where, baseUrl, pageUrl, command) => {
    expect(copied(CORS, 'comfyui', baseUrl, pageUrl)[0]).toBe(command);
    expect(copied({ verdict: 'assets-disabled' }, 'comfyui', baseUrl, pageUrl)[0]).toBe(command);
  });

  it('ask for no CORS header where the page is on the same address', () => {
    const behindProxy = 'https://winnow.example.org/proxy/comfyui';
    expect(copied({ verdict: 'assets-disabled' }, 'comfyui', behindProxy)[0]).toBe(ENABLE);
  });
});

describe('what to copy', () => {
  it.each<[string, Diagnosis, ProviderKind, string, string, readonly string[]]>([
    [
      'CORS at ComfyUI',
      CORS,
      'comfyui',
      LOCAL,
      SITE,
      ['https://winnow.example.org', 'npm start', 'proxy/comfyui'],
    ],
    [
      'CORS at another ComfyUI',
      CORS,
      'comfyui',
      'http://192.168.1.20:8188',
      LOCAL_PAGE,
      ['COMFYUI_URL=http://192.168.1.20:8188 npm start', 'proxy/comfyui'],
    ],
    [
      'CORS at Comfy Cloud',
      CORS,
      'comfy-cloud',
      'https://cloud.comfy.org',
      SITE,
      ['npm start', 'proxy/comfy-cloud'],
    ],
    [
      'CORS at Roughy',
      CORS,
      'roughy',
      'https://api.roughy.ai',
      SITE,
      ['ROUGHY_URL=https://api.roughy.ai npm start', 'proxy/roughy'],
    ],
    [
      'a header of a key refused',
      { verdict: 'key-header-refused', isComfyui: false },
      'roughy',
      'https://roughy.test',
      SITE,
      ['Authorization', 'Access-Control-Allow-Headers', 'OPTIONS'],
    ],
    [
      'a policy',
      { verdict: 'csp-blocked' },
      'comfyui',
      'https://comfy.example.org/a/b',
      SITE,
      ['https://comfy.example.org', 'connect-src'],
    ],
    [
      'another host name',
      from('proxy-refuses-host', true),
      'comfy-cloud',
      'http://nas.local:4173/proxy/comfy-cloud',
      'http://nas.local:4173/',
      ['ALLOWED_HOSTS=nas.local npm start'],
    ],
    [
      'no upstream',
      from('upstream-unreachable', true),
      'comfyui',
      'http://127.0.0.1:4173/proxy/comfyui',
      LOCAL_PAGE,
      [ENABLE, 'COMFYUI_URL=http://192.168.1.20:8188 npm start'],
    ],
    [
      'no upstream of nginx',
      from('upstream-unreachable'),
      'roughy',
      'https://winnow.example.org/proxy/roughy',
      SITE,
      ['curl -i https://roughy-api-staging.fly.dev/v1/credits/balance'],
    ],
    [
      'a path that is not proxied',
      from('not-proxied', true),
      'roughy',
      'https://winnow.example.org/proxy/rough',
      SITE,
      ['proxy/roughy'],
    ],
    [
      'the site itself',
      { verdict: 'no-proxy', found: 'text/html' },
      'comfyui',
      'https://winnow.example.org/proxy/comfyui',
      SITE,
      ['/proxy/comfyui/', LOCAL, ENABLE_HERE],
    ],
    [
      'a refused origin behind a proxy',
      from('origin-refused'),
      'comfyui',
      'https://winnow.example.org/proxy/comfyui',
      SITE,
      ['proxy_set_header Origin "";', 'header_up -Origin', ENABLE_HERE],
    ],
    [
      'a refused origin',
      from('origin-refused'),
      'comfyui',
      LOCAL,
      SITE,
      ['https://winnow.example.org', ENABLE_HERE],
    ],
    [
      'refused changes behind a proxy',
      { verdict: 'changes-refused', check, status: 403 },
      'comfyui',
      'https://winnow.example.org/proxy/comfyui',
      SITE,
      ['proxy_set_header Origin "";', 'header_up -Origin'],
    ],
    [
      'changes that a proxy does not know',
      { verdict: 'changes-refused', check, status: 405 },
      'comfyui',
      'https://winnow.example.org/proxy/comfyui',
      SITE,
      ['POST', 'DELETE'],
    ],
    [
      'mixed content',
      { verdict: 'mixed-content' },
      'comfyui',
      'http://192.168.1.20:8188',
      SITE,
      [
        `${ENABLE_HERE} --listen --tls-keyfile key.pem --tls-certfile cert.pem`,
        'https://192.168.1.20:8188',
        'COMFYUI_URL=http://192.168.1.20:8188 npm start',
      ],
    ],
    [
      'http for Comfy Cloud',
      { verdict: 'mixed-content' },
      'comfy-cloud',
      'http://cloud.comfy.org',
      SITE,
      ['https://cloud.comfy.org'],
    ],
    [
      'a better address',
      { verdict: 'wrong-url', found: 'text/html', suggestion: { baseUrl: LOCAL, seen: true } },
      'comfyui',
      `${LOCAL}/api`,
      SITE,
      [LOCAL],
    ],
    [
      'nobody at home',
      { verdict: 'nothing-answers', suggestion: null },
      'comfyui',
      LOCAL,
      SITE,
      [ENABLE_HERE],
    ],
  ])('for %s', (_name, diagnosis, kind, baseUrl, pageUrl, commands) => {
    expect(copied(diagnosis, kind, baseUrl, pageUrl)).toEqual(expect.arrayContaining([...commands]));
  });

  it('is the kind of connection for a ComfyUI that is taken for Comfy Cloud', () => {
    const { title, fix } = explain({ verdict: 'key-header-refused', isComfyui: true }, 'comfy-cloud', LOCAL);
    expect(title).toMatch(/ComfyUI of your own/);
    expect(fix).toEqual([
      'Change the provider of this connection from Comfy Cloud to ComfyUI: Winnow then sends no key.',
    ]);
  });

  it('is left to the browser where it asks for the local network', () => {
    const nobody = { verdict: 'nothing-answers', suggestion: null } as const;
    const asked = (baseUrl: string, pageUrl: string) =>
      explain(nobody, 'comfyui', baseUrl, pageUrl).fix.join(' ').includes('local network');
    expect(asked(LOCAL, SITE)).toBe(true);
    expect(asked('http://192.168.1.20:8188', SITE)).toBe(true);
    expect(asked(LOCAL, LOCAL_PAGE)).toBe(false);
    expect(asked('https://comfy.example.org', SITE)).toBe(false);
  });

  it('is a certificate where there may be one', () => {
    const nobody = { verdict: 'nothing-answers', suggestion: null } as const;
    expect(explain(nobody, 'comfyui', 'https://comfy.example.org').fix.join(' ')).toMatch(/certificate/);
    expect(explain(nobody, 'comfyui', LOCAL).fix.join(' ')).not.toMatch(/certificate/);
  });
});

describe('every diagnosis', () => {
  const ANSWERS: Readonly<Record<AnswerVerdict, true>> = {
    'key-missing': true,
    'key-refused': true,
    'login-required': true,
    'origin-refused': true,
    forbidden: true,
    'payment-required': true,
    'account-locked': true,
    'subscription-inactive': true,
    'proxy-refuses-host': true,
    'proxy-refuses-page': true,
    'not-proxied': true,
    'upstream-unreachable': true,
    'upstream-timeout': true,
    'server-error': true,
    'unexpected-status': true,
  };
  const verdicts = Object.keys(ANSWERS) as AnswerVerdict[];
  const silent = { account: null, credits: null, assetCount: null, version: null, features: [] };
  const better = { baseUrl: LOCAL, seen: false };
  const ALL: readonly Diagnosis[] = [
    ...verdicts.flatMap((verdict) => [from(verdict), from(verdict, true)]),
    ...verdicts.map((verdict) => ({
      verdict,
      answer: { status: 404, said: null, code: null, requestId: null },
      byWinnowProxy: false,
    })),
    { verdict: 'works', check },
    { verdict: 'works', check: silent },
    { verdict: 'changes-refused', check: silent, status: null },
    { verdict: 'changes-refused', check, status: 403 },
    { verdict: 'rate-limited', answer, retryAfterMs: null },
    { verdict: 'rate-limited', answer, retryAfterMs: 30_000 },
    { verdict: 'assets-disabled' },
    { verdict: 'too-old', version: null },
    { verdict: 'too-old', version: '0.3.9' },
    { verdict: 'wrong-url', found: 'text/html', suggestion: null },
    { verdict: 'wrong-url', found: 'text/html', suggestion: better },
    { verdict: 'no-proxy', found: 'text/html' },
    { verdict: 'not-json', contentType: null },
    { verdict: 'wrong-shape', field: 'assets' },
    { verdict: 'key-malformed' },
    { verdict: 'timeout', timeoutMs: 15_000 },
    { verdict: 'offline' },
    { verdict: 'mixed-content' },
    { verdict: 'csp-blocked' },
    { verdict: 'cors-blocked' },
    { verdict: 'key-header-refused', isComfyui: true },
    { verdict: 'key-header-refused', isComfyui: false },
    { verdict: 'hidden-failure' },
    { verdict: 'redirected' },
    { verdict: 'nothing-answers', suggestion: null },
    { verdict: 'nothing-answers', suggestion: better },
  ];
  const PLACES: readonly [ProviderKind, string, string][] = (
    ['comfy-cloud', 'comfyui', 'roughy'] as const
  ).flatMap((kind) =>
    [
      LOCAL,
      'http://192.168.1.20',
      'https://comfy.example.org/x',
      `https://winnow.example.org/proxy/${kind}`,
    ].flatMap((baseUrl) =>
      [SITE, LOCAL_PAGE].map((page): [ProviderKind, string, string] => [kind, baseUrl, page]),
    ),
  );

  it.each(PLACES)('of a %s at %s, seen from %s, is a title and whole sentences', (kind, baseUrl, pageUrl) => {
    for (const diagnosis of ALL) {
      const { ok, title, fix, facts } = explain(diagnosis, kind, baseUrl, pageUrl);
      const works = diagnosis.verdict === 'works';
      expect(ok, diagnosis.verdict).toBe(works);
      expect(title, diagnosis.verdict).toMatch(/^\S.*[^.!\s]$/);
      expect(fix.length > 0, diagnosis.verdict).toBe(!works);
      for (const step of fix) {
        expect(step).toMatch(/^[A-Z`].*\.$/);
        expect(step).not.toMatch(/undefined|null|NaN|\[object|\s{2}|!/);
        expect((step.match(/`/g) ?? []).length % 2).toBe(0);
      }
      expect(facts).toContainEqual({ label: 'Address', value: baseUrl });
      expect(new Set(facts.map(({ label }) => label)).size).toBe(facts.length);
    }
  });

  it('has a title of its own', () => {
    const titles = new Set(ALL.map((diagnosis) => explain(diagnosis, 'comfyui', LOCAL).title));
    const verdictCount = new Set(ALL.map(({ verdict }) => verdict)).size;
    expect(titles.size).toBeGreaterThanOrEqual(verdictCount);
  });

  it('repeats what the server said, for a report', () => {
    for (const diagnosis of [
      from('server-error'),
      { verdict: 'rate-limited', answer, retryAfterMs: null } as const,
    ])
      expect(explain(diagnosis, 'roughy', 'https://api.roughy.ai').facts).toEqual([
        { label: 'Status', value: '500' },
        { label: 'Code', value: 'internal' },
        { label: 'The server said', value: 'Storage is down' },
        { label: 'Request id', value: 'req_1' },
        { label: 'Address', value: 'https://api.roughy.ai' },
      ]);
  });
});
