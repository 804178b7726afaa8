import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// A page of its own: nothing of it is in the site.
export default defineConfig({
  root: here('.'),
  base: './',
  resolve: { alias: { '@': here('../../../src') } },
  worker: { format: 'es' },
  build: {
    outDir: here('../../../build/bench-library'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
  },
});
