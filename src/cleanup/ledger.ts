import type { ItemOutcome, ItemState, Job, JobItem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';

/** Writing down what happens failed: storage is full, switched off or damaged. Nothing may be sent then. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

/** What a runner may change of a job; counts follow its items and are never set. */
export type JobChange = Partial<
  Pick<
    Job,
    | 'phase'
    | 'graceUntil'
    | 'pause'
    | 'cancelledBy'
    | 'endedAt'
    | 'verification'
    | 'checksChanges'
    | 'firstCopy'
  >
>;

/**
 * The durable record of every job. Each method is one transaction (a very large `create` may take several, and the job
 * shows up only when all of it is there), and every write that a promise of Winnow rests on is made with strict
 * durability. @throws LedgerError
 */
export interface Ledger {
  create(job: Omit<Job, 'counts' | 'total'>, items: readonly PlanItem[]): Promise<Job>;
  /** Newest first. */
  jobs(): Promise<readonly Job[]>;
  job(id: string): Promise<Job | null>;
  /** What is over stays so: refused with a LedgerError. */
  update(id: string, change: JobChange): Promise<Job>;
  /**
   * Takes up to so many queued items in the order of the plan and marks them `sending`. Of a job that does not run,
   * which another tab may have stopped, it gives none: refused with a LedgerError.
   */
  claim(id: string, limit: number): Promise<readonly JobItem[]>;
  /** Items that were being sent when somebody stopped looking. */
  sending(id: string): Promise<readonly JobItem[]>;
  /** `sending` → `queued`, for items of which it is certain that no request is under way or was heard. */
  release(id: string, indexes: readonly number[]): Promise<Job>;
  /** `sending` → final. An item that is final stays as it is: refused with a LedgerError, and nothing is written. */
  settle(
    id: string,
    outcomes: readonly { readonly index: number; readonly outcome: ItemOutcome }[],
  ): Promise<Job>;
  /** One page of items in the order of the plan. `text`: part of the name or id, in any case. */
  readonly items: (
    id: string,
    page: {
      readonly states?: readonly ItemState[];
      readonly text?: string;
      readonly offset: number;
      readonly limit: number;
    },
  ) => Promise<{ readonly items: readonly JobItem[]; readonly total: number }>;
  /** All items in the order of the plan, a batch at a time: for exports and for the final look. */
  batches(id: string, size: number): AsyncIterable<readonly JobItem[]>;
  /** The job and its items are forgotten. */
  remove(id: string): Promise<void>;
  /** Forgets the oldest jobs that are over, beyond so many. */
  prune(keep: number): Promise<void>;
}
