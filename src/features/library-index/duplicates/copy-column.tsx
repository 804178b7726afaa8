import clsx from 'clsx';
import type { ReactNode } from 'react';

import type { Asset } from '@/domain/asset';
import { formatBytes, formatDay, formatExact } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { Thumbnail } from '@/previews/thumbnail';
import { Checkbox } from '@/ui/field';
import { shownText } from '@/ui/shown-text';

import { AssetLink } from '../parts/asset-link';
import type { IndexViewProps } from '../parts/index-view-props';

import type { Fact } from './group-words';

/** One copy beside the others: what it is, whether it is the one to keep, and its box. */
export function CopyColumn({
  copy,
  place,
  groupName,
  isKeeper,
  differing,
  untickable,
  provider,
  selection,
  hrefFor,
  onOpen,
  onKeep,
  onTick,
}: Pick<IndexViewProps, 'provider' | 'selection' | 'hrefFor' | 'onOpen'> & {
  copy: Asset;
  /** From 1: the key that makes it the one to keep. */
  place: number;
  groupName: string;
  isKeeper: boolean;
  differing: readonly Fact[];
  /** Why it cannot be ticked; null when it can. */
  untickable: string | null;
  onKeep: () => void;
  onTick: (on: boolean) => void;
}) {
  const name = shownName(copy.name);
  const ticked = selection.has(copy.id);

  return (
    <li
      className={clsx(
        'flex w-72 min-w-0 shrink-0 flex-col gap-1.5 rounded-md border p-2 max-sm:w-52',
        isKeeper ? 'border-accent' : ticked ? 'border-danger' : 'border-line',
      )}
    >
      <div className="flex items-center gap-2">
        <Thumbnail provider={provider} asset={copy} />
        <div className="min-w-0 flex-1">
          <AssetLink asset={copy} hrefFor={hrefFor} onOpen={onOpen} />
          <p className="text-xs text-muted">
            Copy {place}:{' '}
            {isKeeper ? (ticked ? 'to keep, but ticked' : 'stays') : ticked ? 'ticked to go' : 'stays so far'}
          </p>
        </div>
      </div>
      <label className="flex min-h-6 items-center gap-2">
        <input
          type="radio"
          name={groupName}
          checked={isKeeper}
          onChange={onKeep}
          aria-label={`Keep this one: ${name}`}
          className="size-4 accent-accent"
        />
        <span>
          Keep this one{place <= 9 && <kbd className="ml-1 font-sans text-xs text-muted">({place})</kbd>}
        </span>
      </label>
      <label className="flex min-h-6 items-center gap-2">
        <Checkbox
          aria-label={`Select ${name}`}
          checked={ticked}
          disabled={untickable !== null && !ticked}
          onChange={({ target }) => onTick(target.checked)}
        />
        <span className={clsx(untickable !== null && !ticked && 'text-xs text-muted')}>
          {untickable === null || ticked ? 'Select' : untickable}
        </span>
      </label>
      <dl className="grid grid-cols-[auto_1fr] gap-x-2 text-xs">
        {differing.includes('Name') && (
          <FactRow fact="Name" differing={differing}>
            <bdi className="line-clamp-4">{shownText(copy.name)}</bdi>
          </FactRow>
        )}
        <FactRow fact="Size" differing={differing}>
          {copy.sizeBytes === null ? 'unknown' : formatBytes(copy.sizeBytes)}
        </FactRow>
        <FactRow fact="Created" differing={differing}>
          <Day instant={copy.createdAt} />
        </FactRow>
        <FactRow fact="Last used" differing={differing}>
          {copy.lastAccessedAt === null ? 'unknown' : <Day instant={copy.lastAccessedAt} />}
        </FactRow>
        <FactRow fact="Type" differing={differing}>
          {shownText(copy.mimeType ?? 'unknown')}
        </FactRow>
        <FactRow fact="Job" differing={differing}>
          <span className="block truncate">{copy.jobId === null ? 'none' : shownText(copy.jobId)}</span>
        </FactRow>
        <FactRow fact="Tags" differing={differing}>
          {copy.tags.length === 0 ? 'none' : shownText(copy.tags.slice(0, MOST_TAGS).join(', '))}
          {copy.tags.length > MOST_TAGS && ` and ${copy.tags.length - MOST_TAGS} more`}
        </FactRow>
      </dl>
    </li>
  );
}

const MOST_TAGS = 6;

function FactRow({
  fact,
  differing,
  children,
}: {
  fact: Fact;
  differing: readonly Fact[];
  children: ReactNode;
}) {
  const differs = differing.includes(fact);
  return (
    <>
      <dt className="text-muted">
        {fact}
        {differs && <span className="sr-only"> (differs)</span>}
      </dt>
      <dd className={clsx('min-w-0 wrap-anywhere', differs && 'font-semibold')}>{children}</dd>
    </>
  );
}

const Day = ({ instant }: { instant: string }) => (
  <time dateTime={instant} title={formatExact(instant)}>
    {formatDay(instant)}
  </time>
);
