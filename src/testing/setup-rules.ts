import 'fake-indexeddb/auto';
import { afterAll, beforeAll } from 'vitest';

import { deleteDatabases } from './delete-databases';

// Files share one worker and its modules, but no data. What a file was still writing when it ended goes before the next.
beforeAll(deleteDatabases);
afterAll(deleteDatabases);

/** As in newer Node and in every worker: code asks it what the browser can do. */
if (!('navigator' in globalThis)) {
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: { onLine: true, language: 'en-US', languages: ['en-US'] },
  });
}
