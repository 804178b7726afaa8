import { formatExact, formatRelative } from '@/lib/format';
import { useNow } from '@/lib/use-now';

/** `3 minutes ago`, with the exact time on hover. @param at ms since 1970 */
export function When({ at }: { at: number }) {
  const now = useNow();
  const instant = new Date(at).toISOString();
  return (
    <time dateTime={instant} title={formatExact(instant)}>
      {/* The page's clock may be some seconds behind. */}
      {formatRelative(instant, Math.max(now, at))}
    </time>
  );
}
