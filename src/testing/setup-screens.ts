import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll } from 'vitest';

import { deleteDatabases } from './delete-databases';

afterEach(cleanup);

// Files share one worker and its modules, but neither a document nor storage. What a file was still writing when it
// ended goes before the next.
beforeAll(deleteDatabases);
afterAll(async () => {
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  await deleteDatabases();
});

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 5_000 });
