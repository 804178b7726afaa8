import type { ReactNode } from 'react';

import type { Asset } from '@/domain/asset';
import { protectionReason } from '@/domain/protection';
import { shownName } from '@/lib/reveal';
import { Thumbnail } from '@/previews/thumbnail';
import { Checkbox } from '@/ui/field';

import { AssetLink } from './asset-link';
import type { IndexViewProps } from './index-view-props';

/** One asset of a list: its box, its picture, its name as a link, and what the list says of it below. */
export function AssetItem({
  asset,
  provider,
  selection,
  onTick,
  onOpen,
  hrefFor,
  untickable = null,
  children,
}: Pick<IndexViewProps, 'provider' | 'selection' | 'onTick' | 'onOpen' | 'hrefFor'> & {
  asset: Asset;
  /** Why it cannot be ticked, besides its own protection; null when it can. */
  untickable?: string | null;
  children: ReactNode;
}) {
  const reason = protectionReason(asset) ?? untickable;

  return (
    <li className="flex min-w-0 items-center gap-2">
      <label className="flex size-6 shrink-0 items-center justify-center" title={reason ?? undefined}>
        <Checkbox
          aria-label={`Select ${shownName(asset.name)}`}
          checked={selection.has(asset.id)}
          disabled={reason !== null}
          onChange={(event) => onTick([asset], event.target.checked)}
        />
      </label>
      <Thumbnail provider={provider} asset={asset} />
      <div className="min-w-0 flex-1">
        <AssetLink asset={asset} hrefFor={hrefFor} onOpen={onOpen} />
        <p className="text-xs text-muted wrap-anywhere">{children}</p>
      </div>
    </li>
  );
}
