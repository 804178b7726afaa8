import { QueryClient } from '@tanstack/react-query';

import { isRetryable, retryDelayMs } from '@/domain/retry';

const MAX_RETRIES = 3;

export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // A ComfyUI on this machine answers without any network: let requests fail for themselves.
        networkMode: 'always',
        // Off by default in that mode.
        refetchOnReconnect: true,
        retry: (failures, error) => failures < MAX_RETRIES && isRetryable(error),
        retryDelay: retryDelayMs,
        gcTime: 5 * 60_000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
