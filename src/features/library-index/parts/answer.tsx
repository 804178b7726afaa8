import type { UseQueryResult } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

/** What the index answered; until then that it is asked, and if it cannot, why not. */
export function Answer<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (answer: T) => ReactNode;
}) {
  const { data, error, refetch } = query;
  const again = <Button onClick={() => void refetch()}>Try again</Button>;
  if (data !== undefined) {
    return (
      <>
        {error !== null && (
          <Banner tone="caution" role="alert" actions={again}>
            What you see may be outdated. {error.message}
          </Banner>
        )}
        {children(data)}
      </>
    );
  }
  return error === null ? (
    <p role="status" className="p-4 text-muted max-md:p-2">
      Reading the index…
    </p>
  ) : (
    <Notice role="alert" icon={<TriangleAlert />} title="The index could not answer" actions={again}>
      {error.message}
    </Notice>
  );
}
