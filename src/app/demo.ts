import type { Connection } from '@/domain/connection';

const starting = new Map<string, Promise<boolean>>();

/**
 * Resolves once the made-up library answers, to false where it cannot: it needs a service worker, and so https or
 * localhost. Its code is loaded only then.
 */
export function demoReady(connection: Connection): Promise<boolean> {
  const known = starting.get(connection.id);
  if (known !== undefined) return known;
  const kind = connection.kind === 'roughy' ? 'roughy' : 'comfy';
  const start = import('@/demo/start-demo')
    .then(({ startDemo }) => startDemo(kind, connection.baseUrl))
    .then(
      () => true,
      () => false,
    );
  starting.set(connection.id, start);
  return start;
}

export async function resetDemo(): Promise<void> {
  const demo = await import('@/demo/start-demo');
  await demo.resetDemo();
}
