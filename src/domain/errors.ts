/** What a report to the provider's support needs; never a key or a signed URL. */
export interface ErrorContext {
  /** The provider's name as people know it, e.g. `Comfy Cloud`. */
  readonly provider: string;
  /** Of the `X-Request-Id` response header. */
  readonly requestId: string | null;
}

export interface FieldProblem {
  /** Dotted path, e.g. `query.limit`. */
  readonly field: string;
  readonly message: string;
}

/** Every failure of a provider call is one of these; `kind` tells the cause. */
export abstract class ProviderError extends Error {
  abstract readonly kind:
    | 'network'
    | 'timeout'
    | 'unauthorized'
    | 'forbidden'
    | 'not-found'
    | 'conflict'
    | 'invalid-request'
    | 'rate-limited'
    | 'server'
    | 'http'
    | 'assets-disabled'
    | 'not-json'
    | 'too-large'
    | 'wrong-shape'
    | 'not-sent';
  readonly context: ErrorContext;

  constructor(message: string, context: ErrorContext, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.context = context;
  }
}

/** No answer at all: offline, refused, blocked by CORS. A browser does not tell these apart. */
export class NetworkError extends ProviderError {
  readonly kind = 'network';
}

/** No answer in time. Whether the request took effect is unknown. */
export class TimeoutError extends ProviderError {
  readonly kind = 'timeout';
  readonly timeoutMs: number;

  constructor(timeoutMs: number, context: ErrorContext, options?: ErrorOptions) {
    super(`${context.provider} did not answer within ${timeoutMs / 1000} s`, context, options);
    this.timeoutMs = timeoutMs;
  }
}

/** What an `HttpError` says when the provider's answer had no message of its own. */
export const statusMessage = (provider: string, status: number): string =>
  `${provider} answered with status ${status}`;

export interface HttpErrorDetails {
  readonly status: number;
  /** The provider's own error code, e.g. `ASSET_NOT_FOUND`; null when its body had none. */
  readonly code: string | null;
}

/** The provider answered with a status that means failure. */
export abstract class HttpError extends ProviderError {
  readonly status: number;
  readonly code: string | null;

  constructor(message: string, details: HttpErrorDetails, context: ErrorContext, options?: ErrorOptions) {
    super(message, context, options);
    this.status = details.status;
    this.code = details.code;
  }
}

/** 401: the key is missing or not accepted. */
export class UnauthorizedError extends HttpError {
  readonly kind = 'unauthorized';
}

/** 403: known, but not allowed; or a server that refuses this web page. */
export class ForbiddenError extends HttpError {
  readonly kind = 'forbidden';
}

export class NotFoundError extends HttpError {
  readonly kind = 'not-found';
  /** False when the answer was not the API's own (a web server's 404 page): it proves nothing about an asset. */
  readonly fromApi: boolean;

  constructor(
    message: string,
    details: HttpErrorDetails & { readonly fromApi: boolean },
    context: ErrorContext,
    options?: ErrorOptions,
  ) {
    super(message, details, context, options);
    this.fromApi = details.fromApi;
  }
}

/** An answer that may name a time after which asking again makes sense. */
abstract class PausingError extends HttpError {
  /** Milliseconds to wait as asked by `Retry-After`; null when it was absent or unreadable. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    details: HttpErrorDetails & { readonly retryAfterMs: number | null },
    context: ErrorContext,
    options?: ErrorOptions,
  ) {
    super(message, details, context, options);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** 409: the asset is in use, or in a state that forbids it. */
export class ConflictError extends PausingError {
  readonly kind = 'conflict';
}

/** 400 or 422: the provider did not accept what was asked. */
export class InvalidRequestError extends HttpError {
  readonly kind = 'invalid-request';
  readonly fields: readonly FieldProblem[];

  constructor(
    message: string,
    details: HttpErrorDetails & { readonly fields: readonly FieldProblem[] },
    context: ErrorContext,
    options?: ErrorOptions,
  ) {
    super(message, details, context, options);
    this.fields = details.fields;
  }
}

/** 429: too many requests; at Comfy Cloud also an inactive subscription. */
export class RateLimitedError extends PausingError {
  readonly kind = 'rate-limited';
}

/** 5xx: the provider failed; asking again may help. */
export class ServerError extends PausingError {
  readonly kind = 'server';
}

/** Any other failing status, e.g. 402, 408, 410, 423. */
export class UnexpectedStatusError extends HttpError {
  readonly kind = 'http';
}

/** The server is there, but its assets API is switched off: ComfyUI without `--enable-assets`. */
export class AssetsDisabledError extends ProviderError {
  readonly kind = 'assets-disabled';
}

/** The request succeeded, but the answer was not JSON: often a web page in the API's place. */
export class NotJsonError extends ProviderError {
  readonly kind = 'not-json';
  /** Of the answer, e.g. `text/html`; null when it had none. */
  readonly contentType: string | null;

  constructor(contentType: string | null, context: ErrorContext, options?: ErrorOptions) {
    super(
      `${context.provider} answered with ${contentType ?? 'something'} where JSON was expected`,
      context,
      options,
    );
    this.contentType = contentType;
  }
}

/** The answer is larger than anything Winnow asks for; the rest of it was not read. */
export class TooLargeError extends ProviderError {
  readonly kind = 'too-large';
  readonly maxBytes: number;

  constructor(maxBytes: number, context: ErrorContext, options?: ErrorOptions) {
    super(`${context.provider} sent more than ${maxBytes / 1024 / 1024} MiB`, context, options);
    this.maxBytes = maxBytes;
  }
}

/** The request succeeded, but the JSON is not what the contract promises. */
export class WrongShapeError extends ProviderError {
  readonly kind = 'wrong-shape';
  /** Dotted path of the first field that is wrong. */
  readonly field: string;

  constructor(field: string, problem: string, context: ErrorContext, options?: ErrorOptions) {
    super(`${context.provider} sent an unexpected answer: ${field}: ${problem}`, context, options);
    this.field = field;
  }
}

/** Never sent, because the provider's API cannot express it: a filter tag with a comma, say. */
export class NotSentError extends ProviderError {
  readonly kind = 'not-sent';
  /** What stands in the way, e.g. `includeTags`. */
  readonly field: string;

  constructor(field: string, problem: string, provider: string) {
    super(problem, { provider, requestId: null });
    this.field = field;
  }
}

/**
 * Whether a change that failed so certainly did not happen. Without an answer, with a server's own failure or with an
 * answer that cannot be read it may have, and only looking can tell.
 */
export const isOutcomeKnown = (error: unknown): boolean =>
  error instanceof NotSentError ||
  error instanceof AssetsDisabledError ||
  (error instanceof HttpError && !(error instanceof ServerError) && error.status !== 408);
