import { formatBytes, formatNumber } from '@/lib/format';
import type { Totals } from '@/library/totals';

/** How much assets hold, in a table: what is unknown is counted, and on a phone stands below. */
export function Size({ count, bytes, unknownSizes }: Totals) {
  if (unknownSizes === 0) return formatBytes(bytes);
  if (unknownSizes === count) return 'unknown';
  return (
    <>
      {formatBytes(bytes)}{' '}
      <span className="text-muted max-sm:block">+ {formatNumber(unknownSizes)} unknown</span>
    </>
  );
}
