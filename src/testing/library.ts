import type { Asset } from '@/domain/asset';
import { calls, type CallName, type CallParams, type CallResult } from '@/library/store/calls';
import type { WorkerPort } from '@/library/library-store';
import { openLibrary } from '@/library/store/open-library';
import type { FromWorker, ToWorker } from '@/library/store/protocol';
import { serveLibrary, type Port, type Tabs } from '@/library/store/serve';
import type { Sql } from '@/library/store/sql';
import { readable, storable } from '@/library/store/storable-text';

export interface TestLibrary {
  readonly sql: Sql;
  call<Name extends CallName>(name: Name, params: CallParams<Name>): CallResult<Name>;
  /** It has these now, and nothing else. */
  fill(assets: readonly Asset[]): void;
  close(): void;
}

/** An empty library in memory, with everything that the real one can be asked: answers come at once, or throw. */
export async function openTestLibrary(): Promise<TestLibrary> {
  const { sql } = await openLibrary('test');
  return {
    sql,
    fill: (assets) => {
      sql.execute('DELETE FROM assets; DELETE FROM notes');
      calls.write(sql, storable({ assets, pass: 1 }));
    },
    call: (name, params) =>
      readable((calls[name] as (sql: Sql, given: unknown) => never)(sql, storable(params))),
    close: () => sql.close(),
  };
}

/**
 * Stands in for the worker of a library, in this thread and in memory, for a real store:
 * `createLibraryStore('x', libraryWorker())`. It is alone, unless it is told of other tabs. Messages are copied and take their time, as between threads.
 */
export function libraryWorker(tabs: Tabs | null = null): WorkerPort {
  let terminated = false;
  const inside: Port = {
    onmessage: null,
    postMessage: carrier(
      (message) => terminated || outside.onmessage?.(message as MessageEvent<FromWorker<never>>),
    ),
  };
  const outside: WorkerPort = {
    onmessage: null,
    onerror: null,
    postMessage: carrier(
      (message) => terminated || inside.onmessage?.(message as MessageEvent<ToWorker<never>>),
    ),
    terminate: () => {
      terminated = true;
    },
  };
  serveLibrary(inside, tabs);
  return outside;
}

/** What is sent in one go arrives in one go, a moment later. */
function carrier(deliver: (message: MessageEvent) => unknown): (message: unknown) => void {
  let sent: unknown[] = [];
  return (message) => {
    sent.push(structuredClone(message));
    if (sent.length > 1) return;
    setTimeout(() => {
      const arrived = sent;
      sent = [];
      for (const data of arrived) deliver(new MessageEvent('message', { data }));
    });
  };
}
