import { HttpError, ProviderError, statusMessage } from '@/domain/errors';
import { explainError } from '@/domain/explain-error';
import type { Problem } from '@/domain/job';

/**
 * An error as a ledger can keep it. Only what `http` has already freed of keys is taken over: errors of any other
 * origin give their kind and nothing else.
 */
export function problemOf(error: unknown): Problem {
  const { title, hint } = explainError(error);
  const http = error instanceof HttpError ? error : null;
  const said = http !== null && http.message !== statusMessage(http.context.provider, http.status);
  return {
    title,
    hint,
    message: said ? http.message : null,
    status: http?.status ?? null,
    code: http?.code ?? null,
    requestId: error instanceof ProviderError ? error.context.requestId : null,
  };
}

/** A problem that no error stands for: the provider answered, and the answer is not what was asked for. */
export const plainProblem = (title: string, hint: string): Problem => ({
  title,
  hint,
  ...{ message: null, status: null, code: null, requestId: null },
});
