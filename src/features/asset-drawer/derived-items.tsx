import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { explainError } from '@/domain/explain-error';
import { formatBytes, formatCount, formatDay, formatExact, formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import type { AssetProvider, DerivedItem } from '@/providers/provider';
import { derivedQueries } from '@/queries/derived-queries';
import { Button } from '@/ui/button';
import { shownText } from '@/ui/shown-text';

import { Section } from './section';

/** What hangs on this asset and would be deleted with it. */
export function DerivedItems({ provider, assetId }: { provider: AssetProvider; assetId: string }) {
  const derived = useQuery(derivedQueries.of(provider, [assetId]));
  const items = derived.data?.get(assetId);
  return (
    <Section title="Goes with this asset">
      {items === undefined && derived.isError ? (
        <ReadingFailed
          error={derived.error}
          busy={derived.isFetching}
          onRetry={() => void derived.refetch()}
        />
      ) : items === undefined ? (
        <p role="status" className="text-muted">
          Reading cuts and renders…
        </p>
      ) : items.cuts.length + items.renders.length === 0 ? (
        <p className="text-muted">No cuts or renders have been made from it.</p>
      ) : (
        <div className="flex flex-col gap-3">
          <ItemList title={summaryOf('cut', items.cuts)} fallback="Cut" items={items.cuts} />
          {items.subtitlesAtMost > 0 && (
            <p className="text-muted">Subtitles of these cuts: up to {formatNumber(items.subtitlesAtMost)}</p>
          )}
          <ItemList title={summaryOf('render', items.renders)} fallback="Render" items={items.renders} />
        </div>
      )}
    </Section>
  );
}

/** `3 renders · 1.2 GB, 1 of unknown size`; cuts have no sizes at all. */
function summaryOf(what: 'cut' | 'render', items: readonly DerivedItem[]): string {
  const count = formatCount(items.length, what);
  if (what === 'cut' || items.length === 0) return count;
  const known = items.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  const unknown = items.length - known.length;
  if (known.length === 0) return `${count} of unknown size`;
  const bytes = formatBytes(known.reduce((sum, size) => sum + size, 0));
  return `${count} · ${bytes}${unknown > 0 ? `, ${formatNumber(unknown)} of unknown size` : ''}`;
}

const SHOWN = 50;

function ItemList({
  title,
  fallback,
  items,
}: {
  title: string;
  fallback: string;
  items: readonly DerivedItem[];
}) {
  const [shown, setShown] = useState(SHOWN);
  if (items.length === 0) return null;
  return (
    <div>
      <h4 className="py-0.5 font-medium">{title}</h4>
      <ul>
        {items.slice(0, shown).map((item) => (
          <li
            key={item.id}
            title={shownName(item.id)}
            className="flex min-h-7 items-center justify-between gap-3"
          >
            <span className="min-w-0 flex-1 wrap-anywhere">
              <bdi>{item.label === '' ? fallback : shownText(item.label)}</bdi>
              <span className="text-muted">
                {' · '}
                {shownText(stateLabel(item.state))}
                {' · '}
                <time dateTime={item.createdAt} title={formatExact(item.createdAt)}>
                  {formatDay(item.createdAt)}
                </time>
              </span>
            </span>
            {fallback === 'Render' && (
              <span className="text-muted">
                {item.sizeBytes === null ? 'Unknown size' : formatBytes(item.sizeBytes)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {items.length > shown && (
        <Button
          look="quiet"
          size="small"
          className="-ml-2 text-accent"
          onClick={() => setShown(shown + SHOWN)}
        >
          {formatNumber(items.length - shown)} more…
        </Button>
      )}
    </div>
  );
}

const stateLabel = (state: string): string =>
  state.charAt(0).toUpperCase() + state.slice(1).replaceAll('_', ' ');

function ReadingFailed({ error, busy, onRetry }: { error: unknown; busy: boolean; onRetry: () => void }) {
  const { title, hint } = explainError(error);
  return (
    <div role="alert" className="flex flex-col items-start gap-2">
      <p className="text-danger">
        Cuts and renders could not be read. {title}. {hint}
      </p>
      <Button size="small" aria-disabled={busy} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
