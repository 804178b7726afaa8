import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ConflictError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  ServerError,
  TimeoutError,
  UnexpectedStatusError,
} from './errors';
import { isRetryable, retryDelayMs } from './retry';

const context = { provider: 'Roughy', requestId: null };
const server = (status: number, retryAfterMs: number | null = null) =>
  new ServerError('m', { status, code: null, retryAfterMs }, context);
const limited = (retryAfterMs: number | null) =>
  new RateLimitedError('m', { status: 429, code: null, retryAfterMs }, context);
const status = (code: number) => new UnexpectedStatusError('m', { status: code, code: null }, context);

describe('isRetryable', () => {
  it.each([new NetworkError('m', context), limited(null), server(500), server(503), status(408)])(
    '%s may be repeated',
    (error) => {
      expect(isRetryable(error)).toBe(true);
    },
  );

  it.each([
    new TimeoutError(30_000, context),
    new NotFoundError('m', { status: 404, code: null, fromApi: true }, context),
    new ConflictError('m', { status: 409, code: null, retryAfterMs: 5 }, context),
    server(501),
    status(402),
    new TypeError('x'),
    new DOMException('Aborted', 'AbortError'),
    'text',
    null,
  ])('%s may not', (error) => expect(isRetryable(error)).toBe(false));
});

it('leaves a wait of more than a minute to the person', () => {
  expect(isRetryable(limited(60_000))).toBe(true);
  expect(isRetryable(limited(61_000))).toBe(false);
  expect(isRetryable(server(503, 3_600_000))).toBe(false);
});

describe('retryDelayMs', () => {
  it('waits as long as the provider asks, never less', () => {
    expect(retryDelayMs(0, limited(7000))).toBe(7000);
    expect(retryDelayMs(9, server(503, 0))).toBe(0);
    expect(retryDelayMs(0, limited(3_600_000))).toBe(3_600_000);
  });

  it('doubles with jitter otherwise', () => {
    const error = new NetworkError('m', context);
    expect([0, 1, 2, 3].map((attempt) => retryDelayMs(attempt, error, () => 1))).toEqual([
      1000, 2000, 4000, 8000,
    ]);
    expect([0, 1, 2, 3].map((attempt) => retryDelayMs(attempt, error, () => 0))).toEqual([
      500, 1000, 2000, 4000,
    ]);
  });

  it('stays between half a second and half a minute', () => {
    fc.assert(
      fc.property(fc.integer(), (attempt) => {
        const delay = retryDelayMs(attempt, limited(null));
        expect(delay).toBeGreaterThanOrEqual(500);
        expect(delay).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});
