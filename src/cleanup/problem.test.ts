import { describe, expect, it } from 'vitest';

import { NetworkError, ServerError, statusMessage } from '@/domain/errors';

import { problemOf } from './problem';

const context = { provider: 'Comfy Cloud', requestId: 'req-7' };

describe('a problem', () => {
  it('keeps what the provider said, and what its support needs', () => {
    const error = new ServerError(
      'Storage is down',
      { status: 503, code: 'DOWN', retryAfterMs: null },
      context,
    );
    expect(problemOf(error)).toEqual({
      title: 'Comfy Cloud has a problem',
      hint: expect.stringContaining('Storage is down') as string,
      message: 'Storage is down',
      status: 503,
      code: 'DOWN',
      requestId: 'req-7',
    });
  });

  it('has no message when the provider sent none', () => {
    const message = statusMessage('Comfy Cloud', 500);
    const error = new ServerError(message, { status: 500, code: null, retryAfterMs: null }, context);
    expect(problemOf(error)).toMatchObject({ message: null, status: 500, code: null });
    expect(problemOf(new NetworkError('nothing', context))).toMatchObject({ message: null, status: null });
  });

  it('takes nothing from an error of unknown origin, which may hold a key', () => {
    const problem = problemOf(new TypeError('Header sk_live_secret is invalid', { cause: 'sk_live_secret' }));
    expect(JSON.stringify(problem)).not.toContain('sk_live_secret');
    expect(JSON.stringify(problemOf('sk_live_secret'))).not.toContain('sk_live_secret');
  });
});
