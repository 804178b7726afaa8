import { HttpError, RateLimitedError } from '@/domain/errors';
import type { Problem } from '@/domain/job';
import { retryDelayMs } from '@/domain/retry';

import type { Pace } from './pace';
import { problemOf } from './problem';
import { isRefusal, isStrain } from './tries';

/** Not sent, and not going to be: the run ends. */
export class Halted extends Error {
  override readonly name = 'Halted';
}

interface Waiting {
  readonly start: () => void;
  readonly drop: () => void;
  readonly whenStopping: boolean;
}

export interface GateEvents {
  readonly onWait: (wait: { readonly until: number; readonly problem: Problem } | null) => void;
  /** 401 or 403: nothing more goes through. */
  readonly onRefused: (error: unknown) => void;
  /** "Slow down" again and again, and nothing in between. */
  readonly onStuck: (error: unknown) => void;
}

/** A connection that says "slow down" this often in a row will not be talked round by waiting. */
const MOST_WAITS = 8;
/** Longer timers would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The one way out to a provider: no more requests in flight than the pace allows, none while a 429 is waited out, none
 * after a refusal.
 */
export class ConnectionGate {
  readonly #pace: Pace;
  readonly #events: GateEvents;
  readonly #queue: Waiting[] = [];
  #mode: 'open' | 'stopping' | 'shut' = 'open';
  #inFlight = 0;
  #waits = 0;
  #heldUntil = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #wake: (() => void) | null = null;

  constructor(pace: Pace, events: GateEvents) {
    this.#pace = pace;
    this.#events = events;
  }

  /**
   * Sends when it is its turn; a 429 is waited out and sent again.
   * @param whenStopping whether it should still be sent, if that is possible at once, when the run is being stopped
   * @throws Halted when it will not be sent; else what the request throws
   */
  send<T>(request: () => Promise<T>, { whenStopping = false } = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const drop = () => reject(new Halted());
      const waiting: Waiting = {
        start: () => {
          void this.#exchange(request, waiting).then((end) => end?.(resolve, reject));
        },
        drop,
        whenStopping,
      };
      this.#queue.push(waiting);
      this.#pump();
    });
  }

  /** Resolves when a request would be sent at once, or never will be. At most one caller may wait. */
  spare(): Promise<void> {
    if (this.#hasRoom()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Nothing new is sent, and nobody waits any longer. */
  stop(): void {
    if (this.#mode === 'open') this.#mode = 'stopping';
    this.#endWait();
    this.#pump();
  }

  /** No request whatsoever. */
  shut(): void {
    this.#mode = 'shut';
    this.stop();
  }

  /** @returns how to end the caller's promise; null when the request is queued again */
  async #exchange<T>(request: () => Promise<T>, waiting: Waiting): Promise<End<T> | null> {
    const { round } = this.#pace;
    this.#inFlight += 1;
    try {
      const answer = await request();
      this.#wentWell();
      return (resolve) => resolve(answer);
    } catch (error) {
      if (error instanceof RateLimitedError) {
        this.#queue.unshift(waiting);
        this.#hold(error, round);
        return null;
      }
      if (isRefusal(error)) {
        this.shut();
        this.#events.onRefused(error);
        return (_, reject) => reject(new Halted());
      }
      if (isStrain(error)) this.#pace.strained(round);
      else if (error instanceof HttpError) this.#wentWell();
      return (_, reject) => reject(error);
    } finally {
      this.#inFlight -= 1;
      this.#pump();
    }
  }

  #wentWell(): void {
    this.#waits = 0;
    this.#pace.succeeded();
  }

  #hold(error: RateLimitedError, round: number): void {
    if (this.#pace.strained(round)) this.#waits += 1;
    const until = Date.now() + retryDelayMs(this.#waits - 1, error);
    if (until > this.#heldUntil) {
      this.#heldUntil = until;
      if (this.#mode === 'open') {
        this.#events.onWait({ until, problem: problemOf(error) });
        this.#setTimer();
      }
    }
    if (this.#waits > MOST_WAITS) this.#events.onStuck(error);
  }

  #setTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const wait = Math.min(this.#heldUntil - Date.now(), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => {
      if (this.#isHeld()) {
        this.#setTimer();
        return;
      }
      this.#endWait();
      this.#pump();
    }, wait);
  }

  #endWait(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#events.onWait(null);
  }

  #isHeld(): boolean {
    return Date.now() < this.#heldUntil;
  }

  #mayGo({ whenStopping }: Waiting): boolean {
    return this.#mode === 'open' || (this.#mode === 'stopping' && whenStopping && !this.#isHeld());
  }

  #hasRoom(): boolean {
    if (this.#mode !== 'open') return true;
    // While a 429 is waited out, at least the request that met it is in the queue.
    return this.#queue.length === 0 && this.#inFlight < this.#pace.inFlight;
  }

  #pump(): void {
    for (const waiting of this.#mode === 'open' ? [] : this.#queue.splice(0)) {
      if (this.#mayGo(waiting)) this.#queue.push(waiting);
      else waiting.drop();
    }
    while (!this.#isHeld() && this.#inFlight < this.#pace.inFlight) {
      const next = this.#queue.shift();
      if (next === undefined) break;
      next.start();
    }
    if (this.#wake === null || !this.#hasRoom()) return;
    const wake = this.#wake;
    this.#wake = null;
    wake();
  }
}

type End<T> = (resolve: (answer: T) => void, reject: (error: unknown) => void) => void;
