import { explainError, type ErrorExplanation } from '@/domain/explain-error';

import { LibraryError, type LibraryProblem } from './library-error';

const TITLES: Readonly<Record<LibraryProblem, string>> = {
  quota: 'There is no room for the index',
  damaged: 'The index was damaged',
  newer: 'The index was made by a newer Winnow',
  unanswered: 'The index does not answer',
  unloadable: 'The index could not be opened',
  closed: 'The index was closed',
  internal: 'The index failed',
};

/** For what asking again cannot change. */
const FINAL: ReadonlySet<LibraryProblem> = new Set<LibraryProblem>(['newer', 'closed']);

/** The words for whatever can go wrong with a library index, the provider's own errors among it. */
export function explainLibraryError(error: unknown): ErrorExplanation {
  if (!(error instanceof LibraryError)) return explainError(error);
  const { problem, message } = error;
  return { title: TITLES[problem], hint: message, canRetry: !FINAL.has(problem), details: null };
}
