import type { JobItem } from '@/domain/job';

export interface SupplyOptions {
  /** Takes up to so many from the ledger, written down as being sent. */
  readonly claim: (limit: number) => Promise<readonly JobItem[]>;
  /** What is done for a whole batch before its first item is handed out. */
  readonly prepare: (items: readonly JobItem[]) => Promise<void>;
  /** Requests allowed in flight. */
  readonly pace: () => number;
  readonly halted: AbortSignal;
  /** A claim failed: none is made any more. */
  readonly onFailed: (error: unknown) => void;
}

const SMALLEST_CLAIM = 16;

/** Items at hand: the next are claimed while the last are being sent, so that no request waits for the ledger. */
export class Supply {
  readonly #options: SupplyOptions;
  readonly #ready: JobItem[] = [];
  #claiming: Promise<void> | null = null;
  #isDry = false;

  constructor(options: SupplyOptions) {
    this.#options = options;
  }

  /** In the order of the plan; null when there are no more. */
  async next(): Promise<JobItem | null> {
    this.#claimAhead();
    while (this.#ready.length === 0 && this.#claiming !== null) {
      await this.#claiming;
      this.#claimAhead();
    }
    return this.#ready.shift() ?? null;
  }

  /** Everything that was claimed and not handed out; nothing is claimed any more. */
  async rest(): Promise<readonly JobItem[]> {
    this.#isDry = true;
    await this.#claiming;
    return this.#ready.splice(0);
  }

  #claimAhead(): void {
    const { pace, halted } = this.#options;
    if (this.#isDry || halted.aborted || this.#claiming !== null || this.#ready.length > 2 * pace()) return;
    this.#claiming = this.#claim(Math.max(SMALLEST_CLAIM, 3 * pace())).finally(() => {
      this.#claiming = null;
    });
  }

  async #claim(limit: number): Promise<void> {
    const { claim, prepare, onFailed } = this.#options;
    let items: readonly JobItem[] = [];
    try {
      items = await claim(limit);
    } catch (error) {
      onFailed(error);
    }
    if (items.length === 0) {
      this.#isDry = true;
      return;
    }
    await prepare(items);
    this.#ready.push(...items);
  }
}
