import type { Asset } from '@/domain/asset';
import { shownName } from '@/lib/reveal';
import { longName } from '@/ui/long-name';

import type { IndexViewProps } from './index-view-props';
import { trueLink } from './link-to';

/** The name of an asset, which opens its drawer. */
export function AssetLink({
  asset: { id, name },
  hrefFor,
  onOpen,
  className = 'block rounded-sm font-medium underline-offset-2 hover:underline',
}: Pick<IndexViewProps, 'hrefFor' | 'onOpen'> & {
  asset: Pick<Asset, 'id' | 'name'>;
  className?: string;
}) {
  return (
    <a
      {...trueLink(hrefFor(id), () => onOpen(id))}
      title={shownName(name)}
      aria-label={shownName(name)}
      className={className}
    >
      {longName(name)}
    </a>
  );
}
