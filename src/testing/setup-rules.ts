import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterAll } from 'vitest';

// These files share one worker, but no data.
afterAll(async () => {
  for (const { name = '' } of await indexedDB.databases()) await deleteDB(name);
});

/** As in newer Node and in every worker: code asks it what the browser can do. */
if (!('navigator' in globalThis)) {
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: { onLine: true, language: 'en-US', languages: ['en-US'] },
  });
}
