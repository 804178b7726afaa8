import { describe, expect, it } from 'vitest';
import {
  AssetsDisabledError,
  ConflictError,
  ForbiddenError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  NotJsonError,
  NotSentError,
  RateLimitedError,
  ServerError,
  TimeoutError,
  TooLargeError,
  UnauthorizedError,
  UnexpectedStatusError,
  WrongShapeError,
  statusMessage,
} from './errors';
import { explainError } from './explain-error';

const from = (provider: string, requestId: string | null = null) => ({ provider, requestId });
const cloud = from('Comfy Cloud');
const comfyui = from('ComfyUI');
const roughy = from('Roughy');

const all = [
  new NetworkError('m', cloud),
  new TimeoutError(30_000, cloud),
  new UnauthorizedError('m', { status: 401, code: null }, cloud),
  new ForbiddenError('m', { status: 403, code: null }, cloud),
  new NotFoundError('m', { status: 404, code: null, fromApi: true }, cloud),
  new NotFoundError('m', { status: 404, code: null, fromApi: false }, cloud),
  new ConflictError('m', { status: 409, code: null, retryAfterMs: null }, cloud),
  new InvalidRequestError('m', { status: 422, code: null, fields: [] }, cloud),
  new RateLimitedError('m', { status: 429, code: null, retryAfterMs: null }, cloud),
  new ServerError('m', { status: 500, code: null, retryAfterMs: null }, cloud),
  new AssetsDisabledError('m', cloud),
  new NotJsonError('text/html', cloud),
  new WrongShapeError('total', 'm', cloud),
  new TooLargeError(32 * 1024 * 1024, cloud),
  ...[402, 405, 408, 410, 418, 423].map(
    (status) => new UnexpectedStatusError('m', { status, code: null }, cloud),
  ),
];

describe('explainError', () => {
  it.each(all)('%s names the provider and is made of sentences', (error) => {
    const { title, hint } = explainError(error);
    expect(title).toContain('Comfy Cloud');
    expect(title).not.toMatch(/[.!]$/);
    expect(hint).toMatch(/^[A-Zm].*\.$/s);
    expect(hint).not.toMatch(/undefined|null|\[object|\s{2}/);
  });

  it('has a title of its own for every cause', () => {
    const titles = all.filter(({ kind }) => kind !== 'http').map((error) => explainError(error).title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each([
    ['network', true],
    ['timeout', true],
    ['unauthorized', false],
    ['forbidden', false],
    ['not-found', false],
    ['conflict', false],
    ['invalid-request', false],
    ['rate-limited', true],
    ['server', true],
  ])('%s can be retried: %s', (kind, canRetry) => {
    expect(explainError(all.find((error) => error.kind === kind)).canRetry).toBe(canRetry);
  });

  it('repeats what the provider said, but not our own stand-in for it', () => {
    const server = (message: string) =>
      new ServerError(message, { status: 500, code: null, retryAfterMs: null }, roughy);
    expect(explainError(server('Storage is down')).hint).toMatch(/^Storage is down\. /);
    expect(explainError(server(statusMessage('Roughy', 500))).hint).not.toContain('status 500');
  });

  it('lists the fields that were refused', () => {
    const fields = [
      { field: 'query.limit', message: 'Too big' },
      { field: '', message: 'Unknown' },
    ];
    const error = new InvalidRequestError('Validation failed.', { status: 400, code: 'X', fields }, comfyui);
    expect(explainError(error).hint).toBe('Validation failed. query.limit: Too big. Unknown.');
  });

  it('hints at the subscription for a bare 429 of Comfy Cloud only', () => {
    const limited = (context: typeof cloud, retryAfterMs: number | null) =>
      explainError(new RateLimitedError('m', { status: 429, code: null, retryAfterMs }, context)).hint;
    expect(limited(cloud, null)).toContain('subscription');
    expect(limited(cloud, 30_000)).toBe('m. Try again in 30 seconds.');
    expect(limited(roughy, null)).not.toContain('subscription');
    expect(limited(roughy, 600_000)).toContain('10 minutes');
  });

  it('hints at the origin check for a 403 of ComfyUI only', () => {
    const forbidden = (context: typeof cloud) =>
      explainError(new ForbiddenError('m', { status: 403, code: null }, context)).hint;
    expect(forbidden(comfyui)).toMatch(/another web page.*--enable-cors-header/);
    expect(forbidden(cloud)).not.toContain('--enable');
  });

  it.each([
    ['401', new UnauthorizedError('m', { status: 401, code: null }, comfyui)],
    ['403', new ForbiddenError('m', { status: 403, code: null }, comfyui)],
  ])('does not speak of entering a key where there is none: %s of ComfyUI', (_status, error) => {
    const { title, hint } = explainError(error);
    expect(`${title} ${hint}`).not.toMatch(/enter the|API key|the key/i);
    expect(hint).toMatch(/login or a proxy in front of the server/);
  });

  it('asks for the key again where there is one', () => {
    const error = new UnauthorizedError('m', { status: 401, code: null }, roughy);
    expect(explainError(error).hint).toContain('Enter the API key again');
  });

  it('says how to switch assets on', () => {
    expect(explainError(new AssetsDisabledError('m', comfyui)).hint).toContain('--enable-assets');
  });

  it('says which filter to remove when a server cannot filter by metadata', () => {
    const refused = (code: string) =>
      explainError(new InvalidRequestError('m', { status: 400, code, fields: [] }, comfyui)).hint;
    expect(refused('UNSUPPORTED_PARAM')).toContain('remove it (newer ComfyUI cannot filter by metadata)');
    expect(refused('OTHER')).not.toContain('metadata');
  });

  it('mentions connection, CORS and proxy when there is no answer', () => {
    expect(explainError(new NetworkError('m', comfyui)).hint).toMatch(/online.*CORS.*proxy/s);
  });

  it('tells a proxy that reaches nothing from a provider that fails', () => {
    const details = { status: 502, retryAfterMs: null };
    const unreachable = explainError(
      new ServerError('No server answers', { ...details, code: 'UPSTREAM_UNREACHABLE' }, comfyui),
    );
    expect(unreachable.title).toMatch(/cannot be reached/);
    expect(unreachable.hint).toMatch(/proxy/);
    const failing = explainError(
      new ServerError('Storage is down', { ...details, code: 'internal' }, comfyui),
    );
    expect(failing.title).toMatch(/has a problem/);
  });

  it('says when a conflict ends', () => {
    const error = new ConflictError(
      'm',
      { status: 409, code: 'asset_processing', retryAfterMs: 5000 },
      roughy,
    );
    expect(explainError(error)).toMatchObject({
      canRetry: true,
      hint: expect.stringContaining('in 5 seconds') as string,
    });
  });

  it('shows why a request was never sent', () => {
    const error = new NotSentError(
      'includeTags',
      'Comfy Cloud cannot filter by the tag “a,b”.',
      'Comfy Cloud',
    );
    expect(explainError(error)).toEqual({
      title: 'This cannot be asked',
      hint: 'Comfy Cloud cannot filter by the tag “a,b”.',
      canRetry: false,
      details: null,
    });
  });

  it('keeps status, code and request id for a report', () => {
    const error = new ServerError(
      'm',
      { status: 500, code: 'internal_error', retryAfterMs: null },
      from('Roughy', 'req_1'),
    );
    expect(explainError(error).details).toBe('Roughy · status 500 · code internal_error · request id req_1');
    expect(explainError(new NetworkError('m', roughy)).details).toBeNull();
  });

  it('is honest about its own faults, without their innards', () => {
    for (const error of [
      new TypeError('x of https://secret.test is not a function'),
      'secret.test',
      null,
      undefined,
      { a: 1 },
    ]) {
      const words = explainError(error);
      expect(words.title).toContain('Winnow');
      expect(JSON.stringify(words)).not.toContain('secret');
    }
  });

  it('calls a stop a stop', () => {
    expect(explainError(new DOMException('x', 'AbortError')).title).toBe('Stopped');
  });
});
