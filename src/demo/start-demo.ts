import type { RequestHandler } from 'msw';
import type { SetupWorker } from 'msw/browser';
import { comfyHandlers } from './comfy-handlers';
import { openDemoComfy, openDemoRoughy } from './demo-libraries';
import type { RequestWeight } from './latency';
import { roughyHandlers } from './roughy-handlers';

export type DemoKind = 'comfy' | 'roughy';

const CONTROL_TIMEOUT_MS = 5000;
const LATENCY_MS: Readonly<Record<RequestWeight, readonly [min: number, max: number]>> = {
  list: [60, 180],
  one: [40, 90],
  media: [20, 70],
};

let worker: Promise<SetupWorker> | null = null;
const started = new Map<string, Promise<void>>();
const resets: (() => Promise<void>)[] = [];

/** Beside the page, so that the demo works from any folder of any host. */
const workerUrl = (): string => new URL('mockServiceWorker.js', document.baseURI).href;

/**
 * Answers everything below `baseUrl` from a made-up library inside this browser; settles when the
 * very next request will be answered. Asking twice is free.
 */
export function startDemo(kind: DemoKind, baseUrl: string): Promise<void> {
  const key = `${kind} ${baseUrl}`;
  const running = started.get(key);
  if (running !== undefined) return running;
  const starting = start(kind, baseUrl);
  started.set(key, starting);
  // A failed start may be tried again.
  starting.catch(() => started.delete(key));
  return starting;
}

/** Forgets every change made to the made-up libraries. */
export async function resetDemo(): Promise<void> {
  await Promise.all(started.values());
  await Promise.all(resets.map((reset) => reset()));
}

/** Ends the demo and takes its service worker out of this browser. */
export async function stopDemo(): Promise<void> {
  if (worker === null) return;
  const stopping = worker;
  worker = null;
  started.clear();
  resets.length = 0;
  (await stopping).stop();
  const url = workerUrl();
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    if (registration.active?.scriptURL === url) await registration.unregister();
  }
}

async function start(kind: DemoKind, baseUrl: string): Promise<void> {
  const [handlers, running] = await Promise.all([openHandlers(kind, baseUrl), (worker ??= startWorker())]);
  running.use(...handlers);
}

async function openHandlers(kind: DemoKind, baseUrl: string): Promise<readonly RequestHandler[]> {
  const latencyMs = (weight: RequestWeight) => {
    const [min, max] = LATENCY_MS[weight];
    return min + Math.random() * (max - min);
  };
  if (kind === 'comfy') {
    const { library, reset } = await openDemoComfy();
    resets.push(reset);
    return comfyHandlers({ baseUrl, library, latencyMs });
  }
  const { library, reset } = await openDemoRoughy();
  resets.push(reset);
  return roughyHandlers({ baseUrl, library, latencyMs });
}

async function startWorker(): Promise<SetupWorker> {
  try {
    // Imported here because the module exists for browsers only.
    const { setupWorker } = await import('msw/browser');
    const made = setupWorker();
    await made.start({
      quiet: true,
      onUnhandledRequest: 'bypass',
      serviceWorker: { url: workerUrl(), options: { scope: new URL('./', document.baseURI).href } },
    });
    await controlled();
    return made;
  } catch (error) {
    worker = null;
    throw error;
  }
}

/** On a first visit the page is taken over a moment after the worker is ready. */
function controlled(): Promise<void> {
  const container = navigator.serviceWorker;
  if (container.controller !== null) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('The demo could not start: its service worker did not take over this page.')),
      CONTROL_TIMEOUT_MS,
    );
    container.addEventListener(
      'controllerchange',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
