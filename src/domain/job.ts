import type { LeftOutReason, PlanAction, PlanItem } from './plan';
import type { ProviderKind } from './connection';

/** Where one asset of a job stands. All but the first two are final within the job. */
export const ITEM_STATES = [
  'queued',
  /** Written before the request: whoever finds it after a crash looks before doing anything else. */
  'sending',
  'deleted',
  /** Tags were taken off or put back. */
  'edited',
  'already-gone',
  /** The provider refuses, now and later. */
  'protected',
  /** Changed since the plan was made; not touched. */
  'changed',
  /** Failed for a reason that may pass: trying again may help. */
  'failed-retryable',
  'failed-final',
  /** Nobody could find out whether it happened. */
  'unknown',
] as const;
export type ItemState = (typeof ITEM_STATES)[number];
export type FinalState = Exclude<ItemState, 'queued' | 'sending'>;

export const isFinal = (state: ItemState): state is FinalState => state !== 'queued' && state !== 'sending';

/** An error as a ledger can keep it: the words of `explainError`, and what the provider itself said. */
export interface Problem {
  readonly title: string;
  readonly hint: string;
  /** The provider's own message; null when it sent none. Masked: never holds a key. */
  readonly message: string | null;
  readonly status: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
}

/** How one asset of a job ended. */
export interface ItemOutcome {
  readonly state: FinalState;
  readonly problem: Problem | null;
  /** Tags really taken off or put back, as the provider says; none for a deletion. */
  readonly changedTags: readonly string[];
  /** Tags that were already so. */
  readonly unchangedTags: readonly string[];
  /** ms since 1970. */
  readonly settledAt: number;
}

export interface JobItem {
  /** Place in the plan, from 0. */
  readonly index: number;
  readonly item: PlanItem;
  readonly state: ItemState;
  /** Null until the state is final. */
  readonly outcome: ItemOutcome | null;
}

export type Counts = Readonly<Record<ItemState, number>>;

/** Why a job does not go on by itself. */
export type PauseReason =
  | { readonly cause: 'person' }
  /** 401, 403, or no key at hand. */
  | { readonly cause: 'refused'; readonly problem: Problem }
  /** More than 30 % of the last 20 failed. */
  | { readonly cause: 'failing'; readonly problem: Problem }
  /** 5 × "not there" in a row: perhaps the wrong account or address. */
  | { readonly cause: 'strangers' }
  /** One copy was deleted first, and the copy that stays is damaged, or nobody could see whether it is. */
  | { readonly cause: 'first-copy'; readonly problem: Problem }
  /** What happens could not be written down, so nothing more is sent. */
  | { readonly cause: 'storage' }
  /** The page that ran it is gone. */
  | { readonly cause: 'interrupted' };

/** What deleting one copy before the others has shown. */
export type FirstCopy =
  /** Not known yet: no other copy is deleted. */
  | 'pending'
  /** The copy that stays loads as before. */
  | 'intact'
  /** It is still listed as before; there was nothing of it that could be loaded. */
  | 'record-only'
  | 'damaged';

export type JobPhase =
  /** Waiting before the first request, so that it can be called off. */
  | 'grace'
  | 'running'
  | 'paused'
  /** Every item is final. */
  | 'done'
  /** Called off; what is not final was never sent. */
  | 'cancelled';

export const isOver = (phase: JobPhase): boolean => phase === 'done' || phase === 'cancelled';

/** Re-reading after a job: which of the ids that it counts as gone are gone. */
export interface Verification {
  readonly confirmed: number;
  readonly of: number;
  /** Ids that the provider still has. */
  readonly stillThere: readonly string[];
  /** How many could not be looked at. */
  readonly unclear: number;
}

/** One confirmed plan being carried out, or its history. Items are kept apart, in the ledger. */
export interface Job {
  readonly id: string;
  readonly connectionId: string;
  readonly connectionLabel: string;
  /** Where the connection was when the job was confirmed: ids mean nothing elsewhere. Not known of older jobs. */
  readonly baseUrl?: string;
  readonly providerKind: ProviderKind;
  readonly action: PlanAction;
  /** ms since 1970. */
  readonly createdAt: number;
  readonly phase: JobPhase;
  /** ms since 1970: when the first request may be sent. Null unless the phase is `grace`. */
  readonly graceUntil: number | null;
  /** Null unless the phase is `paused`. */
  readonly pause: PauseReason | null;
  /** Says why a job was called off when it was not by a click: the tab was closed during grace. */
  readonly cancelledBy: 'person' | 'closed-tab' | null;
  /** Whether an asset that changed since the plan is skipped. */
  readonly checksChanges: boolean;
  /** A clean-up of duplicates deletes one copy first and looks what happens. Absent where nobody asked for that. */
  readonly firstCopy?: FirstCopy;
  readonly total: number;
  readonly counts: Counts;
  /** Bytes at most, each known content once. */
  readonly upToBytes: number;
  readonly unknownSizes: number;
  readonly leftOut: readonly { readonly reason: LeftOutReason; readonly count: number }[];
  /** The job whose failures this one tries again. */
  readonly retries: string | null;
  /** Whether a dialog shows it to the person from its start to its end. */
  readonly attended: boolean;
  /** ms since 1970; null until the phase is over. */
  readonly endedAt: number | null;
  readonly verification: Verification | null;
}

/** How a job is doing at this moment, in the tab that looks. Never stored. */
export interface Live {
  /** Whether some tab of this browser runs it. */
  readonly running: boolean;
  /** Whether it is this tab. */
  readonly here: boolean;
  /** In line: one large job runs at a time in a browser, and it is another one's turn. */
  readonly waitsForOther: boolean;
  /** Requests allowed in flight. */
  readonly pace: number;
  /** Settled items per second over the last seconds; null until known. */
  readonly perSecond: number | null;
  /** Why the whole connection waits, and until when (ms since 1970). */
  readonly wait: { readonly until: number; readonly problem: Problem } | null;
  /** How far the final look has come; null when none is under way. */
  readonly verifying: { readonly looked: number; readonly of: number } | null;
}
