import { formatExact, formatRelative } from '@/lib/format';
import { useNow } from '@/lib/use-now';

/** A moment that passed, as long ago as it is: never in the future, though the clock of the page ticks seldom. */
export function Ago({ at }: { at: number }) {
  const now = useNow();
  const instant = new Date(at).toISOString();
  return (
    <time dateTime={instant} title={formatExact(instant)}>
      {formatRelative(instant, Math.max(now, at))}
    </time>
  );
}
