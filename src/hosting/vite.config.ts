import { defineConfig } from 'vite';

// The server of `npm start` as one file that needs nothing but Node.
export default defineConfig({
  build: {
    ssr: 'src/hosting/serve.ts',
    outDir: 'build',
    copyPublicDir: false,
    target: 'node20',
    minify: false,
  },
  ssr: { noExternal: true },
});
