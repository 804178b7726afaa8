import type { ConnectionCheck } from '../provider';

/** What a failing answer said, for a report; never a key. */
export interface FailedAnswer {
  readonly status: number;
  /** The server's own words; null when it had none. */
  readonly said: string | null;
  readonly code: string | null;
  readonly requestId: string | null;
}

/** Verdicts that stand on one failing answer. */
export type AnswerVerdict =
  /** 401 without a key having been sent. */
  | 'key-missing'
  /** 401 with a key. */
  | 'key-refused'
  /** 401 of a provider that has no keys: a login in front of it. */
  | 'login-required'
  /** 403 of a ComfyUI: its check of the page's origin. */
  | 'origin-refused'
  | 'forbidden'
  | 'payment-required'
  | 'account-locked'
  /** 429 without a time to wait, at Comfy Cloud. */
  | 'subscription-inactive'
  /** Winnow's proxy is opened under a name that it was not told. */
  | 'proxy-refuses-host'
  /** Winnow's proxy belongs to another page. */
  | 'proxy-refuses-page'
  /** Winnow's proxy does not know this path. */
  | 'not-proxied'
  /** A proxy answers, but nothing behind it. */
  | 'upstream-unreachable'
  | 'upstream-timeout'
  | 'server-error'
  | 'unexpected-status';

/** What testing a connection found out; `explain-diagnosis.ts` puts it into words. */
export type Diagnosis =
  | { readonly verdict: 'works'; readonly check: ConnectionCheck }
  /** Reading works, but nothing could be changed; status null when the browser held the request back. */
  | { readonly verdict: 'changes-refused'; readonly check: ConnectionCheck; readonly status: number | null }
  | { readonly verdict: AnswerVerdict; readonly answer: FailedAnswer; readonly byWinnowProxy: boolean }
  | { readonly verdict: 'rate-limited'; readonly answer: FailedAnswer; readonly retryAfterMs: number | null }
  | { readonly verdict: 'assets-disabled' }
  /** A ComfyUI answers that is older than its assets. */
  | { readonly verdict: 'too-old'; readonly version: string | null }
  /** Something answers, but not this API. */
  | {
      readonly verdict: 'wrong-url';
      /** What answered: a web page's type, or the status of an error page. */
      readonly found: string;
      readonly suggestion: BetterAddress | null;
    }
  /** The address is this site's own, and the site itself answers: there is no proxy. */
  | { readonly verdict: 'no-proxy'; readonly found: string }
  | { readonly verdict: 'not-json'; readonly contentType: string | null }
  | { readonly verdict: 'wrong-shape'; readonly field: string }
  | { readonly verdict: 'key-malformed' }
  | { readonly verdict: 'timeout'; readonly timeoutMs: number }
  | { readonly verdict: 'offline' }
  /** An https page may not ask an http address. */
  | { readonly verdict: 'mixed-content' }
  /** This page's own content security policy does not name the address. */
  | { readonly verdict: 'csp-blocked' }
  /** The server is there, but lets no page of another origin read its answers. */
  | { readonly verdict: 'cors-blocked' }
  /** The server lets this page read, but not send the header that the key travels in. */
  | { readonly verdict: 'key-header-refused'; readonly isComfyui: boolean }
  /** The server lets this page read, but the answer itself came without leave: servers do so when they fail. */
  | { readonly verdict: 'hidden-failure' }
  /** The address leads somewhere else, and a request with a key does not follow. */
  | { readonly verdict: 'redirected' }
  | { readonly verdict: 'nothing-answers'; readonly suggestion: BetterAddress | null };

export interface BetterAddress {
  readonly baseUrl: string;
  /** Whether the API was seen there; else it is only likely. */
  readonly seen: boolean;
}
