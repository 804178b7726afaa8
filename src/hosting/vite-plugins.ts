import process from 'node:process';
import type { Plugin } from 'vite';
import { allowedHosts } from './environment.ts';
import { createProxy } from './proxy.ts';
import { PAGE_POLICY } from './security-headers.ts';
import { readUpstreams } from './upstreams.ts';

/** Gives the development server the proxy that `npm start` has. */
export function devProxy(): Plugin {
  return {
    name: 'winnow:dev-proxy',
    configureServer({ config, middlewares }) {
      const proxy = createProxy({
        upstreams: readUpstreams(process.env),
        hosts: allowedHosts(process.env),
        log: (line) => config.logger.warn(line, { timestamp: true }),
      });
      middlewares.use((request, response, next) => {
        if (!proxy(request, response)) next();
      });
    },
  };
}

/** Puts the content security policy into the built page, so that any static host enforces it. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'winnow:content-security-policy',
    // The development server puts scripts and styles inline.
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** Has the browser fetch an entry that a script loads on demand, and all it imports, together with the page. */
export function preloadEntry(name: string): Plugin {
  return {
    name: 'winnow:preload-entry',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === name);
        if (entry?.type !== 'chunk') throw new Error(`No entry is called ${name}`);
        return [entry.fileName, ...entry.imports]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
            injectTo: 'head',
          }));
      },
    },
  };
}
