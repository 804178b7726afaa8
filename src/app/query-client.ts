import { onlineManager, QueryClient } from '@tanstack/react-query';

import { isRetryable, isUnreachable } from '@/domain/retry';
import { rememberedRetryDelay } from '@/queries/next-try';

const MAX_RETRIES = 3;

/** The page's one cache. Made first of all: it has to see the network go, even before anything is drawn. */
export function makeQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // A ComfyUI on this machine answers without any network: let requests fail for themselves.
        networkMode: 'always',
        // Off by default in that mode.
        refetchOnReconnect: true,
        retry: (failures, error) => failures < MAX_RETRIES && isRetryable(error),
        retryDelay: rememberedRetryDelay,
        gcTime: 5 * 60_000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  askAgainOnceOnline(client);
  return client;
}

const WITHOUT_ANSWER = {
  type: 'active',
  predicate: ({ state }: { state: { fetchFailureReason: unknown } }) =>
    isUnreachable(state.fetchFailureReason),
} as const;

function askAgainOnceOnline(client: QueryClient): void {
  // The cache believes every page to start online and listens only while one is drawn. For a page whose network was
  // gone before that, its return would be no news, and nothing would be asked again.
  onlineManager.setOnline(navigator.onLine);
  onlineManager.subscribe((online) => {
    if (!online) return;
    // What waits for its next try would sit out its wait, and what is on its last try would fail for good.
    void client.cancelQueries(WITHOUT_ANSWER, { silent: true, revert: false });
    void client.refetchQueries(WITHOUT_ANSWER);
  });
}
