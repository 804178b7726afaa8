import type { ReactElement } from 'react';

import { formatExact } from '@/lib/format';
import { CopyButton } from '@/ui/copy-button';
import { shownText } from '@/ui/shown-text';

export const FACTS = 'flex flex-col text-sm';

/** Not `ReactNode`: an accidental `false` would pass for something known and show nothing. */
type Known = string | ReactElement;

/** One line of a list of facts; null says that nobody knows. */
export function Fact({
  label,
  copy,
  children,
}: {
  label: string;
  copy?: string | null;
  children: Known | null;
}) {
  return (
    <div className="grid min-h-7 grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2">
      <dt className="py-1 text-muted">{label}</dt>
      <dd className="flex min-w-0 items-start gap-1 [&>button]:mt-0.5">
        <span className="min-w-0 flex-1 py-1 wrap-anywhere">
          {children ?? <span className="text-muted">Unknown</span>}
        </span>
        {copy != null && (
          <CopyButton
            label={`Copy ${label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`}
            text={copy}
          />
        )}
      </dd>
    </div>
  );
}

export function DateFact({ label, instant }: { label: string; instant: string | null }) {
  return (
    <Fact label={label} copy={instant}>
      {instant === null ? null : <time dateTime={instant}>{formatExact(instant)}</time>}
    </Fact>
  );
}

/** Text from a server, in its own direction. */
export function TextFact({ label, text }: { label: string; text: string | null }) {
  return (
    <Fact label={label} copy={text}>
      {text === null ? null : <bdi>{shownText(text)}</bdi>}
    </Fact>
  );
}
