import { ChevronDown, ChevronUp, ExternalLink, Flag, Lock, Pin, X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';

import type { Asset } from '@/domain/asset';
import { PIN_REASON, protectionReason } from '@/domain/protection';
import type { AssetProvider } from '@/providers/provider';
import { Button, IconButton } from '@/ui/button';
import { markedText } from '@/ui/shown-text';

import type { AssetDrawerProps } from './drawer-props';
import type { DrawerParts } from './drawer-frame';

/** Name, ways on and out, and what can be done; it stays while the drawer steps from asset to asset. */
export function DrawerHeader({
  name,
  asset,
  heading,
  wrapHeading,
  provider,
  previousId,
  nextId,
  onStep,
  onClose,
  ...actions
}: {
  /** As it is shown. */
  name: string;
  /** Null until it is known, and when it is gone. */
  asset: Asset | null;
  heading: RefObject<HTMLHeadingElement | null>;
  wrapHeading: DrawerParts['wrapHeading'];
} & Pick<AssetDrawerProps, 'provider' | 'previousId' | 'nextId' | 'onStep' | 'onClose'> &
  Actions) {
  return (
    <header className="shrink-0 border-b border-line py-2 pr-2 pl-4">
      <div className="flex items-start gap-1">
        {wrapHeading(
          <h2
            ref={heading}
            tabIndex={-1}
            title={name}
            className="mt-1.5 line-clamp-4 min-w-0 flex-1 rounded-sm font-semibold wrap-anywhere"
          >
            <bdi>{markedText(name)}</bdi>
          </h2>,
        )}
        <Step label="Previous asset" to={previousId} onStep={onStep}>
          <ChevronUp aria-hidden className="size-4" />
        </Step>
        <Step label="Next asset" to={nextId} onStep={onStep}>
          <ChevronDown aria-hidden className="size-4" />
        </Step>
        <IconButton label="Close" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div className="mt-1 -ml-2 flex min-h-8 flex-wrap items-center gap-x-1 pr-2">
        {asset !== null && (
          <>
            <AssetActions {...actions} asset={asset} />
            <OpenOriginal provider={provider} asset={asset} />
          </>
        )}
      </div>
    </header>
  );
}

/** Stays focusable at the ends, so that stepping to the last asset does not lose the focus. */
function Step({
  label,
  to,
  onStep,
  children,
}: {
  label: string;
  to: string | null;
  onStep: (id: string) => void;
  children: ReactNode;
}) {
  return (
    <IconButton
      label={label}
      aria-disabled={to === null}
      onClick={() => {
        if (to !== null) onStep(to);
      }}
    >
      {children}
    </IconButton>
  );
}

type Actions = Pick<AssetDrawerProps, 'busy' | 'onDelete' | 'marked' | 'pinned' | 'onMark' | 'onPin'>;

/** What can be done with the asset, or why it cannot. What was said of it can always be taken back. */
function AssetActions({ asset, busy, onDelete, marked, pinned, onMark, onPin }: Actions & { asset: Asset }) {
  const reason = protectionReason(asset) ?? (pinned ? PIN_REASON : null);
  return (
    <>
      {reason === null ? (
        <Button
          look="quiet-danger"
          size="small"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) onDelete(asset);
          }}
        >
          Delete…
        </Button>
      ) : (
        <p className="order-last flex w-full min-w-0 items-start gap-1.5 px-2 py-1 text-muted">
          <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
          {reason}
        </p>
      )}
      {(asset.protection === null || marked) && (
        <Button
          look="quiet"
          size="small"
          title={marked ? 'No longer marked for deletion' : 'Mark for deletion: deletes nothing yet'}
          className="min-w-22"
          aria-disabled={pinned && !marked}
          onClick={() => onMark(asset, !marked)}
        >
          <Flag aria-hidden className="size-3.5" />
          {marked ? (
            'Unmark'
          ) : (
            <>
              Mark<span className="sr-only"> for deletion</span>
            </>
          )}
        </Button>
      )}
      {(asset.protection === null || pinned) && (
        <Button
          look="quiet"
          size="small"
          title={pinned ? 'Pinned: Winnow will not delete it' : 'Winnow will not delete what is pinned'}
          onClick={() => onPin(asset, !pinned)}
        >
          <Pin aria-hidden className="size-3.5" />
          {pinned ? 'Unpin' : 'Pin'}
        </Button>
      )}
    </>
  );
}

/** Only where no key is needed: a new tab cannot send one. */
function OpenOriginal({ provider, asset }: { provider: AssetProvider; asset: Asset }) {
  const source = provider.previewSource(asset, 'full');
  if (source?.type !== 'url') return null;
  const original = asset.kind === 'image' || asset.preview?.isImage === false;
  return (
    <a
      href={source.url}
      target="_blank"
      rel="noreferrer noopener"
      className="ml-auto inline-flex h-7 items-center gap-1 rounded-sm pl-2 whitespace-nowrap text-accent underline-offset-2 hover:underline"
    >
      {original ? 'Open original' : 'Open preview'}
      <ExternalLink aria-hidden className="size-3.5" />
    </a>
  );
}
