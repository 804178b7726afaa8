import type { Asset } from '@/domain/asset';
import type { MetadataMatch } from '@/domain/asset-query';
import type { AssetProvider } from '@/providers/provider';

/**
 * The metadata pair that all assets of this one's job share, where the provider can filter by it. Only whole
 * top-level pairs can be filtered on, so a job id deeper down is of no use; null then.
 */
export function jobMatch(asset: Asset, provider: AssetProvider): MetadataMatch | null {
  const { jobId, metadata } = asset;
  if (jobId === null || !provider.filters.has('metadata')) return null;
  const pair = Object.entries(metadata).find(([, value]) => value === jobId);
  return pair === undefined ? null : { key: pair[0], value: jobId };
}
