import type { Connection } from '@/domain/connection';
import {
  AssetsDisabledError,
  ForbiddenError,
  HttpError,
  RateLimitedError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  WrongShapeError,
  statusMessage,
} from '@/domain/errors';
import type { ProviderError } from '@/domain/errors';
import type { AnswerVerdict, Diagnosis, FailedAnswer } from './diagnosis';

/** What an error proves by itself; null when it takes a closer look. */
export function diagnosisOf(
  error: ProviderError,
  { kind }: Connection,
  keyWasSent: boolean,
): Diagnosis | null {
  if (error instanceof AssetsDisabledError) return { verdict: 'assets-disabled' };
  if (error instanceof TimeoutError) return { verdict: 'timeout', timeoutMs: error.timeoutMs };
  if (error instanceof WrongShapeError) return { verdict: 'wrong-shape', field: error.field };
  if (!(error instanceof HttpError)) return null;
  const answer = answerOf(error);
  if (error instanceof RateLimitedError) {
    const { retryAfterMs } = error;
    // Comfy Cloud says so instead of "payment required"; a real rate limit names a time.
    return kind === 'comfy-cloud' && retryAfterMs === null
      ? { verdict: 'subscription-inactive', answer, byWinnowProxy: false }
      : { verdict: 'rate-limited', answer, retryAfterMs };
  }
  const own = error.code === null ? undefined : WINNOW_PROXY[error.code];
  if (own !== undefined) return { verdict: own, answer, byWinnowProxy: true };
  const verdict = verdictOf(error, answer, kind, keyWasSent);
  return verdict === null ? null : { verdict, answer, byWinnowProxy: false };
}

/** The refusals of `hosting/proxy.ts`, by their codes. */
const WINNOW_PROXY: Readonly<Record<string, AnswerVerdict>> = {
  FOREIGN_HOST: 'proxy-refuses-host',
  CROSS_SITE: 'proxy-refuses-page',
  UPSTREAM_UNREACHABLE: 'upstream-unreachable',
  UPSTREAM_TIMEOUT: 'upstream-timeout',
};

function verdictOf(
  error: HttpError,
  answer: FailedAnswer,
  kind: Connection['kind'],
  keyWasSent: boolean,
): AnswerVerdict | null {
  if (error instanceof UnauthorizedError) {
    if (kind === 'comfyui') return 'login-required';
    return keyWasSent ? 'key-refused' : 'key-missing';
  }
  if (error instanceof ForbiddenError) {
    // ComfyUI's own refusal has no body; who explains himself is somebody else.
    return kind === 'comfyui' && answer.said === null ? 'origin-refused' : 'forbidden';
  }
  if (error instanceof ServerError) return serverVerdict(answer);
  switch (error.status) {
    case 402:
      return 'payment-required';
    case 404:
      return null;
    case 423:
      return 'account-locked';
    default:
      return 'unexpected-status';
  }
}

/** An API that fails says so in its own words; nginx, Caddy and the large networks' edges have a page or nothing. */
function serverVerdict({ status, said, code }: FailedAnswer): AnswerVerdict {
  if (said !== null || code !== null) return 'server-error';
  if ([502, 521, 523, 530].includes(status)) return 'upstream-unreachable';
  return [504, 522, 524].includes(status) ? 'upstream-timeout' : 'server-error';
}

/** What a failing answer said, for a report. */
export function answerOf({ status, code, message, context }: HttpError): FailedAnswer {
  const said = message === statusMessage(context.provider, status) ? null : message;
  return { status, code, said, requestId: context.requestId };
}
