// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { securityHeaders } from './security-headers.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The headers that a file of the given form sets, each `[name, value]`. */
const headersIn = (path: string, line: RegExp) =>
  Array.from(read(path).matchAll(line), ([, name = '', value = '']) => [name.toLowerCase(), value]);

const own = Object.entries(securityHeaders());

describe('the security headers of the recipes', () => {
  it.each([
    ['e2e/hosting/nginx.conf', /^ {2}add_header ([\w-]+) "(.*)" always;$/gm],
    ['e2e/hosting/Caddyfile', /^\t\t([A-Z][\w-]+) "(.*)"$/gm],
    ['e2e/hosting/comfyui-node/__init__.py', /^ {4}"([\w-]+)": "(.*)",$/gm],
    ['public/_headers', /^ {2}((?!Cache-Control)[\w-]+): (.*)$/gm],
  ])('in %s are those of npm start', (path, line) => {
    expect(headersIn(path, line).slice(0, own.length)).toEqual(own);
  });
});

/** `_headers` as Netlify and Cloudflare Pages document it: all rules that match add up. */
function headersFor(path: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let applies = false;
  for (const line of read('public/_headers').split('\n')) {
    if (line.startsWith('/')) applies = matches(line, path);
    const [, name, value] = /^\s+([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (applies && name !== undefined && value !== undefined) {
      found.set(name.toLowerCase(), [...(found.get(name.toLowerCase()) ?? []), value]);
    }
  }
  return found;
}

/** `_redirects` as both document it: the first rule that matches, with what the star stood for. */
function redirectFor(path: string): [target: string, status: number] | null {
  for (const line of read('public/_redirects').split('\n')) {
    const [from = '', to = '', status = '301'] = line.split(/\s+/);
    if (from.startsWith('/') && matches(from, path)) {
      return [to.replace(':splat', path.slice(from.indexOf('*'))), Number(status)];
    }
  }
  return null;
}

const matches = (pattern: string, path: string) =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

describe('the files for Netlify and Cloudflare Pages', () => {
  it('set every header once: where two rules set one, both hosts join the values', () => {
    for (const path of ['/', '/index.html', '/config.json', '/assets/index-abc.js', '/demo-worker.js']) {
      const found = headersFor(path);
      expect([...found].filter(([, values]) => values.length !== 1)).toEqual([]);
      for (const [name, value] of own) expect(found.get(name), `${name} of ${path}`).toEqual([value]);
    }
  });

  it('keep hashed files, and nothing that may change', () => {
    expect(headersFor('/assets/index-abc.js').get('cache-control')).toEqual([
      'public, max-age=31536000, immutable',
    ]);
    for (const path of ['/', '/index.html', '/config.json']) {
      expect(headersFor(path).get('cache-control')).toEqual(['no-cache']);
    }
  });

  it('lead API paths, and no others, to their providers', () => {
    expect(redirectFor('/proxy/comfy-cloud/api/assets/7/tags')).toEqual([
      'https://cloud.comfy.org/api/assets/7/tags',
      200,
    ]);
    expect(redirectFor('/proxy/roughy/v1/assets')).toEqual([
      'https://roughy-api-staging.fly.dev/v1/assets',
      200,
    ]);
    for (const path of [
      '/',
      '/assets/index-abc.js',
      '/proxy/comfyui/api/assets',
      '/proxy/comfy-cloud/login',
    ]) {
      expect(redirectFor(path)).toBeNull();
    }
  });

  it('stay within the limits of Cloudflare Pages: 2,000 characters a line, 100 rules', () => {
    const lines = read('public/_headers').split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(2000);
    expect(lines.filter((line) => line.startsWith('/')).length).toBeLessThanOrEqual(100);
  });
});

describe('the install scripts of dependencies', () => {
  it('are the one that was reviewed, and npm runs none', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: boolean; optional?: boolean }>;
    };
    const withScript = Object.entries(packages).filter(
      ([, { hasInstallScript }]) => hasInstallScript === true,
    );
    expect(withScript.map(([path]) => path).filter((path) => !path.endsWith('/fsevents'))).toEqual([
      'node_modules/msw',
    ]);
    expect(read('.npmrc')).toContain('ignore-scripts=true');
  });
});

describe('the recipes of the README', () => {
  const blocks = Array.from(read('README.md').matchAll(/```sh\n([^]*?)```/g), ([, text = '']) =>
    text.trim().split('\n'),
  );

  it('have at most three steps each', () => {
    expect(blocks.length).toBeGreaterThan(6);
    expect(blocks.filter(([first = '']) => first.startsWith('npm ci && npm run build'))).toHaveLength(5);
    for (const steps of blocks.filter(([first]) => first?.startsWith('npm ci && npm run build'))) {
      expect(steps.length).toBeLessThanOrEqual(3);
    }
  });

  it('name the files that the tests in e2e/hosting use', () => {
    const named = new Set(blocks.flat().flatMap((step) => step.match(/e2e\/hosting\/[\w.-]+/g) ?? []));
    expect([...named].sort()).toEqual(
      ['Caddyfile', 'comfyui-node', 'config-comfyui.json', 'config-direct.json', 'nginx.conf'].map(
        (name) => `e2e/hosting/${name}`,
      ),
    );
    const tests = ['running-server.ts', 'without-proxy.spec.ts']
      .map((name) => read(`e2e/hosting/${name}`))
      .join('');
    for (const name of ['Caddyfile', 'config-comfyui.json', 'config-direct.json', 'nginx.conf']) {
      expect(tests).toContain(`'${name}'`);
    }
  });
});
