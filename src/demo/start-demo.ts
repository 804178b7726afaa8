import type { RequestHandler } from 'msw';
import type { SetupWorker } from 'msw/browser';
import { comfyHandlers } from './comfy-handlers';
import { enterDemo, leaveDemo, workerUrl } from './demo-worker';
import { openDemoComfy, openDemoRoughy } from './demo-libraries';
import type { RequestWeight } from './latency';
import { roughyHandlers } from './roughy-handlers';

export type DemoKind = 'comfy' | 'roughy';

const LATENCY_MS: Readonly<Record<RequestWeight, readonly [min: number, max: number]>> = {
  list: [60, 180],
  one: [40, 90],
  media: [20, 70],
};

let worker: Promise<SetupWorker> | null = null;
const started = new Map<string, Promise<void>>();
const resets: (() => Promise<void>)[] = [];

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

/** Ends the demo in this tab, and takes its service worker out of the browser unless another tab needs it. */
export async function stopDemo(): Promise<void> {
  const stopping = worker;
  worker = null;
  started.clear();
  resets.length = 0;
  if (stopping !== null) await stopping.then((running) => running.stop());
  await leaveDemo();
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
    // It finds the worker in place: it could not register one under the page's policy.
    await enterDemo();
    await made.start({
      quiet: true,
      onUnhandledRequest: 'bypass',
      serviceWorker: { url: workerUrl() },
    });
    return made;
  } catch (error) {
    worker = null;
    throw error;
  }
}
