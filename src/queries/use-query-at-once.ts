import { useQuery, useQueryClient, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';

/**
 * `useQuery`, of which the request leaves before anything is drawn for it, and not after: on a slow device the
 * network works while the page does. It is retried as the defaults of the client say.
 */
export function useQueryAtOnce<TData>(options: UseQueryOptions<TData>): UseQueryResult<TData> {
  const client = useQueryClient();
  const { queryKey, queryFn, enabled = true } = options;
  if (enabled === true && typeof queryFn === 'function' && client.getQueryState(queryKey) === undefined) {
    client.query({ ...options, queryFn }).catch(() => {
      // Told by the query itself.
    });
  }
  return useQuery(options);
}
