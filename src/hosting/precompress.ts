import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** Pictures and the like are compressed already. */
const COMPRESSIBLE = /\.(?:css|html|js|svg|txt|wasm)$/;
/** Smaller files travel in one packet anyway. */
const LEAST_BYTES = 1024;

const WAYS = [
  {
    ending: '.br',
    compress: (data: Buffer) =>
      promisify(brotliCompress)(data, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: data.length, [constants.BROTLI_PARAM_QUALITY]: 11 },
      }),
  },
  { ending: '.gz', compress: (data: Buffer) => promisify(gzip)(data, { level: 9 }) },
];

/**
 * Lays a brotli and a gzip form beside each file of the built site that gains by it, for hosts that serve them.
 * Not of config.json: it is there to be edited, and its old form would go on being served.
 */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'winnow:precompress',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir);
    },
    // By now the files of public/ are there as well.
    closeBundle: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name));
      await Promise.all(files.map(({ parentPath, name }) => compressFile(join(parentPath, name))));
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const data = await readFile(file);
  if (data.length < LEAST_BYTES) return;
  for (const { ending, compress } of WAYS) {
    const smaller = await compress(data);
    if (smaller.length < data.length) await writeFile(file + ending, smaller);
  }
}
