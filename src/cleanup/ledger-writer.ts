import type { ItemOutcome, Job, JobItem } from '@/domain/job';

import type { Ledger } from './ledger';

interface Settled {
  readonly item: JobItem;
  readonly outcome: ItemOutcome;
}

export interface WriterEvents {
  readonly onWritten: (job: Job, settled: readonly Settled[]) => void;
  /** Nothing is written from then on. */
  readonly onFailed: (error: unknown) => void;
}

const MOST_TOGETHER = 50;
const LONGEST_MS = 200;

/**
 * Writes outcomes down in groups, soon after they are known, so that no request has to wait for the disk. What a crash
 * takes along is still marked as being sent, and is found out by looking.
 */
export class LedgerWriter {
  readonly #ledger: Ledger;
  readonly #jobId: string;
  readonly #events: WriterEvents;
  #settled: Settled[] = [];
  #released: number[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> | null = null;
  #failed = false;

  constructor(ledger: Ledger, jobId: string, events: WriterEvents) {
    this.#ledger = ledger;
    this.#jobId = jobId;
    this.#events = events;
  }

  settle(item: JobItem, outcome: ItemOutcome): void {
    this.#settled.push({ item, outcome });
    this.#writeSoon();
  }

  release(item: JobItem): void {
    this.#released.push(item.index);
    this.#writeSoon();
  }

  /** Resolves when everything so far is written down, or will never be. */
  async flush(): Promise<void> {
    while (this.#writing !== null || this.#hasWork()) await (this.#writing ?? this.#write());
  }

  #hasWork(): boolean {
    return !this.#failed && this.#settled.length + this.#released.length > 0;
  }

  #writeSoon(): void {
    if (!this.#hasWork()) return;
    if (this.#settled.length + this.#released.length >= MOST_TOGETHER) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), LONGEST_MS);
  }

  /** One write at a time; what comes in meanwhile is written right after. */
  #write(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#writing === null && this.#hasWork()) {
      this.#writing = this.#writeAll().finally(() => {
        this.#writing = null;
        this.#writeSoon();
      });
    }
    return this.#writing ?? Promise.resolve();
  }

  async #writeAll(): Promise<void> {
    const settled = this.#settled.splice(0);
    const released = this.#released.splice(0);
    try {
      if (settled.length > 0) {
        const outcomes = settled.map(({ item: { index }, outcome }) => ({ index, outcome }));
        this.#events.onWritten(await this.#ledger.settle(this.#jobId, outcomes), settled);
      }
      if (released.length > 0) {
        this.#events.onWritten(await this.#ledger.release(this.#jobId, released), []);
      }
    } catch (error) {
      this.#failed = true;
      this.#events.onFailed(error);
    }
  }
}
