import clsx from 'clsx';
import { FlagOff } from 'lucide-react';
import type { MouseEvent } from 'react';

import type { Kept } from '@/cleanup/kept-assets';
import { formatBytes, formatDay, formatExact } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { KIND_LABELS } from '@/previews/kind-icon';
import { Thumbnail } from '@/previews/thumbnail';
import type { AssetProvider } from '@/providers/provider';
import { Button } from '@/ui/button';
import { longName } from '@/ui/long-name';

export interface MarkedTableProps {
  readonly provider: AssetProvider;
  /** One page of them. */
  readonly shown: readonly Kept[];
  /** All pages together. */
  readonly total: number;
  /** Place of the first one among all, from 0. */
  readonly offset: number;
  /** @param index place on this page, from 0 */
  readonly onUnmark: (id: string, index: number) => void;
  readonly onOpen: (id: string) => void;
  readonly hrefFor: (id: string) => string;
}

const FROM_PHONE = 'max-sm:hidden';
const FROM_TABLET = 'max-md:hidden';
const CELL = 'px-2 py-1.5';

const HEADERS: readonly (readonly [label: string, className?: string])[] = [
  ['Preview'],
  ['Name', 'w-full'],
  ['Kind', FROM_TABLET],
  ['Size', `text-right ${FROM_PHONE}`],
  ['Created', FROM_TABLET],
  ['Marked', FROM_PHONE],
  ['Actions'],
];

export function MarkedTable({ shown, total, offset, ...rest }: MarkedTableProps) {
  return (
    <table aria-label="Marked assets" aria-rowcount={total + 1} className="w-full">
      <thead className="sticky top-0 z-10 bg-canvas text-left text-xs text-muted">
        <tr aria-rowindex={1}>
          {HEADERS.map(([label, className]) => (
            <th key={label} scope="col" className={clsx(CELL, 'font-medium', className)}>
              <span className={clsx((label === 'Preview' || label === 'Actions') && 'sr-only')}>{label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((kept, index) => (
          <MarkedRow key={kept.asset.id} kept={kept} index={index} position={offset + index + 2} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

function MarkedRow({
  kept: { asset, keptAt },
  index,
  position,
  provider,
  onUnmark,
  onOpen,
  hrefFor,
}: Omit<MarkedTableProps, 'shown' | 'total' | 'offset'> & { kept: Kept; index: number; position: number }) {
  /** A true link, so that it can be opened in a tab of its own. */
  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(asset.id);
  }

  return (
    <tr aria-rowindex={position} className="border-b border-line hover:bg-hover">
      <td className={clsx(CELL, 'pl-4 max-md:pl-2')}>
        <Thumbnail provider={provider} asset={asset} />
      </td>
      <td className={clsx(CELL, 'max-w-0')}>
        <a
          href={hrefFor(asset.id)}
          title={shownName(asset.name)}
          aria-label={shownName(asset.name)}
          onClick={open}
          className="block rounded-sm font-medium underline-offset-2 hover:underline"
        >
          {longName(asset.name)}
        </a>
      </td>
      <td className={clsx(CELL, 'whitespace-nowrap text-muted', FROM_TABLET)}>{KIND_LABELS[asset.kind]}</td>
      <td className={clsx(CELL, 'text-right whitespace-nowrap text-muted', FROM_PHONE)}>
        {asset.sizeBytes === null ? 'unknown' : formatBytes(asset.sizeBytes)}
      </td>
      <td className={clsx(CELL, 'whitespace-nowrap text-muted', FROM_TABLET)}>
        <Day instant={asset.createdAt} />
      </td>
      <td className={clsx(CELL, 'whitespace-nowrap text-muted', FROM_PHONE)}>
        <Day instant={new Date(keptAt).toISOString()} />
      </td>
      <td className={clsx(CELL, 'pr-4 text-right max-md:pr-2')}>
        <Button
          look="quiet"
          size="small"
          aria-label={`Unmark ${shownName(asset.name)}`}
          title="Unmark"
          data-unmark
          onClick={() => onUnmark(asset.id, index)}
        >
          <FlagOff aria-hidden className="size-3.5" />
          <span className="max-sm:sr-only">Unmark</span>
        </Button>
      </td>
    </tr>
  );
}

const Day = ({ instant }: { instant: string }) => (
  <time dateTime={instant} title={formatExact(instant)}>
    {formatDay(instant)}
  </time>
);
