import type { FromWorker, ToWorker } from './protocol';
import { serveLibrary, type Port } from './serve';

/** A worker's own end, which TypeScript's library for pages does not know. */
declare const self: Port & { postMessage(message: FromWorker | ToWorker): void };

serveLibrary(self);
