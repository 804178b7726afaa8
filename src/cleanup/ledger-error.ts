import { LedgerError } from './ledger';

const ABSENT = 'This browser has no storage for this page.';

/** What a browser’s storage says, by the name of its exception. */
const WORDS: Readonly<Record<string, string>> = {
  QuotaExceededError: 'There is no space left for Winnow on this device.',
  SecurityError: 'This browser keeps nothing for this page: its storage is switched off.',
  // Private windows of some browsers, and connections that the browser ended.
  InvalidStateError: 'This browser keeps nothing for this page, as in some private windows.',
  VersionError: 'A newer Winnow has used this browser’s storage. Reload this page.',
  // No `indexedDB` at all.
  ReferenceError: ABSENT,
  TypeError: ABSENT,
  ConstraintError: 'This is already written down.',
};

const OTHERWISE = 'This browser’s storage could not be used. It may be damaged.';

/** Any failure of the database as the one error that a ledger throws. */
export function toLedgerError(cause: unknown): LedgerError {
  if (cause instanceof LedgerError) return cause;
  return new LedgerError((cause instanceof Error ? WORDS[cause.name] : undefined) ?? OTHERWISE, { cause });
}
