import { NO_INDEX_FILTERS, type Leftover } from '@/domain/library-query';
import { formatCount, formatDay, formatNumber } from '@/lib/format';
import type { LeftoverGroup } from '@/library/store/leftovers';
import { Button } from '@/ui/button';
import { shownText } from '@/ui/shown-text';

import { AssetItem } from '../parts/asset-item';
import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';
import { sizeOf, sizeWords } from '../parts/size-words';

import { LEFTOVER_WORDS, leftoverNote } from './leftover-words';

/** One category: what it is, how much of it there is, its first assets, and the ways to the others. */
export function LeftoverSection({
  group,
  now,
  doubt,
  busy,
  onSelectAll,
  ...props
}: Omit<IndexViewProps, 'index'> & {
  group: LeftoverGroup;
  /** Ms since 1970. */
  now: number;
  /** Why it cannot be relied upon yet; null when it can. */
  doubt: string | null;
  /** Another list is being collected. */
  busy: boolean;
  onSelectAll: (leftover: Leftover) => void;
}) {
  const { leftover, total, assets, bytes, unknownSizes } = group;
  const { title, explanation } = LEFTOVER_WORDS[leftover];
  const inUse = leftover === 'preview-in-use';
  const filters = { index: { ...NO_INDEX_FILTERS, leftover } };
  const headingId = `leftover-${leftover}`;
  return (
    <section aria-labelledby={headingId} className="border-b border-line px-4 py-3 max-md:px-2">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id={headingId} className="font-semibold">
          {title}
        </h3>
        <p className="text-muted">
          {total === 0 ? 'None' : sizeWords({ count: total, bytes, unknownSizes })}
        </p>
        {total > 0 && (
          <div className="ml-auto flex flex-wrap items-center gap-3 max-sm:ml-0">
            <a
              {...linkTo(props, filters)}
              aria-label={`${title}: show ${formatCount(total, 'asset')} in the table`}
              className="text-accent underline underline-offset-2"
            >
              Show in the table
            </a>
            {!inUse && (
              <Button
                aria-disabled={busy || doubt !== null}
                aria-label={`Select all ${formatNumber(total)}: ${title}`}
                onClick={() => doubt === null && onSelectAll(leftover)}
              >
                Select all {formatNumber(total)}
              </Button>
            )}
          </div>
        )}
      </header>
      <p className="max-w-[80ch] text-muted">{explanation}</p>
      {doubt !== null && total > 0 && <p className="text-caution">{doubt}</p>}
      {total > 0 && (
        <ul className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(min(16rem,100%),1fr))] gap-x-4 gap-y-2">
          {assets.map((asset) => {
            const note = leftoverNote(leftover, asset, now);
            return (
              <AssetItem
                key={asset.id}
                {...props}
                asset={asset}
                untickable={inUse ? 'Another asset shows it as its preview' : doubt}
              >
                {sizeOf(asset)} · {formatDay(asset.createdAt)}
                {note !== null && <> · {shownText(note)}</>}
              </AssetItem>
            );
          })}
        </ul>
      )}
    </section>
  );
}
