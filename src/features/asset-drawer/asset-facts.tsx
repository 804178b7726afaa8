import { memo, type MouseEvent } from 'react';

import type { Asset } from '@/domain/asset';
import { protectionReason } from '@/domain/protection';
import { formatBytes, formatCount } from '@/lib/format';
import { KIND_LABELS } from '@/previews/kind-icon';
import { shownText } from '@/ui/shown-text';

import type { AssetDrawerProps } from './drawer-props';
import { DateFact, Fact, FACTS, TextFact } from './fact';
import { jobMatch } from './job-match';
import { Section } from './section';

/** Every field that this asset's provider has, whole and ready to be copied. */
export const AssetFacts = memo(function AssetFacts({ asset, ...props }: { asset: Asset } & FactsProps) {
  return (
    <Section title="Details">
      <dl className={FACTS}>
        <TextFact label="Name" text={asset.name} />
        <TextFact label="ID" text={asset.id} />
        <Fact label="Kind">{KIND_LABELS[asset.kind]}</Fact>
        <Fact label="Size" copy={asset.sizeBytes === null ? null : String(asset.sizeBytes)}>
          {asset.sizeBytes === null
            ? null
            : `${formatBytes(asset.sizeBytes)} (${formatCount(asset.sizeBytes, 'byte')})`}
        </Fact>
        <TextFact label="Type" text={asset.mimeType} />
        <DateFact label="Created" instant={asset.createdAt} />
        {/* Roughy has none of these for any asset. */}
        {asset.roughy === null && <ComfyFacts asset={asset} {...props} />}
        <Fact label="Protection">{protectionReason(asset) ?? 'None'}</Fact>
      </dl>
    </Section>
  );
});

type FactsProps = Pick<AssetDrawerProps, 'provider' | 'onStep' | 'hrefForMetadata' | 'onFilterMetadata'>;

function ComfyFacts({
  asset,
  provider,
  onStep,
  hrefForMetadata,
  onFilterMetadata,
}: { asset: Asset } & FactsProps) {
  const { jobId, previewAssetId } = asset;
  const match = jobMatch(asset, provider);
  return (
    <>
      <DateFact label="Updated" instant={asset.updatedAt} />
      <DateFact label="Last used" instant={asset.lastAccessedAt} />
      <TextFact label="Content hash" text={asset.contentHash} />
      <Fact label="Job" copy={jobId}>
        {jobId === null ? null : (
          <>
            <bdi>{shownText(jobId)}</bdi>
            {match !== null && (
              <a
                href={hrefForMetadata(match.key, match.value)}
                className={LINK}
                onClick={(event) => follow(event, () => onFilterMetadata(match.key, match.value))}
              >
                Other assets of this job
              </a>
            )}
          </>
        )}
      </Fact>
      {previewAssetId !== null && (
        <Fact label="Preview asset" copy={previewAssetId}>
          <>
            <bdi>{shownText(previewAssetId)}</bdi>
            <a
              href={hrefForAsset(previewAssetId)}
              className={LINK}
              onClick={(event) => follow(event, () => onStep(previewAssetId))}
            >
              Open the preview asset
            </a>
          </>
        </Fact>
      )}
    </>
  );
}

const LINK = 'flex min-h-6 w-fit items-center rounded-sm text-accent underline underline-offset-2';

/** A true link, for a tab of its own; a plain click stays on the page. */
function follow(event: MouseEvent, go: () => void) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go();
}

function hrefForAsset(id: string): string {
  const search = new URLSearchParams(window.location.search);
  search.set('asset', id);
  return `?${search.toString()}`;
}
