import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { precompress } from './src/hosting/precompress.ts';
import { sizeBudget } from './src/hosting/size-budget.ts';
import { contentSecurityPolicy, devProxy, preloadEntry } from './src/hosting/vite-plugins.ts';

export default defineConfig({
  base: './',
  plugins: [
    react(),
    tailwindcss(),
    devProxy(),
    contentSecurityPolicy(),
    preloadEntry('page'),
    sizeBudget({ script: 150, style: 15, never: /\/node_modules\/(?:msw|@mswjs)\/|\/src\/demo\// }),
    precompress(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // Every browser that runs this build preloads modules by itself.
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    // The content security policy allows no data: images.
    assetsInlineLimit: 0,
    // Help links to it.
    license: { fileName: 'licences.txt' },
    rolldownOptions: {
      // What draws the page is an entry as well, although only the other one loads it: its parts belong together.
      input: { index: 'index.html', page: 'src/app/page.tsx' },
      output: {
        // What the first page runs travels as two files: each small one of its own costs a request and compresses worse.
        // The first asks for what is to be shown, while the second, which draws it, is still arriving.
        codeSplitting: {
          groups: [
            {
              name: 'ask',
              tags: ['$initial'],
              test: /\/(?:index\.html|src\/app\/main\.ts)$/,
              priority: 1,
            },
            { name: 'draw', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  test: {
    env: { TZ: 'UTC' },
    restoreMocks: true,
    unstubEnvs: true,
    // A busy machine is slow, not wrong.
    testTimeout: 30_000,
    // Left to itself, one core stays idle: half of all there is where there are two.
    maxWorkers: '100%',
    // Files share their modules: to load them anew for each would take more time than most tests.
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['src/**/*.test.ts'], setupFiles: ['src/testing/setup-rules.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          include: ['src/**/*.test.tsx'],
          environment: 'happy-dom',
          setupFiles: ['src/testing/setup-screens.ts'],
        },
      },
    ],
  },
});
