import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { loadConfig, parseConfig } from './config';

const PAGE = 'https://host.test/some/folder/index.html?connection=roughy';

/** The example of the documentation. */
const EXAMPLE = {
  connections: [
    { id: 'comfy-cloud', kind: 'comfy-cloud', label: 'Comfy Cloud', baseUrl: 'proxy/comfy-cloud' },
    { id: 'comfyui', kind: 'comfyui', label: 'Local ComfyUI', baseUrl: 'proxy/comfyui' },
    { id: 'roughy', kind: 'roughy', label: 'Roughy', baseUrl: 'proxy/roughy' },
  ],
  demo: true,
};
const good = { id: 'mine', kind: 'comfyui', label: 'Mine', baseUrl: 'http://127.0.0.1:8188' };
const DEMOS = ['demo-comfy', 'demo-roughy'];

const parse = (json: unknown) => parseConfig(json, PAGE);
const ids = ({ connections }: ReturnType<typeof parse>) => connections.map(({ id }) => id);
const baseUrlOf = (baseUrl: unknown) =>
  parse({ connections: [{ ...good, baseUrl }] }).connections[0]?.baseUrl;

describe('parseConfig', () => {
  it('reads the documented example, with base URLs beside the page in its sub-folder', () => {
    const { connections, demo, problems } = parse(EXAMPLE);
    expect(problems).toEqual([]);
    expect(demo).toBe(true);
    expect(connections.map(({ id, kind, baseUrl, demo }) => [id, kind, baseUrl, demo])).toEqual([
      ['demo-comfy', 'comfy-cloud', 'https://host.test/some/folder/demo/comfy', true],
      ['demo-roughy', 'roughy', 'https://host.test/some/folder/demo/roughy', true],
      ['comfy-cloud', 'comfy-cloud', 'https://host.test/some/folder/proxy/comfy-cloud', false],
      ['comfyui', 'comfyui', 'https://host.test/some/folder/proxy/comfyui', false],
      ['roughy', 'roughy', 'https://host.test/some/folder/proxy/roughy', false],
    ]);
  });

  it('offers no demo unless it is asked for', () => {
    expect(parse({ connections: [good] })).toEqual({
      connections: [{ ...good, demo: false }],
      connect: ['http://127.0.0.1:8188'],
      demo: false,
      problems: [],
    });
    expect(ids(parse({ connections: [good], demo: false }))).toEqual(['mine']);
    expect(parse({ demo: true })).toMatchObject({ demo: true, problems: [] });
  });

  it('ignores what it does not know', () => {
    const config = parse({
      $schema: 'x',
      connections: [{ ...good, colour: 'red', demo: true }],
      theme: 'dark',
    });
    expect(config).toEqual({
      connections: [{ ...good, demo: false }],
      connect: ['http://127.0.0.1:8188'],
      demo: false,
      problems: [],
    });
  });

  it.each([
    ['http://127.0.0.1:8188/', 'http://127.0.0.1:8188'],
    ['https://host.test/a/b//', 'https://host.test/a/b'],
    ['/proxy/comfyui', 'https://host.test/proxy/comfyui'],
    ['../comfyui/', 'https://host.test/some/comfyui'],
    ['.', 'https://host.test/some/folder'],
    [' proxy/roughy ', 'https://host.test/some/folder/proxy/roughy'],
    ['//cdn.test', 'https://cdn.test'],
    ['http://host.test/a?b=c#d', 'http://host.test/a'],
  ])('resolves the base URL %j', (baseUrl, resolved) => {
    expect(baseUrlOf(baseUrl)).toBe(resolved);
  });

  it.each([
    ['baseUrl', { ...good, baseUrl: 'https://user:secret@host.test' }],
    ['baseUrl', { ...good, baseUrl: 'https://secret@host.test' }],
    ['baseUrl', { ...good, baseUrl: 'javascript:alert("secret")' }],
    ['baseUrl', { ...good, baseUrl: 'blob:https://host.test/secret' }],
    ['baseUrl', { ...good, baseUrl: 'ftp://host.test/secret' }],
    ['baseUrl', { ...good, baseUrl: 'https://' }],
    ['baseUrl', { ...good, baseUrl: '  ' }],
    ['baseUrl', { ...good, baseUrl: 8188 }],
    ['baseUrl', { ...good, baseUrl: undefined }],
    ['id', { ...good, id: '' }],
    ['id', { ...good, id: 'a/b' }],
    ['id', { ...good, id: 'x'.repeat(65) }],
    ['id', { ...good, id: 7 }],
    ['kind', { ...good, kind: 'dropbox' }],
    ['label', { ...good, label: ' ' }],
    ['label', { ...good, label: null }],
    ['it', null],
    ['it', 'comfyui'],
  ])('leaves out a connection with a bad %s, names it and keeps the others', (field, bad) => {
    const { connections, problems } = parse({ connections: [{ ...good, id: 'first' }, bad, good] });
    expect(connections.map(({ id }) => id)).toEqual(['first', 'mine']);
    expect(problems).toEqual([expect.stringMatching(`^config\\.json, connection 2: ${field}: .+\\.$`)]);
    expect(problems.join()).not.toContain('secret');
  });

  it('keeps the first of two connections with one id', () => {
    const config = parse({ connections: [good, { ...good, label: 'Other' }, { ...good, id: ' mine ' }] });
    expect(config.connections.map(({ label }) => label)).toEqual(['Mine']);
    expect(config.problems).toHaveLength(2);
    expect(config.problems[0]).toContain('"mine" is used twice');
  });

  it('does not let a connection take the place of a demo library', () => {
    const config = parse({ connections: [{ ...good, id: 'demo-comfy' }], demo: true });
    expect(config.connections.map(({ id, demo }) => [id, demo])).toEqual(DEMOS.map((id) => [id, true]));
    expect(config.problems).toHaveLength(1);
  });

  it.each([
    ['nothing', {}],
    ['an empty list', { connections: [], demo: false }],
    ['only bad connections', { connections: [{ ...good, kind: 'dropbox' }], demo: false }],
    ['null', null],
    ['a string', 'comfyui'],
    ['an array', [good]],
    ['a list that is none', { connections: good }],
    ['a null list', { connections: null }],
    ['a demo that is neither true nor false', { connections: [good], demo: 'yes' }],
  ])('falls back to the demo, and says why, for %s', (_name, json) => {
    const config = parse(json);
    expect(ids(config)).toEqual(DEMOS);
    expect(config.demo).toBe(true);
    expect(config.problems).toEqual([expect.stringContaining('config.json')]);
  });
});

describe('loadConfig', () => {
  const server = setupServer();
  const FILE = 'https://host.test/some/folder/config.json';

  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it('reads config.json from beside the page', async () => {
    server.use(http.get(FILE, () => HttpResponse.json(EXAMPLE)));
    expect(await loadConfig(PAGE)).toEqual(parse(EXAMPLE));
  });

  it.each([
    ['a missing file', () => new HttpResponse('Not found', { status: 404 }), 'HTTP 404'],
    ['a server error', () => HttpResponse.json(EXAMPLE, { status: 500 }), 'HTTP 500'],
    ['broken JSON', () => new HttpResponse('{ "connections": [ }'), 'not valid JSON'],
    ['an empty file', () => new HttpResponse(''), 'not valid JSON'],
    ['a web page in its place', () => HttpResponse.html('<!doctype html>'), 'not valid JSON'],
    ['no answer', () => HttpResponse.error(), 'the request failed'],
  ])('falls back to the demo, and says why, for %s', async (_name, answer, reason) => {
    server.use(http.get(FILE, answer));
    const config = await loadConfig(PAGE);
    expect(ids(config)).toEqual(DEMOS);
    expect(config.problems).toEqual([expect.stringContaining(reason)]);
  });
});
