import { useState } from 'react';

import { Button } from './button';

/** Says that a part of the page did not come, wherever on the page that part belongs. */
export function PartMissing({ onRetry }: { onRetry: () => Promise<void> }) {
  const [isTrying, setIsTrying] = useState(false);
  const retry = async () => {
    setIsTrying(true);
    await onRetry().catch(() => undefined);
    setIsTrying(false);
  };
  return (
    <div
      role="alert"
      className="fixed inset-x-4 bottom-4 z-50 mx-auto flex max-w-xl flex-wrap items-center gap-3 rounded-lg border border-line bg-raised px-4 py-3 text-ink shadow-overlay"
    >
      <p className="min-w-0 flex-1 basis-64">
        This part of Winnow could not be loaded. The network may be gone, or the site was updated. Nothing was
        changed.
      </p>
      <Button aria-disabled={isTrying} onClick={() => (isTrying ? undefined : void retry())}>
        Try again
      </Button>
      <Button onClick={() => window.location.reload()}>Reload the page</Button>
    </div>
  );
}
