import { formatExact } from '@/lib/format';
import { useNow } from '@/lib/use-now';

import { agoWords } from './index-words';

/** A moment that passed, as long ago as it is. */
export function Ago({ at }: { at: number }) {
  const now = useNow();
  const instant = new Date(at).toISOString();
  return (
    <time dateTime={instant} title={formatExact(instant)}>
      {agoWords(at, now)}
    </time>
  );
}
