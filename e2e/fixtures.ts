import { defineNetworkFixture, type NetworkFixture } from '@msw/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import type { RequestHandler } from 'msw';

import { comfyHandlers, type ComfyHandlersOptions } from '@/demo/comfy-handlers';
import { createComfyLibrary, type ComfyLibrary } from '@/demo/comfy-library';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary, type RoughyLibrary } from '@/demo/roughy-library';

import { findBarriers } from './barriers';
import { COMFY_ASSETS, ROUGHY_CONTENTS } from './library';
import { watchViolations } from './violations';

export { expect };

export const CLOUD_KEY = 'comfyui-9b1c5a7e-e2e-cloud-key';
export const ROUGHY_KEY = 'sk_e2e_9b1c5a7e_roughy_key';

/** What the providers hold; a test may look into them and change them behind the page's back. */
export interface Libraries {
  readonly comfyui: ComfyLibrary;
  readonly cloud: ComfyLibrary;
  readonly roughy: RoughyLibrary;
}

/** One request that the page sent to a provider. */
export interface Sent {
  readonly method: string;
  /** After the connection's base URL, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

interface World {
  libraries: Libraries;
  network: NetworkFixture;
  /** Requests to providers so far, in order; optionally of one method and path. */
  sent: (method?: string, path?: RegExp) => readonly Sent[];
  /** Lets the console say what matches; everything else it reports fails the test. */
  allowErrors: (pattern: RegExp) => void;
  /** What the browser has complained about so far. */
  problems: () => readonly string[];
  /** The same site in a browser of its own, with the same providers behind it. */
  newVisitor: () => Promise<Page>;
}

interface Fixtures extends World {
  world: World;
  /** Fails on any accessibility problem of the whole page, in light and in dark. */
  axe: () => Promise<void>;
}

export const selfHosted = (
  library: ComfyLibrary,
  options: Partial<ComfyHandlersOptions> = {},
): RequestHandler[] => comfyHandlers({ baseUrl: '*/proxy/comfyui', flavour: 'oss', library, ...options });

const handlersFor = ({ comfyui, cloud, roughy }: Libraries): RequestHandler[] => [
  ...selfHosted(comfyui),
  ...comfyHandlers({ baseUrl: '*/proxy/comfy-cloud', library: cloud, apiKey: CLOUD_KEY }),
  ...roughyHandlers({ baseUrl: '*/proxy/roughy', library: roughy, apiKey: ROUGHY_KEY }),
];

/** An answer that a test gives when it likes; Node 20 has no `Promise.withResolvers`. */
export function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

const PROVIDER_PATH = /^\/(?:[\w-]+\/)*proxy\/[\w-]+(?=\/)/;

/** Puts the mocked providers behind every page of a context, and listens to what it sends and what goes wrong. */
async function equip(
  context: BrowserContext,
  handlers: RequestHandler[],
  report: { sent: Sent[]; problems: string[] },
): Promise<NetworkFixture> {
  context.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (!PROVIDER_PATH.test(pathname)) return;
    report.sent.push({
      method: request.method(),
      path: pathname.replace(PROVIDER_PATH, '') + search,
      headers: request.headers(),
      body: request.postData(),
    });
  });
  context.on('weberror', (error) => report.problems.push(`uncaught: ${String(error.error())}`));
  // Chromium reports failed requests and whatever the content security policy forbids here as well.
  context.on('console', (message) => {
    if (message.type() === 'error') report.problems.push(`${message.text()} ${message.location().url}`);
  });
  await watchViolations(context, (problem) => report.problems.push(problem));
  const network = defineNetworkFixture({
    context,
    handlers,
    skipAssetRequests: false,
    onUnhandledRequest: ({ method, url }) => {
      const { hostname, pathname } = new URL(url);
      const ownFile = hostname === '127.0.0.1' && !PROVIDER_PATH.test(pathname);
      if (!ownFile) report.problems.push(`request that nobody expected: ${method} ${url}`);
    },
  });
  await network.enable();
  return network;
}

export const test = base.extend<Fixtures>({
  world: [
    async ({ browser, context, contextOptions, baseURL }, provide) => {
      const libraries = {
        comfyui: createComfyLibrary(COMFY_ASSETS),
        cloud: createComfyLibrary(COMFY_ASSETS),
        roughy: createRoughyLibrary(ROUGHY_CONTENTS),
      };
      const report = { sent: new Array<Sent>(), problems: new Array<string>() };
      const allowed: RegExp[] = [];
      const contexts = [context];
      const network = await equip(context, handlersFor(libraries), report);

      await provide({
        libraries,
        network,
        sent: (method, path) =>
          report.sent.filter(
            (request) => (method ?? request.method) === request.method && (path?.test(request.path) ?? true),
          ),
        allowErrors: (pattern) => allowed.push(pattern),
        problems: () => report.problems,
        newVisitor: async () => {
          const visitor = await browser.newContext({
            ...contextOptions,
            ...(baseURL !== undefined && { baseURL }),
          });
          contexts.push(visitor);
          await equip(visitor, handlersFor(libraries), report);
          return visitor.newPage();
        },
      });

      // Pages first: what is still under way must not reach the network once nobody mocks it any more.
      for (const page of contexts.flatMap((each) => each.pages())) await page.close();
      for (const each of contexts) await each.unrouteAll({ behavior: 'ignoreErrors' });
      for (const visitor of contexts.slice(1)) await visitor.close();
      const unexpected = report.problems.filter(
        (problem) => !allowed.some((pattern) => pattern.test(problem)),
      );
      expect(unexpected, 'what the browser complained about').toEqual([]);
    },
    { auto: true },
  ],
  libraries: ({ world }, provide) => provide(world.libraries),
  network: ({ world }, provide) => provide(world.network),
  sent: ({ world }, provide) => provide(world.sent),
  allowErrors: ({ world }, provide) => provide(world.allowErrors),
  problems: ({ world }, provide) => provide(world.problems),
  newVisitor: ({ world }, provide) => provide(world.newVisitor),

  axe: async ({ page }, provide) => {
    await provide(async () => {
      // Colours must not be measured half-way from one theme to the other.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await findBarriers(page, colorScheme), `accessibility in ${colorScheme}`).toEqual([]);
      }
    });
  },
});
