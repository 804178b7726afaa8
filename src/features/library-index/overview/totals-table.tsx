import type { ReactNode } from 'react';

import type { LibraryFilters } from '@/domain/library-query';
import { formatNumber } from '@/lib/format';
import type { Totals } from '@/library/totals';

import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';
import { formatMoney, usePrice } from '../parts/price';
import { Size } from '../parts/size';

export interface TotalsRow extends Totals {
  readonly key: string;
  readonly label: ReactNode;
  /** Null where no link can ask for just these. */
  readonly filters: Partial<LibraryFilters> | null;
}

/** How much of what there is: each row a link to the table that shows it. */
export function TotalsTable({
  caption,
  head,
  rows,
  links,
}: {
  readonly caption: string;
  /** Over the names of the rows. */
  readonly head: string;
  readonly rows: readonly TotalsRow[];
  readonly links: Pick<IndexViewProps, 'hrefForFilters' | 'onFilter'>;
}) {
  const [price] = usePrice();
  return (
    // Reached by Tab, so that it can be scrolled by keys.
    <div
      role="region"
      aria-label={caption}
      tabIndex={0}
      className="max-h-80 min-w-0 self-start overflow-auto rounded-md border border-line"
    >
      <table className="w-full border-separate border-spacing-0 text-left">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-canvas text-xs text-muted">
          <tr>
            <Head>{head}</Head>
            <Head number>Assets</Head>
            <Head number>Up to</Head>
            {price !== null && <Head number>A month, up to</Head>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, filters, count, bytes, unknownSizes }) => (
            <tr key={key} className="hover:bg-hover">
              <th scope="row" className="max-w-52 border-b border-line px-2 py-1 font-normal wrap-anywhere">
                {filters === null || count === 0 ? (
                  label
                ) : (
                  <a {...linkTo(links, filters)} className="text-accent underline-offset-2 hover:underline">
                    {label}
                  </a>
                )}
              </th>
              <Figure>{formatNumber(count)}</Figure>
              <Figure>
                <Size count={count} bytes={bytes} unknownSizes={unknownSizes} />
              </Figure>
              {price !== null && <Figure>{formatMoney(bytes, price)}</Figure>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Head = ({ number = false, children }: { number?: boolean; children: ReactNode }) => (
  <th scope="col" className={`border-b border-line px-2 py-1 font-medium ${number ? 'text-right' : ''}`}>
    {children}
  </th>
);

const Figure = ({ children }: { children: ReactNode }) => (
  <td className="border-b border-line px-2 py-1 text-right whitespace-nowrap">{children}</td>
);
