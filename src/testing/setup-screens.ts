import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, afterEach } from 'vitest';

afterEach(cleanup);

// Files share one worker, but neither a document nor storage.
globalThis.indexedDB = new IDBFactory();
afterAll(() => {
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
});

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 5_000 });
