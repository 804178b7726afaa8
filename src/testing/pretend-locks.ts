import type { LockRequests } from '@/cleanup/job-locks';

interface Holder {
  readonly tab: string;
  readonly lost: Promise<void>;
  readonly lose: () => void;
}

interface Waiting {
  readonly name: string;
  readonly holder: Holder;
  readonly enter: () => void;
}

/** The Web Locks of one browser, for as many tabs as a test opens; exclusive ones only. */
export class PretendLocks {
  readonly #held = new Map<string, Holder>();
  #line: readonly Waiting[] = [];

  isHeld(name: string): boolean {
    return this.#held.has(name);
  }

  /** What a tab has as `navigator.locks`. */
  of(tab: string): LockRequests {
    const request = (name: string, options: LockOptions, callback: (lock: Lock | null) => unknown) =>
      this.#request(tab, name, options, callback);
    return { request: request as LockManager['request'] };
  }

  /** The tab is gone, whatever it was doing. */
  kill(tab: string): void {
    this.#line = this.#line.filter(({ holder }) => holder.tab !== tab);
    for (const holder of this.#held.values()) if (holder.tab === tab) holder.lose();
  }

  async #request(
    tab: string,
    name: string,
    { ifAvailable = false, signal }: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ): Promise<unknown> {
    // As in a browser, where another process answers.
    await Promise.resolve();
    if (ifAvailable && this.#held.has(name)) return callback(null);
    const holder = holderOf(tab);
    await this.#own(name, holder, signal);
    try {
      return await Promise.race([callback({ name, mode: 'exclusive' }), holder.lost]);
    } finally {
      this.#pass(name);
    }
  }

  #own(name: string, holder: Holder, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#held.has(name)) {
      this.#held.set(name, holder);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#line = this.#line.filter((each) => each !== waiting);
        reject(new DOMException('Aborted', 'AbortError'));
      };
      const waiting: Waiting = {
        name,
        holder,
        enter() {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#line = [...this.#line, waiting];
      signal?.addEventListener('abort', leave);
    });
  }

  #pass(name: string): void {
    this.#held.delete(name);
    const next = this.#line.find((each) => each.name === name);
    if (next === undefined) return;
    this.#line = this.#line.filter((each) => each !== next);
    this.#held.set(name, next.holder);
    next.enter();
  }
}

function holderOf(tab: string): Holder {
  let lose: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  return { tab, lost, lose: () => lose() };
}
