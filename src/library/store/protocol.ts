import type { LibraryProblem } from '../library-error';
import type { CallName } from './calls';

/**
 * From a page to its worker. Who sends it has checked that `params` are what the call takes, and who receives it hands
 * them on untouched: hence `unknown` on one side and `never` on the other.
 */
export type ToWorker<Params = unknown> =
  | { readonly type: 'open'; readonly connectionId: string }
  | ({ readonly type: 'call' } & Call<Params>)
  /** Nobody waits for that call any more: it is not carried out if it has not been yet. */
  | { readonly type: 'drop'; readonly id: number }
  /** Deletes the database, for all tabs. */
  | { readonly type: 'forget' };

export interface Call<Params = unknown> {
  readonly id: number;
  readonly name: CallName;
  readonly params: Params;
}

/** What became of a call. */
export type Answer<Result = unknown> =
  | { readonly id: number; readonly ok: true; readonly result: Result }
  | { readonly id: number; readonly ok: false; readonly problem: LibraryProblem; readonly message: string };

/** How a worker stands to the database. */
export interface Standing {
  /** Whether this tab's worker has it open, or asks the one that has. */
  readonly role: 'owner' | 'guest';
  /** Null when it is kept on this device; otherwise why not, in words for a person. */
  readonly notKept: string | null;
  /** What was wrong with the file that was there before and was thrown away; null when nothing was. */
  readonly rebuilt: string | null;
}

/** From a worker to its page. */
export type FromWorker<Result = unknown> =
  | ({ readonly type: 'answer' } & Answer<Result>)
  | ({ readonly type: 'standing' } & Standing)
  /** Something was written, by whichever tab. */
  | { readonly type: 'changed' }
  /** The index was deleted, by whichever tab. */
  | { readonly type: 'forgotten' }
  /** It cannot be opened at all. */
  | { readonly type: 'failed'; readonly problem: LibraryProblem; readonly message: string };
