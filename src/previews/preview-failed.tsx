import type { AssetKind } from '@/domain/asset';
import { Button } from '@/ui/button';

import { KindIcon } from './kind-icon';

export function BigIcon({ kind }: { kind: AssetKind }) {
  return <KindIcon kind={kind} className="size-16" />;
}

/** Stands where a large preview would be. */
export function PreviewFailed({ kind, onRetry }: { kind: AssetKind; onRetry: () => void }) {
  return (
    <>
      <BigIcon kind={kind} />
      <p role="status">The preview could not be loaded</p>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </>
  );
}
