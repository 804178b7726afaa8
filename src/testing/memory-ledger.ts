import { LedgerError, type JobChange, type Ledger } from '@/cleanup/ledger';
import { ITEM_STATES, isFinal, isOver, type Counts, type Job, type JobItem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';

/** What becomes of one call: `lost` fails before anything is written, `kept` after. */
export type Fate = 'ok' | 'lost' | 'kept';

/** A ledger without a disk, as strict as the contract, which can be slow and can fail at any call. */
export class MemoryLedger implements Ledger {
  /** Decides about each call. @param call counts from 1 */
  fate: (method: keyof Ledger, call: number) => Fate = () => 'ok';
  /** Milliseconds that each call takes. */
  delay: () => number = () => 1;
  calls = 0;
  onFailure: () => void = () => undefined;
  readonly #jobs = new Map<string, { job: Omit<Job, 'counts'>; items: JobItem[] }>();

  /** Every call from this one on fails, as after the end of a page. */
  crashAt(call: number, last: 'lost' | 'kept'): void {
    this.calls = 0;
    this.fate = (_method, now) => (now < call ? 'ok' : now === call ? last : 'lost');
  }

  recover(): void {
    this.fate = () => 'ok';
  }

  itemsOf(id: string): readonly JobItem[] {
    return this.#jobs.get(id)?.items ?? [];
  }

  stateOf(id: string, assetId: string): JobItem['state'] | null {
    return this.itemsOf(id).find(({ item }) => item.id === assetId)?.state ?? null;
  }

  create(job: Omit<Job, 'counts' | 'total'>, items: readonly PlanItem[]): Promise<Job> {
    return this.#call('create', () => {
      this.#jobs.set(job.id, {
        job: { ...job, total: items.length },
        items: items.map((item, index) => ({ index, item, state: 'queued', outcome: null })),
      });
      return this.#jobOf(job.id);
    });
  }

  jobs(): Promise<readonly Job[]> {
    return this.#call('jobs', () =>
      [...this.#jobs.keys()].map((id) => this.#jobOf(id)).sort((a, b) => b.createdAt - a.createdAt),
    );
  }

  job(id: string): Promise<Job | null> {
    return this.#call('job', () => (this.#jobs.has(id) ? this.#jobOf(id) : null));
  }

  update(id: string, change: JobChange): Promise<Job> {
    return this.#call('update', () => {
      const entry = this.#entry(id);
      entry.job = { ...entry.job, ...change };
      return this.#jobOf(id);
    });
  }

  claim(id: string, limit: number): Promise<readonly JobItem[]> {
    return this.#call('claim', () => {
      const claimed = this.#entry(id)
        .items.filter(({ state }) => state === 'queued')
        .slice(0, limit);
      return claimed.map(({ index }) => this.#set(id, index, { state: 'sending' }));
    });
  }

  sending(id: string): Promise<readonly JobItem[]> {
    return this.#call('sending', () => this.#entry(id).items.filter(({ state }) => state === 'sending'));
  }

  release(id: string, indexes: readonly number[]): Promise<Job> {
    return this.#call('release', () => {
      this.#mustBeSending(id, indexes);
      for (const index of indexes) this.#set(id, index, { state: 'queued' });
      return this.#jobOf(id);
    });
  }

  settle(id: string, outcomes: Parameters<Ledger['settle']>[1]): Promise<Job> {
    return this.#call('settle', () => {
      this.#mustBeSending(
        id,
        outcomes.map(({ index }) => index),
      );
      for (const { index, outcome } of outcomes) this.#set(id, index, { state: outcome.state, outcome });
      return this.#jobOf(id);
    });
  }

  items(id: string, { states, text = '', offset, limit }: Parameters<Ledger['items']>[1]) {
    return this.#call('items', () => {
      const part = text.toLowerCase();
      const matching = this.#entry(id).items.filter(
        ({ item, state }) =>
          (states?.includes(state) ?? true) && `${item.name}\n${item.id}`.toLowerCase().includes(part),
      );
      return { items: matching.slice(offset, offset + limit), total: matching.length };
    });
  }

  async *batches(id: string, size: number): AsyncIterable<readonly JobItem[]> {
    const items = await this.#call('batches', () => this.#entry(id).items);
    for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
  }

  remove(id: string): Promise<void> {
    return this.#call('remove', () => {
      this.#jobs.delete(id);
    });
  }

  prune(keep: number): Promise<void> {
    return this.#call('prune', () => {
      const over = [...this.#jobs.values()].filter(({ job }) => isOver(job.phase));
      for (const { job } of over.sort((a, b) => b.job.createdAt - a.job.createdAt).slice(keep)) {
        this.#jobs.delete(job.id);
      }
    });
  }

  /** A method runs whole or not at all, like a transaction. */
  async #call<T>(method: keyof Ledger, work: () => T): Promise<T> {
    this.calls += 1;
    const fate = this.fate(method, this.calls);
    await new Promise((resolve) => setTimeout(resolve, this.delay()));
    if (fate !== 'ok') this.onFailure();
    if (fate === 'lost') throw new LedgerError(`No room for ${method}`);
    const result = work();
    if (fate === 'kept') throw new LedgerError(`No answer to ${method}`);
    return result;
  }

  #entry(id: string) {
    const entry = this.#jobs.get(id);
    if (entry === undefined) throw new LedgerError(`No job ${id}`);
    return entry;
  }

  #jobOf(id: string): Job {
    const { job, items } = this.#entry(id);
    const counts = Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as Record<keyof Counts, number>;
    for (const { state } of items) counts[state] += 1;
    return { ...job, counts };
  }

  #set(id: string, index: number, change: Partial<JobItem>): JobItem {
    const { items } = this.#entry(id);
    const changed = { ...items[index]!, ...change };
    items[index] = changed;
    return changed;
  }

  #mustBeSending(id: string, indexes: readonly number[]): void {
    for (const index of indexes) {
      const state = this.#entry(id).items[index]?.state;
      if (state === undefined) throw new LedgerError(`No item ${index}`);
      if (isFinal(state) || state === 'queued') throw new LedgerError(`Item ${index} is ${state}`);
    }
  }
}
