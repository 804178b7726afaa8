import { readdirSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { forbiddenImports, importCycles, importsOf, type Rooms } from './rooms';

const BELOW_FEATURES = [
  ...['domain', 'lib', 'http', 'providers', 'queries', 'search'],
  ...['connections', 'cleanup', 'library', 'ui', 'previews'],
];

/** What each room may import besides itself; README.md, "How it is built", says what lives there. */
const ROOMS: Rooms = {
  domain: [],
  lib: [],
  http: ['domain', 'lib'],
  providers: ['domain', 'lib', 'http'],
  queries: ['domain', 'lib', 'providers', 'library'],
  search: ['domain', 'lib'],
  connections: ['domain', 'lib'],
  cleanup: ['domain', 'lib', 'providers'],
  library: ['domain', 'lib', 'providers'],
  ui: ['lib'],
  previews: ['domain', 'lib', 'providers', 'queries', 'ui'],
  features: BELOW_FEATURES,
  demo: ['domain', 'lib'],
  app: [...BELOW_FEATURES, 'features', 'demo', 'styles'],
  hosting: ['lib'],
  testing: [...BELOW_FEATURES, 'demo', 'hosting', 'styles'],
  styles: [],
};

const SRC = fileURLToPath(new URL('..', import.meta.url));

const sources = new Map(
  readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .map((file) => [relative(SRC, file).replaceAll(sep, '/'), readFileSync(file, 'utf8')]),
);

const imports = importsOf(sources);

describe('the rooms of src', () => {
  it('are all read', () => {
    expect(imports).toContainEqual({ from: 'app/page.tsx', to: 'app/app.tsx' });
    expect(new Set(imports.map(({ from }) => from.split('/')[0]))).toContain('features');
  });

  it('import only what their row of the table names', () => {
    expect(forbiddenImports(imports, ROOMS)).toEqual([]);
  });

  it('have no files that import one another in a ring', () => {
    expect(importCycles(imports)).toEqual([]);
  });
});

describe('the check itself', () => {
  const rooms: Rooms = { low: [], high: ['low'], features: ['low'], testing: [] };
  const check = (files: Record<string, string>) =>
    forbiddenImports(importsOf(new Map(Object.entries(files))), rooms);
  const cycles = (files: Record<string, string>) => importCycles(importsOf(new Map(Object.entries(files))));

  it.each([
    ['a static import', `import { a } from '@/high/a';`],
    ['an import for its effect', `import '@/high/a';`],
    ['a relative import', `import { a } from '../high/a';`],
    ['a relative import with its extension', `import { a } from '../high/a.ts';`],
    ['an alias that climbs', `import { a } from '@/low/../high/a';`],
    ['an import with a query', `import a from '../high/a.ts?raw';`],
    ['a type import', `import type { A } from '@/high/a';`],
    ['an inline type import', `let a: import('@/high/a').A;`],
    ['a re-export', `export { a } from '@/high/a';`],
    ['a re-export of everything', `export * from '@/high/a';`],
    ['a dynamic import', `export const load = () => import('@/high/a');`],
    ['a dynamic import in a template literal', 'export const load = () => import(`@/high/a`);'],
    [
      'an import after JSX text with quotes',
      `const p = <p>Don't \` stop</p>; const load = () => import('@/high/a');`,
    ],
  ])('sees %s', (_name, text) => {
    expect(check({ 'low/b.tsx': text, 'high/a.ts': '' })).toEqual([
      'low/b.tsx imports high/a.ts: low may import nothing',
    ]);
  });

  it('allows what a row names, the own room and packages', () => {
    const text = `import '@/low/a'; import './c'; import 'react'; import '@tanstack/react-query'; import 'node:fs';`;
    expect(check({ 'high/b.ts': text, 'high/c.ts': '', 'low/a.ts': '' })).toEqual([]);
  });

  it('is not taken in by text that looks like an import', () => {
    expect(check({ 'low/b.ts': `// import '@/high/a';\nexport const text = "import '@/high/a'";` })).toEqual(
      [],
    );
  });

  it('names a file that does not exist, a room without a row and a way out of src', () => {
    expect(check({ 'low/b.ts': `import '@/high/gone';` })).toEqual([
      'low/b.ts imports high/gone: low may import nothing',
    ]);
    expect(check({ 'attic/b.ts': `import '@/low/a';` })).toEqual([
      'attic/b.ts imports low/a: attic is not in the table of rooms',
    ]);
    expect(check({ 'low/b.ts': `import '../../package.json';` })).toEqual([
      'low/b.ts imports ../package.json: it is outside src',
    ]);
  });

  it('keeps features apart', () => {
    expect(check({ 'features/one/a.ts': `import '@/features/one/b'; import '../two/c';` })).toEqual([
      'features/one/a.ts imports features/two/c: a feature never imports another feature',
    ]);
  });

  it('lets tests, and nothing else, import the testing room', () => {
    const text = `import '@/testing/fixture';`;
    expect(check({ 'low/a.test.tsx': text })).toEqual([]);
    expect(check({ 'low/a.ts': text })).toEqual(['low/a.ts imports testing/fixture: low may import nothing']);
    expect(check({ 'low/a.test.ts': `import '@/high/a';` })).toHaveLength(1);
  });

  it('lets tests of a room share what stands on the testing room, and nothing else', () => {
    const shared = { 'low/a-for-test.tsx': `import '@/testing/fixture';`, 'testing/fixture.ts': '' };
    expect(check({ ...shared, 'low/a.test.tsx': `import './a-for-test';` })).toEqual([]);
    expect(check({ ...shared, 'low/a.ts': `import './a-for-test';` })).toEqual([
      'low/a.ts imports low/a-for-test.tsx: only tests may import that',
    ]);
  });

  it('reports each ring of imports as a path', () => {
    const files = {
      'low/start.ts': `import './a';`,
      'low/a.ts': `import { b } from './b';`,
      'low/b.ts': `import type { C } from '@/low/c';`,
      'low/c.tsx': `const a = () => import('./a'); import './leaf';`,
      'low/leaf.ts': '',
      'low/self.ts': `import './self';`,
    };
    expect(cycles(files)).toEqual([
      'low/a.ts -> low/b.ts -> low/c.tsx -> low/a.ts',
      'low/self.ts -> low/self.ts',
    ]);
  });

  it('does not take two ways to one file for a ring', () => {
    const files = {
      'a/a.ts': `import './b'; import './c';`,
      'a/b.ts': `import './d';`,
      'a/c.ts': `import './d';`,
    };
    expect(cycles({ ...files, 'a/d.ts': '' })).toEqual([]);
  });
});
