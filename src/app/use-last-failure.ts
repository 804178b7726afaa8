import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

import type { AssetPage } from '@/domain/asset';

export type ListQuery = UseQueryResult<AssetPage>;

/** Why the list could not be read, also while it is asked for again: the cache forgets it whenever it asks. */
export function useLastFailure({
  error,
  errorUpdatedAt,
  isFetching,
  failureReason,
}: ListQuery): Error | null {
  const [last, setLast] = useState<{ readonly error: Error; readonly at: number } | null>(null);
  if (error !== null && last?.at !== errorUpdatedAt) setLast({ error, at: errorUpdatedAt });
  if (error !== null) return error;
  // The time tells whether it is this list that failed, and not the one of another page or filter.
  const again = isFetching && last?.at === errorUpdatedAt;
  return again ? (failureReason ?? last.error) : null;
}
