import type { Connection } from '@/domain/connection';

const starting = new Map<string, Promise<void>>();

/** Resolves once the made-up library answers; its code is loaded only then. */
export function demoReady(connection: Connection): Promise<void> {
  const known = starting.get(connection.id);
  if (known !== undefined) return known;
  const kind = connection.kind === 'roughy' ? 'roughy' : 'comfy';
  const start = import('@/demo/start-demo').then(({ startDemo }) => startDemo(kind, connection.baseUrl));
  starting.set(connection.id, start);
  return start;
}

export async function resetDemo(): Promise<void> {
  const demo = await import('@/demo/start-demo');
  await demo.resetDemo();
}
