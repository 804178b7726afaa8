import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** The file that any plain file server gives for a path, or null. */
export function fileAt(folder: string, path: string): { type: string; content: Buffer } | null {
  const file = join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path));
  if (!existsSync(file) || !statSync(file).isFile()) return null;
  return { type: TYPES[extname(file)] ?? 'application/octet-stream', content: readFileSync(file) };
}
