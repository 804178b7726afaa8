import { useQueryClient } from '@tanstack/react-query';
import { Suspense } from 'react';

import type { Connection } from '@/domain/connection';
import type { UnauthorizedError } from '@/domain/errors';
import { usePlace } from '@/search/search-provider';
import { preloadable } from '@/ui/preloadable';

const KeyForm = preloadable(() => import('@/features/connect/key-form'));

/** In place of a library whose key was refused. What is ticked stays: it is the queue that the key left behind. */
export function RefusedKey({ connection, refused }: { connection: Connection; refused: UnauthorizedError }) {
  const client = useQueryClient();
  const { goToView } = usePlace();
  return (
    <div className="min-w-0 flex-1 overflow-auto bg-surface">
      <Suspense>
        <KeyForm
          connection={connection}
          refused={refused}
          onAddConnection={() => goToView('connections')}
          onSaved={() => {
            void client.resetQueries({ predicate: ({ queryKey }) => queryKey[1] === connection.id });
          }}
        />
      </Suspense>
    </div>
  );
}
