import clsx from 'clsx';

import { formatNumber } from '@/lib/format';
import type { View } from '@/search/parsers';
import type { AssetSearch } from '@/search/use-asset-search';

const VIEWS: readonly { readonly view: View | null; readonly label: string }[] = [
  { view: null, label: 'Library' },
  { view: 'marked', label: 'Marked' },
  { view: 'jobs', label: 'Jobs' },
  { view: 'connections', label: 'Connections' },
];

/** The ways to look at what there is: true links, so that each opens in a tab of its own as well. */
export function ViewNav({
  search,
  shown,
  marked,
}: {
  search: AssetSearch;
  /** What is on screen, whatever the URL asks for. */
  shown: View | null;
  marked: number;
}) {
  return (
    <nav
      aria-label="Views"
      className="flex h-9 shrink-0 gap-1 border-b border-line bg-surface px-4 max-md:px-2"
    >
      {VIEWS.map(({ view, label }) => (
        <a
          key={label}
          href={search.hrefForView(view)}
          aria-current={shown === view ? 'page' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            search.goToView(view);
          }}
          className={clsx(
            'flex items-center gap-1.5 border-b-2 px-2 font-medium hover:text-ink',
            shown === view ? 'border-accent text-ink' : 'border-transparent text-muted',
          )}
        >
          {label}
          {view === 'marked' && marked > 0 && (
            <span className="rounded-full bg-sunken px-1.5 text-xs">{formatNumber(marked)}</span>
          )}
        </a>
      ))}
    </nav>
  );
}
