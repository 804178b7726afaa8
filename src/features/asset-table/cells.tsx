import type { ComponentProps } from 'react';

import { Lock, Trash2, X } from 'lucide-react';

import { STATE_LABELS, type Asset } from '@/domain/asset';
import { protectionReason } from '@/domain/protection';
import { formatBytes, formatDay, formatDuration, formatExact } from '@/lib/format';
import { Thumbnail } from '@/previews/thumbnail';
import { IconButton } from '@/ui/button';

import { useTableContext } from './table-context';

/** The picture opens the drawer too; for the keyboard and for screen readers the name alone is the link. */
export function ThumbnailCell({ asset }: { asset: Asset }) {
  const { provider } = useTableContext();
  return (
    <AssetLink asset={asset} tabIndex={-1} aria-hidden className="block w-10 rounded-md">
      <Thumbnail provider={provider} asset={asset} />
    </AssetLink>
  );
}

export function NameCell({ asset }: { asset: Asset }) {
  const reason = protectionReason(asset);
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <AssetLink
        asset={asset}
        title={asset.name}
        data-row-control="name"
        className="min-w-0 truncate rounded-sm font-medium underline-offset-2 hover:underline"
      >
        <bdi>{asset.name}</bdi>
      </AssetLink>
      {reason !== null && (
        <span role="img" aria-label={reason} title={reason} className="shrink-0 text-muted">
          <Lock aria-hidden className="size-3.5" />
        </span>
      )}
    </span>
  );
}

/** A true link, so that it can be opened in a tab of its own; a plain click opens the drawer. */
function AssetLink({ asset, ...rest }: { asset: Asset } & ComponentProps<'a'>) {
  const { onOpen } = useTableContext();
  const search = new URLSearchParams(window.location.search);
  search.set('asset', asset.id);
  return (
    <a
      {...rest}
      href={`?${search.toString()}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onOpen(asset.id);
      }}
    />
  );
}

export function SizeCell({ asset }: { asset: Asset }) {
  return asset.sizeBytes === null ? <Unknown what="size" /> : <>{formatBytes(asset.sizeBytes)}</>;
}

export function DateCell({ instant, what }: { instant: string | null; what: string }) {
  if (instant === null) return <Unknown what={what} />;
  return (
    <time dateTime={instant} title={formatExact(instant)}>
      {formatDay(instant)}
    </time>
  );
}

export function DurationCell({ asset }: { asset: Asset }) {
  const seconds = asset.roughy?.durationSeconds ?? null;
  return seconds === null ? <Unknown what="duration" /> : <>{formatDuration(seconds)}</>;
}

export function Unknown({ what }: { what: string }) {
  return (
    <span className="text-muted" title={`Unknown ${what}`}>
      <span aria-hidden>–</span>
      <span className="sr-only">unknown</span>
    </span>
  );
}

const SHOWN_TAGS = 2;

export function TagsCell({ asset }: { asset: Asset }) {
  const { onOpen, onRemoveTag } = useTableContext();
  const more = asset.tags.length - SHOWN_TAGS;
  const canRemove = onRemoveTag !== null && asset.protection === null;
  return (
    <span className="flex min-w-0 items-center gap-1">
      {asset.tags.slice(0, SHOWN_TAGS).map((tag) => (
        <span
          key={tag}
          className="flex h-6 max-w-32 min-w-0 items-center rounded bg-sunken pl-1.5 last:pr-1.5"
        >
          <bdi className="truncate text-xs" title={tag}>
            {tag}
          </bdi>
          {canRemove ? (
            <button
              type="button"
              aria-label={`Remove tag ${tag} from ${asset.name}`}
              title={`Remove tag ${tag}`}
              onClick={() => onRemoveTag(asset, tag)}
              className="flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-3" />
            </button>
          ) : (
            <span className="w-1.5 shrink-0" />
          )}
        </span>
      ))}
      {more > 0 && (
        <button
          type="button"
          className="h-6 shrink-0 rounded px-1.5 text-xs text-muted hover:bg-hover"
          aria-label={`${more} more tags of ${asset.name}`}
          onClick={() => onOpen(asset.id)}
        >
          +{more}
        </button>
      )}
    </span>
  );
}

export function DeleteCell({ asset }: { asset: Asset }) {
  const { onDelete } = useTableContext();
  const reason = protectionReason(asset);
  if (reason !== null) return null;
  return (
    <IconButton
      label={`Delete ${asset.name}…`}
      look="quiet-danger"
      data-row-control="delete"
      onClick={() => onDelete(asset)}
    >
      <Trash2 aria-hidden className="size-4" />
    </IconButton>
  );
}

export function StateCell({ asset }: { asset: Asset }) {
  const state = asset.roughy?.state ?? '';
  return (
    <span
      className={state === 'failed' ? 'text-danger' : undefined}
      title={asset.roughy?.errorMessage ?? undefined}
    >
      {STATE_LABELS[state] ?? state}
    </span>
  );
}
