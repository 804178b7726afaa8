import clsx from 'clsx';

import { isRootTag } from '@/domain/tags';
import type { TagUses } from '@/library/store/tag-uses';
import { formatDay, formatExact, formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { Checkbox } from '@/ui/field';
import { shownText } from '@/ui/shown-text';

import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';
import { Size } from '../parts/size';

import { filtersForTag } from './tag-filters';

export const CELL = 'px-2 py-1.5';
export const FROM_PHONE = 'max-sm:hidden';

export type TagLinks = Pick<IndexViewProps, 'hrefForFilters' | 'onFilter'>;

export interface Picking {
  readonly picked: ReadonlySet<string>;
  /** Null where the provider cannot take tags off. */
  readonly onPick: ((names: readonly string[], picked: boolean) => void) | null;
}

export function TagRow({
  tag: { name, count, bytes, unknownSizes, lastUse },
  picked,
  onPick,
  ...links
}: TagLinks & Picking & { tag: TagUses }) {
  const instant = new Date(lastUse / 1_000).toISOString();
  return (
    <tr className="border-b border-line hover:bg-hover">
      {onPick !== null && (
        <td className={clsx(CELL, 'w-10 pl-4 max-md:pl-2')}>
          <label className="flex size-6 items-center justify-center">
            <Checkbox
              aria-label={`Pick tag ${shownName(name)}`}
              checked={picked.has(name)}
              onChange={({ target }) => onPick([name], target.checked)}
            />
          </label>
        </td>
      )}
      <td className={clsx(CELL, 'w-full max-w-0')}>
        <a
          {...linkTo(links, filtersForTag(name))}
          title={shownName(name)}
          className="block truncate rounded-sm font-medium underline-offset-2 hover:underline"
        >
          <bdi>{shownText(name)}</bdi>
        </a>
        <span className="block text-xs text-muted sm:hidden">
          {unknownSizes === count ? (
            'size unknown'
          ) : (
            <Size count={count} bytes={bytes} unknownSizes={unknownSizes} />
          )}
        </span>
        {isRootTag(name) && <span className="text-xs text-caution">Says which folder an asset is in</span>}
      </td>
      <td className={clsx(CELL, 'text-right whitespace-nowrap')}>{formatNumber(count)}</td>
      <td className={clsx(CELL, 'text-right whitespace-nowrap text-muted', FROM_PHONE)}>
        <Size count={count} bytes={bytes} unknownSizes={unknownSizes} />
      </td>
      <td className={clsx(CELL, 'pr-4 text-right whitespace-nowrap text-muted max-md:pr-2')}>
        <time dateTime={instant} title={formatExact(instant)}>
          {formatDay(instant)}
        </time>
      </td>
    </tr>
  );
}
