import type { Connection } from '@/domain/connection';

const starting = new Map<string, Promise<boolean>>();

/** One after the other: a demo that is entered while it is being left starts afterwards. */
let leaving: Promise<void> = Promise.resolve();

/**
 * Resolves once the made-up library answers, to false where it cannot: it needs a service worker, and so https or
 * localhost. Its code is loaded only then.
 */
export function demoReady(connection: Connection): Promise<boolean> {
  const known = starting.get(connection.id);
  if (known !== undefined) return known;
  const kind = connection.kind === 'roughy' ? 'roughy' : 'comfy';
  const start = Promise.all([import('@/demo/start-demo'), leaving])
    .then(([{ startDemo }]) => startDemo(kind, connection.baseUrl))
    .then(
      () => true,
      () => false,
    );
  starting.set(connection.id, start);
  return start;
}

/** Takes the service worker of the demo out of this browser, unless another tab shows a demo. */
export function leaveDemo(): Promise<void> {
  const begun = [...starting.values()];
  starting.clear();
  leaving = leaving.then(async () => {
    await Promise.all(begun);
    if (begun.length > 0) {
      const demo = await import('@/demo/start-demo');
      await demo.stopDemo();
    } else if ('serviceWorker' in navigator && navigator.serviceWorker.controller !== null) {
      // Left behind by an earlier visit.
      const demo = await import('@/demo/demo-worker');
      await demo.leaveDemo();
    }
  });
  // A worker that cannot be taken out now answers for the demo only; the next visit tries again.
  leaving = leaving.catch(() => undefined);
  return leaving;
}

export async function resetDemo(): Promise<void> {
  const demo = await import('@/demo/start-demo');
  await demo.resetDemo();
}
