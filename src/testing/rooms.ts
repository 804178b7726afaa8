import { posix } from 'node:path';
import ts from 'typescript';

/** Rooms of `src` and what each may import, besides itself. */
export type Rooms = Readonly<Record<string, readonly string[]>>;

/** Source text by path, relative to `src`, with `/` between folders. */
export type Sources = ReadonlyMap<string, string>;

export interface Import {
  readonly from: string;
  /** The imported file, relative to `src`; without an extension when there is no such file. */
  readonly to: string;
}

/** Every import of one file of `src` from another. */
export const importsOf = (sources: Sources): readonly Import[] =>
  [...sources].flatMap(([from, text]) =>
    specifiersOf(from, text)
      .map((specifier) => targetOf(from, specifier, sources))
      .filter((to) => to !== null)
      .map((to) => ({ from, to })),
  );

/** Tests, and what only tests of one room share. */
const TEST_FILE = /(?:\.test(?:-d)?|-for-test)\.tsx?$/;
const SHARED_BY_TESTS = /-for-test\.tsx?$/;
const TEST_ROOMS = ['testing', 'demo'];

/** Imports that the table of rooms does not allow, one readable line each. */
export function forbiddenImports(imports: readonly Import[], rooms: Rooms): string[] {
  return imports.flatMap(({ from, to }) => {
    const problem = problemOf(from, to, rooms);
    return problem === null ? [] : [`${from} imports ${to}: ${problem}`];
  });
}

/** Each ring of files that import one another, as `a -> b -> a`. Type-only imports count: they tie files as well. */
export function importCycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file].join(' -> '));
    if (start >= 0 || finished.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    finished.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return cycles;
}

function problemOf(from: string, to: string, rooms: Rooms): string | null {
  if (to.startsWith('..')) return 'it is outside src';
  if (SHARED_BY_TESTS.test(to) && !TEST_FILE.test(from)) return 'only tests may import that';
  const [room = '', part] = from.split('/');
  const [target = '', targetPart] = to.split('/');
  const allowed = rooms[room];
  if (allowed === undefined) return `${room} is not in the table of rooms`;
  if (target === room) {
    const neighbour = room === 'features' && part !== targetPart;
    return neighbour ? 'a feature never imports another feature' : null;
  }
  if (allowed.includes(target) || (TEST_FILE.test(from) && TEST_ROOMS.includes(target))) return null;
  return `${room} may import ${allowed.length === 0 ? 'nothing' : allowed.join(', ')}`;
}

/** Null for packages. */
function targetOf(from: string, specifier: string, sources: Sources): string | null {
  if (!/^(?:@|\.\.?)\//.test(specifier)) return null;
  const plain = specifier.replace(/\?.*$/, '');
  const path = plain.startsWith('@/')
    ? posix.normalize(plain.slice(2))
    : posix.join(posix.dirname(from), plain);
  return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((file) => sources.has(file)) ?? path;
}

/** What a file imports, in whatever way: static, dynamic, re-export, `import type`, `import('x').T`. */
function specifiersOf(path: string, text: string): readonly string[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const found: string[] = [];
  const add = (node: ts.Node | undefined) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind));
  return found;
}
