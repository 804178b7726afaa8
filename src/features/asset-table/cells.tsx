import type { ComponentProps, ReactNode } from 'react';

import { STATE_LABELS, type Asset } from '@/domain/asset';
import { PIN_REASON, protectionReason } from '@/domain/protection';
import { formatBytes, formatDay, formatDuration } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { ThumbnailPicture, thumbnailClass } from '@/previews/thumbnail';
import { longName } from '@/ui/long-name';
import { shownText } from '@/ui/shown-text';

import type { RowMarks, TableContext } from './table-context';

/*
 * Cells are functions, not components: a page of 100 rows has more than a thousand of them,
 * and a component each costs more than what it draws.
 */

/** The picture opens the drawer too; for the keyboard and for screen readers the name alone is the link. */
export const thumbnailCell = (asset: Asset, context: TableContext): ReactNode => (
  <a {...linkTo(asset, context)} tabIndex={-1} aria-hidden className={thumbnailClass(asset)}>
    <ThumbnailPicture provider={context.provider} asset={asset} />
  </a>
);

export function nameCell(asset: Asset, context: TableContext, { marked, pinned }: RowMarks): ReactNode {
  const reason = protectionReason(asset);
  const name = shownName(asset.name);
  return (
    <>
      <a
        {...linkTo(asset, context)}
        title={name}
        aria-label={name}
        data-row-control="name"
        className="min-w-0 rounded-sm font-medium underline-offset-2 hover:underline"
      >
        {longName(asset.name)}
      </a>
      {reason !== null && sign(reason, 'icon-lock ml-1.5 size-3.5 text-muted')}
      {pinned && sign('Pinned', 'icon-pin ml-1.5 size-3.5 text-muted')}
      {marked && sign('Marked for deletion', 'icon-flag ml-1.5 size-3.5 text-danger')}
    </>
  );
}

const sign = (meaning: string, className: string): ReactNode => (
  <span role="img" aria-label={meaning} title={meaning} className={`icon ${className}`} />
);

/** A true link, so that it can be opened in a tab of its own; a plain click opens the drawer. */
function linkTo(asset: Asset, context: TableContext): ComponentProps<'a'> {
  return {
    href: context.hrefFor(asset.id),
    onClick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      context.onOpen(asset.id);
    },
  };
}

export const sizeCell = (asset: Asset): ReactNode =>
  asset.sizeBytes === null ? unknown('size') : formatBytes(asset.sizeBytes);

/** The exact time is the table's to show, for the one date that is pointed at. */
export const dateCell = (instant: string | null): ReactNode =>
  instant === null ? unknown('date') : <time dateTime={instant}>{formatDay(instant)}</time>;

export function durationCell(asset: Asset): ReactNode {
  const seconds = asset.roughy?.durationSeconds ?? null;
  return seconds === null ? unknown('duration') : formatDuration(seconds);
}

export const unknown = (what: string): ReactNode => (
  <span title={`Unknown ${what}`}>
    <span aria-hidden>–</span>
    <span className="sr-only">unknown</span>
  </span>
);

const SHOWN_TAGS = 2;

export function tagsCell(asset: Asset, { onOpen, onRemoveTag }: TableContext): ReactNode {
  const more = asset.tags.length - SHOWN_TAGS;
  const remove = asset.protection === null ? onRemoveTag : null;
  return (
    <>
      {asset.tags.slice(0, SHOWN_TAGS).map((tag) => (
        <span
          // New elements for another asset, to which the row may belong next: these would move, its tags being as wide as
          // their words.
          key={`${asset.id} ${tag}`}
          className="mr-1 flex h-6 max-w-28 min-w-0 items-center rounded bg-sunken pl-1.5 text-xs"
        >
          <bdi className="min-w-0 truncate pr-1.5" title={shownName(tag)}>
            {shownText(tag)}
          </bdi>
          {remove !== null && (
            <button
              type="button"
              aria-label={`Remove tag ${shownName(tag)} from ${shownName(asset.name)}`}
              onClick={() => remove(asset, tag)}
              className="-ml-1.5 flex size-6 shrink-0 items-center justify-center rounded text-sm leading-none text-muted before:content-['×'] hover:bg-hover hover:text-ink"
            />
          )}
        </span>
      ))}
      {more > 0 && (
        <button
          key={asset.id}
          type="button"
          className="h-6 min-w-6 shrink-0 rounded px-1 text-xs text-muted hover:bg-hover"
          aria-label={`${more} more tags of ${shownName(asset.name)}`}
          onClick={() => onOpen(asset.id)}
        >
          +{more}
        </button>
      )}
    </>
  );
}

export function deleteCell(asset: Asset, { onDelete }: TableContext, { pinned }: RowMarks): ReactNode {
  if (asset.protection !== null) return null;
  if (pinned) return sign(PIN_REASON, 'icon-lock mx-2 size-4 text-muted');
  return (
    <button
      type="button"
      aria-label={`Delete ${shownName(asset.name)}…`}
      data-row-control="delete"
      onClick={() => onDelete(asset)}
      className="icon-before icon-trash flex size-8 items-center justify-center rounded-md text-danger hover:bg-danger-soft"
    />
  );
}

export function stateCell(asset: Asset): ReactNode {
  const state = asset.roughy?.state ?? '';
  return (
    <span
      className={state === 'failed' ? 'text-danger' : undefined}
      title={shownName(asset.roughy?.errorMessage ?? '') || undefined}
    >
      {STATE_LABELS.get(state) ?? shownText(state)}
    </span>
  );
}
