import { formatBytes, formatCount, formatNumber, formatUpTo } from '@/lib/format';

/** How much some assets are together, as one clause: `12 assets, up to 4.2 GB, and 3 of unknown size`. */
export function sizeWords({
  count,
  bytes,
  unknownSizes,
}: {
  readonly count: number;
  readonly bytes: number;
  readonly unknownSizes: number;
}): string {
  const assets = formatCount(count, 'asset');
  if (count === 0) return assets;
  if (unknownSizes === count) return `${assets}, of unknown size`;
  const unknown = unknownSizes === 0 ? '' : `, and ${formatNumber(unknownSizes)} of unknown size`;
  return `${assets}, ${formatUpTo(bytes)}${unknown}`;
}

export const sizeOf = ({ sizeBytes }: { readonly sizeBytes: number | null }): string =>
  sizeBytes === null ? 'unknown size' : formatBytes(sizeBytes);
