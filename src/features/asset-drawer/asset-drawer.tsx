import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileX, TriangleAlert } from 'lucide-react';
import { useDeferredValue, useLayoutEffect, useRef } from 'react';

import type { Asset } from '@/domain/asset';
import { NotFoundError } from '@/domain/errors';
import { explainError } from '@/domain/explain-error';
import { shownName } from '@/lib/reveal';
import { LargePreview, PreviewSpace } from '@/previews/large-preview';
import { findListedAsset } from '@/queries/asset-cache';
import { assetQueries } from '@/queries/asset-queries';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

import { AssetFacts } from './asset-facts';
import { AssetTags } from './asset-tags';
import { DerivedItems } from './derived-items';
import { DrawerFrame } from './drawer-frame';
import { DrawerHeader } from './drawer-header';
import type { AssetDrawerProps } from './drawer-props';
import { DrawerSkeleton } from './drawer-skeleton';
import { MetadataTree } from './metadata-tree';
import { RoughyError, RoughyFacts } from './roughy-facts';

/** Everything about one asset. It opens at once with what the list knows, and the rest fills in. */
export default function AssetDrawer(props: AssetDrawerProps) {
  const { provider, assetId, busy, onClose } = props;
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const detail = useQuery({
    ...assetQueries.detail(provider, assetId),
    // Initial rather than placeholder data: tag changes rewrite it, and it stays when the detail cannot be read.
    initialData: () => findListedAsset(client, provider.connection.id, assetId),
    initialDataUpdatedAt: 0,
  });
  const gone = detail.error instanceof NotFoundError && detail.error.fromApi;
  const asset = gone ? undefined : detail.data;

  // A step made from inside the content takes that content away, and the focus with it.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, [assetId]);

  return (
    <DrawerFrame name={nameOf(asset, gone, detail.isError)} heading={heading} onClose={onClose}>
      {({ wrapHeading, close }) => (
        <>
          <DrawerHeader
            {...props}
            name={nameOf(asset, gone, detail.isError)}
            asset={asset ?? null}
            heading={heading}
            wrapHeading={wrapHeading}
            onClose={close}
          />
          {detail.isError && asset !== undefined && (
            <Banner
              tone="caution"
              role="status"
              actions={
                <Button size="small" aria-disabled={detail.isFetching} onClick={() => void detail.refetch()}>
                  Try again
                </Button>
              }
            >
              These may not be the latest details: {explainError(detail.error).title}
            </Banner>
          )}
          <div key={assetId} aria-busy={busy} className={busy ? SCROLLER_BUSY : SCROLLER}>
            {asset !== undefined ? (
              <Details
                {...props}
                asset={asset}
                onRenew={async () => (await detail.refetch({ cancelRefetch: false })).data}
              />
            ) : gone ? (
              <Notice
                role="alert"
                icon={<FileX />}
                title="This asset no longer exists"
                actions={<Button onClick={close}>Back to the list</Button>}
              >
                It was deleted, or the link is not right.
              </Notice>
            ) : detail.isError ? (
              <LoadingFailed
                error={detail.error}
                busy={detail.isFetching}
                onRetry={() => void detail.refetch()}
              />
            ) : (
              <DrawerSkeleton />
            )}
          </div>
        </>
      )}
    </DrawerFrame>
  );
}

const SCROLLER = 'min-h-0 flex-1 overflow-y-auto overscroll-contain';
const SCROLLER_BUSY = `${SCROLLER} opacity-50`;

function nameOf(asset: Asset | undefined, gone: boolean, failed: boolean): string {
  if (asset !== undefined) return shownName(asset.name);
  if (gone) return 'Asset not found';
  return failed ? 'Asset could not be loaded' : 'Loading asset…';
}

function Details({
  asset,
  onRenew,
  ...props
}: AssetDrawerProps & { asset: Asset; onRenew: () => Promise<Asset | undefined> }) {
  const { provider, busy, onRemoveTags } = props;
  // The picture, and what stands below the fold, are drawn a moment later, so that the facts are there at once.
  const complete = useDeferredValue(true, false);
  return (
    <>
      {complete ? <LargePreview provider={provider} asset={asset} onRenew={onRenew} /> : <PreviewSpace />}
      {asset.roughy !== null && <RoughyError details={asset.roughy} />}
      {asset.roughy !== null && <RoughyFacts details={asset.roughy} />}
      {(onRemoveTags !== null || asset.tags.length > 0) && (
        <AssetTags asset={asset} onRemove={onRemoveTags} busy={busy} />
      )}
      <AssetFacts
        asset={asset}
        provider={provider}
        onStep={props.onStep}
        hrefForMetadata={props.hrefForMetadata}
        onFilterMetadata={props.onFilterMetadata}
      />
      {complete && provider.listDerived !== undefined && (
        <DerivedItems provider={provider} assetId={asset.id} />
      )}
      {complete && <MetadataTree metadata={asset.metadata} />}
    </>
  );
}

function LoadingFailed({ error, busy, onRetry }: { error: unknown; busy: boolean; onRetry: () => void }) {
  const { title, hint, details } = explainError(error);
  return (
    <Notice
      role="alert"
      icon={<TriangleAlert />}
      title={title}
      actions={
        <Button aria-disabled={busy} onClick={onRetry}>
          {busy ? 'Trying again…' : 'Try again'}
        </Button>
      }
    >
      <p>{hint}</p>
      {details !== null && <p className="mt-2 text-xs">{details}</p>}
    </Notice>
  );
}
