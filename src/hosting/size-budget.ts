import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

interface Budget {
  /** gzip kB (1 kB = 1000 bytes) of everything the first page runs. */
  readonly script: number;
  readonly style: number;
  /** Modules that must not be among it. */
  readonly never: RegExp;
}

/** Fails the build when what the first page loads outgrows its budget, and prints what it weighs. */
export function sizeBudget(budget: Budget): Plugin {
  let print: (text: string) => void = () => undefined;
  return {
    name: 'winnow:size-budget',
    apply: 'build',
    configResolved: ({ logger }) => {
      print = (text) => logger.info(text);
    },
    writeBundle(_options, bundle) {
      const files = firstPageFiles(bundle);
      const sizes = files.map((file) => ({ file, kB: gzipSync(contentOf(bundle, file)).length / 1000 }));
      const scripts = sizes.filter(({ file }) => file.endsWith('.js'));
      const styles = sizes.filter(({ file }) => file.endsWith('.css'));
      print(
        [
          'first page, gzip',
          ...section('script', scripts, budget.script),
          ...section('style', styles, budget.style),
        ].join('\n'),
      );

      const strays = files.flatMap((file) => modulesOf(bundle, file).filter((id) => budget.never.test(id)));
      if (strays.length > 0) this.error(`The first page must not load:\n${strays.slice(0, 10).join('\n')}`);
      if (total(scripts) > budget.script)
        this.error(`The first page's scripts are over ${budget.script} kB.`);
      if (total(styles) > budget.style) this.error(`The first page's styles are over ${budget.style} kB.`);
    },
  };
}

/** The page's entry scripts, all they import statically, and the styles of these. */
function firstPageFiles(bundle: Rolldown.OutputBundle): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    const output = bundle[file];
    if (output === undefined || found.has(file)) return;
    found.add(file);
    if (output.type === 'asset') return;
    for (const next of [...output.imports, ...(output.viteMetadata?.importedCss ?? [])]) visit(next);
  };
  for (const output of Object.values(bundle)) {
    if (output.type === 'chunk' && output.isEntry) visit(output.fileName);
    // Scripts, preloads and styles that the page itself names.
    if (output.fileName.endsWith('.html')) {
      const html = String(contentOf(bundle, output.fileName));
      for (const [, url = ''] of html.matchAll(/\s(?:src|href)="(?:\.?\/)?([^"]+\.(?:js|css))"/g)) visit(url);
    }
  }
  return [...found];
}

function contentOf(bundle: Rolldown.OutputBundle, file: string): string | Uint8Array {
  const output = bundle[file];
  if (output === undefined) return '';
  return output.type === 'chunk' ? output.code : output.source;
}

function modulesOf(bundle: Rolldown.OutputBundle, file: string): readonly string[] {
  const output = bundle[file];
  return output?.type === 'chunk' ? output.moduleIds : [];
}

type Sizes = readonly { readonly file: string; readonly kB: number }[];

const total = (sizes: Sizes) => sizes.reduce((sum, { kB }) => sum + kB, 0);

const section = (name: string, sizes: Sizes, limit: number) => [
  ...sizes.map(({ file, kB }) => `  ${kB.toFixed(1).padStart(6)} kB  ${file}`),
  `  ${total(sizes).toFixed(1).padStart(6)} kB  ${name} in all, at most ${limit} kB`,
];
