import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
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

/**
 * Carries the steps of a recipe out in a folder of their own, where absolute paths lead into it, too, and programs only
 * write down what they were asked. Whether the files they are given work, is tested in `e2e/hosting`.
 */
function carryOut(steps: readonly string[]) {
  const root = mkdtempSync(join(tmpdir(), 'winnow-recipe-'));
  const project = join(root, 'winnow');
  for (const folder of ['bin', 'srv', 'etc/nginx/conf.d', 'path/to/ComfyUI/custom_nodes', 'var/www/html']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  cpSync(fileURLToPath(new URL('../../e2e/hosting', import.meta.url)), join(project, 'e2e/hosting'), {
    recursive: true,
  });
  mkdirSync(join(project, 'dist'));
  for (const file of ['index.html', 'config.json']) writeFileSync(join(project, 'dist', file), 'as built');
  const log = join(root, 'log');
  for (const program of ['npm', 'nginx', 'caddy', 'python']) {
    const script = `#!/bin/sh\necho "\${WINNOW_SITE:+$WINNOW_SITE }${program} $*" >> "${log}"\n`;
    writeFileSync(join(root, 'bin', program), script, { mode: 0o755 });
  }
  writeFileSync(join(root, 'bin/sudo'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  const script = steps.join('\n').replace(/(?<=\s)\/(?=(?:srv|etc|path|var)\/)/g, `${root}/`);
  execFileSync('sh', ['-e', '-c', script], { cwd: project, env: { PATH: `${root}/bin:/usr/bin:/bin` } });
  const result = {
    asked: readFileSync(log, 'utf8').replaceAll(root, '').trim().split('\n').slice(2),
    text: (path: string) => readFileSync(join(root, path), 'utf8'),
  };
  return { result, clear: () => rmSync(root, { recursive: true }) };
}

describe.skipIf(process.platform === 'win32')('the steps of the README', () => {
  const recipes = Array.from(
    read('README.md').matchAll(/```sh\n(npm ci && npm run build[^]*?)```/g),
    ([, text = '']) => text.trim().split('\n'),
  );
  const recipeWith = (word: string) => {
    const found = recipes.filter((steps) => steps.join('\n').includes(word));
    expect(found).toHaveLength(1);
    return carryOut(found[0] ?? []);
  };

  it('put the site and its configuration where nginx looks for them', () => {
    const { result, clear } = recipeWith('nginx');
    expect(result.text('srv/winnow/index.html')).toBe('as built');
    expect(result.text('etc/nginx/conf.d/winnow.conf')).toBe(read('e2e/hosting/nginx.conf'));
    expect(result.text('etc/nginx/conf.d/winnow.conf')).toContain('root /srv/winnow;');
    expect(result.asked).toEqual(['nginx -t', 'nginx -s reload']);
    clear();
  });

  it('start Caddy with the tested file', () => {
    const { result, clear } = recipeWith('caddy run');
    expect(result.asked).toEqual(['dist caddy run --adapter caddyfile --config e2e/hosting/Caddyfile']);
    expect(read('e2e/hosting/Caddyfile')).toContain('{$WINNOW_SITE');
    clear();
  });

  it('make the site ComfyUI’s own page', () => {
    const { result, clear } = recipeWith('--front-end-root');
    expect(result.text('winnow/dist/config.json')).toBe(read('e2e/hosting/config-comfyui.json'));
    expect(result.asked).toEqual([
      'python /path/to/ComfyUI/main.py --enable-assets --front-end-root /winnow/dist',
    ]);
    clear();
  });

  it('make the site a custom node of ComfyUI', () => {
    const { result, clear } = recipeWith('custom_nodes');
    const node = 'path/to/ComfyUI/custom_nodes/winnow';
    expect(result.text(`${node}/__init__.py`)).toBe(read('e2e/hosting/comfyui-node/__init__.py'));
    expect(result.text(`${node}/web/index.html`)).toBe('as built');
    expect(result.text(`${node}/web/config.json`)).toBe(read('e2e/hosting/config-comfyui.json'));
    expect(result.asked).toEqual(['python /path/to/ComfyUI/main.py --enable-assets']);
    clear();
  });

  it('put the site into a folder of a plain file server', () => {
    const { result, clear } = recipeWith('config-direct');
    expect(result.text('var/www/html/winnow/index.html')).toBe('as built');
    expect(result.text('var/www/html/winnow/config.json')).toBe(read('e2e/hosting/config-direct.json'));
    expect(result.asked).toEqual([
      'python /path/to/ComfyUI/main.py --enable-assets --enable-cors-header https://your-site.example',
    ]);
    clear();
  });
});
