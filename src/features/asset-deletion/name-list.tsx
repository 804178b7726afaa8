import { useState, type ReactNode } from 'react';

import { formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { longName } from '@/ui/long-name';

/** More names than anybody reads would only make the page slow; the saved list has them all. */
const MOST = 500;

/** Names behind a summary, in the document only once they are asked for. */
export function NameList({
  summary,
  label,
  assets,
  children,
}: {
  summary: string;
  /** What the list is called. */
  label: string;
  assets: readonly { readonly id: string; readonly name: string }[];
  /** Above the names. */
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="rounded-md bg-sunken px-3 py-2"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{summary}</summary>
      {open && (
        <>
          {children}
          <ul className="mt-1 max-h-48 overflow-y-auto" tabIndex={0} aria-label={label}>
            {assets.slice(0, MOST).map(({ id, name }) => (
              <li key={id} title={shownName(name)}>
                {longName(name)}
              </li>
            ))}
          </ul>
          {assets.length > MOST && (
            <p className="text-muted">and {formatNumber(assets.length - MOST)} more</p>
          )}
        </>
      )}
    </details>
  );
}
