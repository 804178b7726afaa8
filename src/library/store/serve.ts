import { LibraryError } from '../library-error';

import { CallQueue } from './call-queue';
import { calls, WRITES } from './calls';
import { openLibrary, removeLibrary, type OpenLibrary } from './open-library';
import { problemOf } from './problem-of';
import type { Answer, Call, FromWorker, ToWorker } from './protocol';
import { readable, storable } from './storable-text';

/** What tabs say to one another. */
type Told =
  | { readonly type: 'ask'; readonly from: string; readonly call: Call<never> }
  | { readonly type: 'drop'; readonly from: string; readonly id: number }
  | { readonly type: 'answer'; readonly to: string; readonly answer: Answer }
  /** A new owner: whoever waits for an answer asks again. */
  | { readonly type: 'owner'; readonly notKept: string | null; readonly rebuilt: string | null }
  | { readonly type: 'who' }
  | { readonly type: 'changed' }
  | { readonly type: 'forget' }
  | { readonly type: 'forgotten' };

/** The page's end of a worker, or what stands in for it. */
export interface Port {
  onmessage: ((event: MessageEvent<ToWorker<never>>) => void) | null;
  postMessage(message: FromWorker): void;
}

/** What ties the workers of all tabs together. */
export interface Tabs {
  readonly locks: {
    request(name: string, options: LockOptions, callback: (lock: Lock | null) => unknown): Promise<unknown>;
  };
  openChannel(name: string): BroadcastChannel;
}

/**
 * Serves one page. Only one worker of all tabs can have the database open: whoever holds the lock is its owner, the others
 * hand their questions to it, and one of them takes its place when its tab goes.
 */
export function serveLibrary(port: Port, tabs: Tabs | null = tabsOfBrowser()): void {
  port.onmessage = ({ data }) => {
    if (data.type !== 'open') return;
    const server = new Server(port, data.connectionId, tabs);
    port.onmessage = ({ data: message }) => server.hear(message);
    void server.start();
  };
}

class Server {
  readonly #port: Port;
  readonly #connectionId: string;
  readonly #tabs: Tabs | null;
  readonly #channel: BroadcastChannel | null;
  readonly #me = crypto.randomUUID();
  readonly #queue = new CallQueue();
  #library: OpenLibrary | null = null;
  /** Asked, and not answered yet. */
  readonly #waiting = new Map<number, Call<never>>();
  #failed: FromWorker | null = null;
  #isForgetting = false;

  constructor(port: Port, connectionId: string, tabs: Tabs | null) {
    this.#port = port;
    this.#connectionId = connectionId;
    this.#tabs = tabs;
    this.#channel = tabs?.openChannel(`winnow-library ${connectionId}`) ?? null;
    if (this.#channel !== null) {
      this.#channel.onmessage = ({ data }: MessageEvent<Told>) => this.#hearTab(data);
    }
  }

  async start(): Promise<void> {
    if (this.#tabs === null) return this.#own();
    const { locks } = this.#tabs;
    const name = `winnow-library ${this.#connectionId}`;
    const held = await locks.request(name, { ifAvailable: true }, (lock) => lock !== null && this.#hold());
    if (held !== false) return;
    this.#tell({ type: 'who' });
    await locks.request(name, {}, () => this.#hold());
  }

  hear(message: ToWorker<never>): void {
    if (message.type === 'call') {
      const { id, name, params } = message;
      const call: Call<never> = { id, name, params };
      this.#waiting.set(id, call);
      if (this.#library !== null) this.#queueOwn(call);
      else if (this.#failed !== null) this.#port.postMessage(this.#failed);
      else this.#tell({ type: 'ask', from: this.#me, call });
    } else if (message.type === 'drop') {
      if (!this.#waiting.delete(message.id)) return;
      if (this.#library !== null) this.#queue.drop(this.#me, message.id);
      else this.#tell({ type: 'drop', from: this.#me, id: message.id });
    } else if (message.type === 'forget') {
      // Who has it is not known yet, maybe: asked for again as soon as it is.
      this.#isForgetting = true;
      if (this.#library !== null) void this.#forget();
      else this.#tell({ type: 'forget' });
    }
  }

  /** Held for as long as this worker lives. */
  async #hold(): Promise<boolean> {
    await this.#own();
    if (this.#library !== null) await new Promise(() => undefined);
    return true;
  }

  async #own(): Promise<void> {
    try {
      this.#library = await openLibrary(this.#connectionId);
    } catch (error) {
      if (this.#isForgetting) return this.#forget();
      this.#failed = { type: 'failed', ...problemOf(error) };
      this.#port.postMessage(this.#failed);
      return;
    }
    if (this.#isForgetting) return this.#forget();
    const { notKept, rebuilt } = this.#library;
    this.#port.postMessage({ type: 'standing', role: 'owner', notKept, rebuilt });
    this.#tell({ type: 'owner', notKept, rebuilt });
    for (const call of this.#waiting.values()) this.#queueOwn(call);
  }

  #hearTab(told: Told): void {
    switch (told.type) {
      case 'ask':
        if (this.#library === null) return;
        this.#queue.add(told.from, told.call.id, () => {
          this.#tell({ type: 'answer', to: told.from, answer: this.#run(told.call) });
        });
        return;
      case 'drop':
        this.#queue.drop(told.from, told.id);
        return;
      case 'answer':
        if (told.to === this.#me && this.#waiting.delete(told.answer.id)) {
          this.#port.postMessage({ type: 'answer', ...told.answer });
        }
        return;
      case 'owner':
        this.#port.postMessage({ type: 'standing', role: 'guest', notKept: told.notKept, rebuilt: null });
        if (this.#isForgetting) this.#tell({ type: 'forget' });
        // What the owner before it was asked may have gone with it. Every call may be carried out twice.
        for (const call of this.#waiting.values()) this.#tell({ type: 'ask', from: this.#me, call });
        return;
      case 'who':
        if (this.#library !== null)
          this.#tell({ type: 'owner', notKept: this.#library.notKept, rebuilt: null });
        return;
      case 'changed':
        this.#port.postMessage({ type: 'changed' });
        return;
      case 'forget':
        if (this.#library !== null) void this.#forget();
        return;
      case 'forgotten':
        this.#port.postMessage({ type: 'forgotten' });
    }
  }

  #queueOwn(call: Call<never>): void {
    this.#queue.add(this.#me, call.id, () => {
      this.#waiting.delete(call.id);
      this.#port.postMessage({ type: 'answer', ...this.#run(call) });
    });
  }

  #run({ id, name, params }: Call<never>): Answer {
    if (this.#library === null) {
      return { id, ok: false, problem: 'closed', message: 'The index was closed meanwhile.' };
    }
    try {
      const result = readable(calls[name](this.#library.sql, storable(params)));
      if (WRITES.has(name)) {
        this.#port.postMessage({ type: 'changed' });
        this.#tell({ type: 'changed' });
      }
      return { id, ok: true, result };
    } catch (error) {
      return { id, ok: false, ...problemOf(error) };
    }
  }

  async #forget(): Promise<void> {
    const library = this.#library;
    this.#library = null;
    try {
      await (library?.remove() ?? removeLibrary(this.#connectionId));
      this.#port.postMessage({ type: 'forgotten' });
      this.#tell({ type: 'forgotten' });
    } catch (error) {
      this.#port.postMessage({
        type: 'failed',
        ...problemOf(new LibraryError('internal', 'The index could not be deleted.', { cause: error })),
      });
    }
  }

  #tell(told: Told): void {
    this.#channel?.postMessage(told);
  }
}

/** Null without them (no https): every tab has an index of its own then, in memory. */
function tabsOfBrowser({ locks }: { readonly locks?: LockManager | null } = navigator): Tabs | null {
  if (typeof locks?.request !== 'function' || typeof BroadcastChannel !== 'function') return null;
  return { locks, openChannel: (name) => new BroadcastChannel(name) };
}
