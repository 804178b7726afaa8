import { PROVIDER_NAMES } from './connection';
import {
  AssetsDisabledError,
  ConflictError,
  ForbiddenError,
  HttpError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  NotJsonError,
  NotSentError,
  ProviderError,
  RateLimitedError,
  ServerError,
  TimeoutError,
  TooLargeError,
  UnauthorizedError,
  WrongShapeError,
  statusMessage,
} from './errors';
import { isUnreachable } from './retry';

/** An error in words for a person. */
export interface ErrorExplanation {
  readonly title: string;
  /** What it means and what to do, in plain sentences. */
  readonly hint: string;
  /** Whether doing the same again may help. */
  readonly canRetry: boolean;
  /** For a report to the provider's support: status, code, request id; null when there is nothing to add. */
  readonly details: string | null;
}

/** The one place where errors become words. */
export function explainError(error: unknown): ErrorExplanation {
  if (error instanceof ProviderError) return { ...wordsFor(error), details: detailsOf(error) };
  if (error instanceof Error && error.name === 'AbortError') {
    return { title: 'Stopped', hint: 'This was stopped before it was done.', canRetry: true, details: null };
  }
  return {
    title: 'Something went wrong in Winnow',
    hint: 'This is a fault of this page, not of your provider. Reload the page; if it happens again, please report it.',
    canRetry: true,
    // Messages of unknown errors may hold anything, their names only say what kind they are.
    details: error instanceof Error ? error.name : null,
  };
}

type Words = Omit<ErrorExplanation, 'details'>;

function wordsFor(error: ProviderError): Words {
  const { provider } = error.context;
  if (error instanceof HttpError) return wordsForStatus(error);
  if (error instanceof NetworkError) {
    return {
      title: `${provider} cannot be reached`,
      hint:
        'Check that you are online and that the address of this connection is right. The browser also reports this ' +
        'when the server does not allow requests from this page (CORS) or redirects them; a proxy on this page’s own address avoids that.',
      canRetry: true,
    };
  }
  if (error instanceof TimeoutError) {
    return {
      title: `${provider} took too long`,
      hint: `There was no answer within ${waitText(error.timeoutMs)}. If something was to be changed, it may or may not have happened.`,
      canRetry: true,
    };
  }
  if (error instanceof AssetsDisabledError) {
    return {
      title: `${provider} has its assets switched off`,
      hint: 'Start the server with --enable-assets, then try again.',
      canRetry: true,
    };
  }
  if (error instanceof NotJsonError) {
    return {
      title: `Something else answers in place of ${provider}`,
      hint: `A web page or another program answered (${error.contentType ?? 'no type given'}). Check the address of this connection and the proxy behind it.`,
      canRetry: true,
    };
  }
  if (error instanceof TooLargeError) {
    return {
      title: `${provider} sent too much`,
      hint: `Winnow stopped reading at ${error.maxBytes / 1024 / 1024} MiB, to keep this page working. Show fewer rows per page; if this stays, another program may be answering at this address.`,
      canRetry: true,
    };
  }
  if (error instanceof WrongShapeError) {
    return {
      title: `${provider} sent an answer that Winnow cannot read`,
      hint: `The field “${error.field}” is not as documented. The provider may have changed its API, or another server answers at this address.`,
      canRetry: true,
    };
  }
  return {
    title: error instanceof NotSentError ? 'This cannot be asked' : `${provider} failed`,
    hint: sentence(error.message),
    canRetry: false,
  };
}

function wordsForStatus(error: HttpError): Words {
  const { provider } = error.context;
  const said = saidBy(error);
  const words = (title: string, hint: string, canRetry: boolean): Words => ({
    title,
    hint: [said, hint].filter((part) => part !== '').join(' '),
    canRetry,
  });
  if (error instanceof UnauthorizedError && !hasKeys(provider)) {
    return words(
      `${provider} asks for a sign-in`,
      'This connection has no key to enter: a login or a proxy in front of the server refuses the request. Let Winnow through there, or use an address that asks for nothing.',
      false,
    );
  }
  if (error instanceof UnauthorizedError) {
    return words(
      `${provider} does not accept the key`,
      'Enter the API key again; it may have been revoked or mistyped.',
      false,
    );
  }
  if (error instanceof ForbiddenError)
    return words(`${provider} does not allow this`, forbiddenHint(provider), false);
  if (error instanceof NotFoundError) {
    return error.fromApi
      ? words(`${provider} does not know this`, 'It may have been deleted meanwhile.', false)
      : words(
          `${provider} was not found at this address`,
          'A web server answered with a page of its own. Check the address of this connection and the proxy behind it.',
          false,
        );
  }
  if (error instanceof ConflictError) {
    const wait = error.retryAfterMs === null ? '' : ` Try again in ${waitText(error.retryAfterMs)}.`;
    return words(
      `${provider} refuses this for now`,
      `It is in use, protected, or in a state that does not allow it.${wait}`,
      error.retryAfterMs !== null,
    );
  }
  if (error instanceof InvalidRequestError) {
    const fields = error.fields.map(({ field, message }) =>
      sentence(field === '' ? message : `${field}: ${message}`),
    );
    return words(
      `${provider} does not accept this request`,
      [...fields, unsupportedHint(error)].filter(Boolean).join(' '),
      false,
    );
  }
  if (error instanceof RateLimitedError) {
    return words(`${provider} asks to slow down`, rateLimitHint(error), true);
  }
  if (error instanceof ServerError && isUnreachable(error)) {
    return words(
      `${provider} cannot be reached`,
      'Winnow’s own proxy works, but nothing answers at the address it forwards to. Check that the server is running, and the address the proxy was started with.',
      true,
    );
  }
  if (error instanceof ServerError) {
    const wait = error.retryAfterMs === null ? 'in a moment' : `in ${waitText(error.retryAfterMs)}`;
    return words(
      `${provider} has a problem`,
      `This is a fault on the provider’s side. Try again ${wait}.`,
      true,
    );
  }
  return words(...otherStatus(error));
}

function otherStatus({
  status,
  context: { provider },
}: HttpError): [title: string, hint: string, canRetry: boolean] {
  switch (status) {
    case 402:
      return [
        `${provider} asks for payment`,
        'The credits or the plan of this account do not cover it.',
        false,
      ];
    case 405:
      return [
        `${provider} does not know this request`,
        'The server may be too old, or a proxy in between does not let it through.',
        false,
      ];
    case 408:
      return [`${provider} took too long`, 'Try again in a moment.', true];
    case 410:
      return [`${provider} no longer has this`, 'It is gone for good.', false];
    case 423:
      return [`${provider} has locked this account`, 'Sign in at the provider to see why.', false];
    default:
      return [
        `${provider} answered unexpectedly`,
        `It sent status ${status}, which Winnow does not know.`,
        false,
      ];
  }
}

const hasKeys = (provider: string): boolean => provider !== PROVIDER_NAMES.comfyui;

function forbiddenHint(provider: string): string {
  return hasKeys(provider)
    ? 'The key may lack the right to do this, or a proxy in between refuses this page.'
    : 'ComfyUI refuses requests that come from another web page. Use Winnow’s proxy, which hides where the request came from, or start ComfyUI with --enable-cors-header. A login or a proxy in front of the server can be the cause as well.';
}

function rateLimitHint({ retryAfterMs, context: { provider } }: RateLimitedError): string {
  if (retryAfterMs !== null) return `Try again in ${waitText(retryAfterMs)}.`;
  return provider === PROVIDER_NAMES['comfy-cloud']
    ? 'Try again in a moment. If this stays, check your subscription: Comfy Cloud answers the same when it is inactive.'
    : 'Try again in a moment.';
}

const unsupportedHint = ({ code }: InvalidRequestError): string =>
  code === 'UNSUPPORTED_PARAM'
    ? 'This server no longer supports one of the filters; remove it (newer ComfyUI cannot filter by metadata).'
    : '';

/** The provider's own words; empty when its answer had none. */
function saidBy(error: HttpError): string {
  return error.message === statusMessage(error.context.provider, error.status) ? '' : sentence(error.message);
}

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** A wait in whole seconds or minutes, never too short. */
export function waitText(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

function detailsOf(error: ProviderError): string | null {
  const parts = [
    error instanceof HttpError ? `status ${error.status}` : null,
    error instanceof HttpError && error.code !== null ? `code ${error.code}` : null,
    error instanceof WrongShapeError ? error.message : null,
    error.context.requestId === null ? null : `request id ${error.context.requestId}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : [error.context.provider, ...parts].join(' · ');
}
