import {
  AssetsDisabledError,
  ConflictError,
  ForbiddenError,
  InvalidRequestError,
  NotFoundError,
  RateLimitedError,
  ServerError,
  UnauthorizedError,
  UnexpectedStatusError,
  statusMessage,
} from '@/domain/errors';
import type { ErrorContext, ProviderError } from '@/domain/errors';
import { readErrorBody } from './error-body';
import { parseRetryAfter } from './retry-after';

/** Turns a failing answer into the one error class of its cause. */
export function errorFromResponse(
  response: Response,
  text: string,
  context: ErrorContext,
  secret: string | null,
): ProviderError {
  const { status, headers } = response;
  const { code, fields, isApiAnswer, ...body } = readErrorBody(text, headers.get('content-type'), secret);
  const message = body.message ?? statusMessage(context.provider, status);
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), headers.get('date'));
  switch (status) {
    case 400:
    case 422:
      return new InvalidRequestError(message, { status, code, fields }, context);
    case 401:
      return new UnauthorizedError(message, { status, code }, context);
    case 403:
      return new ForbiddenError(message, { status, code }, context);
    case 404:
      return new NotFoundError(
        message,
        { status, code, fromApi: isApiAnswer && !headers.has('x-winnow-refusal') },
        context,
      );
    case 409:
      return new ConflictError(message, { status, code, retryAfterMs }, context);
    case 429:
      return new RateLimitedError(message, { status, code, retryAfterMs }, context);
  }
  if (code === 'SERVICE_DISABLED') return new AssetsDisabledError(message, context);
  if (status >= 500) return new ServerError(message, { status, code, retryAfterMs }, context);
  return new UnexpectedStatusError(message, { status, code }, context);
}
