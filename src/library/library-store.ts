import { LibraryError } from './library-error';
import type { CallName, CallParams, CallResult } from './store/calls';
import type { Answer, FromWorker, Standing, ToWorker } from './store/protocol';

/** The page's end of a worker, or of what stands in for it. */
export interface WorkerPort {
  onmessage: ((event: MessageEvent<FromWorker<never>>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ToWorker): void;
  terminate(): void;
}

/** What a library tells those that watch it. */
export type LibraryNews =
  | ({ readonly type: 'standing' } & Standing)
  | { readonly type: 'changed' }
  | { readonly type: 'forgotten' }
  | { readonly type: 'failed'; readonly error: LibraryError };

/** The database of one connection, from the page's side. */
export interface LibraryStore {
  /** @throws LibraryError; the signal's reason when nobody waits any more */
  readonly call: <Name extends CallName>(
    name: Name,
    params: CallParams<Name>,
    options?: { readonly signal?: AbortSignal },
  ) => Promise<CallResult<Name>>;
  readonly subscribe: (listener: (news: LibraryNews) => void) => () => void;
  /** Deletes the database, for all tabs. This store is closed then. @throws LibraryError */
  forget(): Promise<void>;
  /** Lets go of the database; calls under way fail. */
  close(): void;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** A tab that has the database and is only slow would answer sooner. */
const PATIENCE_MS = 60_000;

/** @param worker taken over: it is ended with the store */
export function createLibraryStore(connectionId: string, worker: WorkerPort): LibraryStore {
  const listeners = new Set<(news: LibraryNews) => void>();
  const waiting = new Map<number, Waiting>();
  let forgetting: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null = null;
  let ended: LibraryError | null = null;
  let lastId = 0;

  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = () => {
    fail(new LibraryError('unloadable', 'The database of the index could not be started. Reload the page.'));
  };
  worker.postMessage({ type: 'open', connectionId });

  function hear(message: FromWorker<never>) {
    switch (message.type) {
      case 'answer':
        settle(message);
        return;
      case 'failed':
        fail(new LibraryError(message.problem, message.message));
        return;
      case 'forgotten':
        forgetting?.resolve();
        forgetting = null;
        tell(message);
        end(new LibraryError('closed', 'The index was forgotten.'));
        return;
      default:
        tell(message);
    }
  }

  function settle(answer: Answer<never>) {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) asked?.resolve(answer.result);
    else asked?.reject(new LibraryError(answer.problem, answer.message));
  }

  function tell(news: LibraryNews) {
    for (const listener of listeners) listener(news);
  }

  function fail(error: LibraryError) {
    forgetting?.reject(error);
    forgetting = null;
    tell({ type: 'failed', error });
    end(error);
  }

  function end(error: LibraryError) {
    ended ??= error;
    worker.terminate();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  return {
    call(name, params, { signal } = {}) {
      if (ended !== null) return Promise.reject(ended);
      if (signal?.aborted === true) return Promise.reject(reasonOf(signal));
      const id = (lastId += 1);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(
            new LibraryError(
              'unanswered',
              'The tab that has the index open does not answer. Close it, or reload it.',
            ),
          );
        }, PATIENCE_MS);
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
        };
        const abort = () => {
          done();
          waiting.delete(id);
          worker.postMessage({ type: 'drop', id });
          reject(reasonOf(signal));
        };
        signal?.addEventListener('abort', abort);
        waiting.set(id, {
          resolve: (result) => {
            done();
            resolve(result);
          },
          reject: (error) => {
            done();
            reject(error);
          },
        });
        worker.postMessage({ type: 'call', id, name, params });
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget() {
      if (ended !== null) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        forgetting = { resolve, reject };
        worker.postMessage({ type: 'forget' });
      });
    },
    close() {
      listeners.clear();
      end(new LibraryError('closed', 'The index was closed.'));
    },
  };
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('Nobody waits for this any more.', { cause: reason });
}
