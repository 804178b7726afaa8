import { QueryClientProvider, skipToken, type UseQueryOptions } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';

import { testQueryClient } from '@/testing/render';

import { useQueryAtOnce } from './use-query-at-once';

const ask = vi.fn(() => Promise.resolve('answer'));

type Asked = Omit<UseQueryOptions<string>, 'queryKey'>;

/** How often it was asked when the component was drawn for the first time, before anything reached the page. */
function draw(options: Asked, client = testQueryClient()) {
  ask.mockClear();
  const asked: number[] = [];
  const { result, unmount } = renderHook(
    () => {
      const answer = useQueryAtOnce({ queryKey: ['question'], staleTime: Infinity, ...options });
      asked.push(ask.mock.calls.length);
      return answer;
    },
    {
      wrapper: ({ children }: { children: ReactNode }) => (
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      ),
    },
  );
  return { client, result, unmount, whenDrawn: () => asked[0] };
}

it('asks while it is drawn, and once', async () => {
  const { result, whenDrawn } = draw({ queryFn: ask });
  expect(whenDrawn()).toBe(1);
  expect(result.current.isFetching).toBe(true);
  await waitFor(() => expect(result.current.data).toBe('answer'));
  expect(ask).toHaveBeenCalledOnce();
});

it('does not ask for what is known', async () => {
  const { client, result, unmount } = draw({ queryFn: ask });
  await waitFor(() => expect(result.current.data).toBe('answer'));
  unmount();
  const again = draw({ queryFn: ask }, client);
  expect(again.result.current.data).toBe('answer');
  expect(ask).not.toHaveBeenCalled();
});

it('tells an error as any query does', async () => {
  const { result } = draw({ queryFn: () => Promise.reject(new Error('gone')), retry: false });
  await waitFor(() => expect(result.current.error).toEqual(new Error('gone')));
});

it.each<[string, Asked]>([
  ['is disabled', { queryFn: ask, enabled: false }],
  ['is disabled by a function', { queryFn: ask, enabled: () => false }],
  ['has nothing to ask', { queryFn: skipToken }],
])('does not ask when it %s', (_what, options) => {
  const { result, whenDrawn } = draw(options);
  expect(whenDrawn()).toBe(0);
  expect(result.current.fetchStatus).toBe('idle');
  expect(ask).not.toHaveBeenCalled();
});
