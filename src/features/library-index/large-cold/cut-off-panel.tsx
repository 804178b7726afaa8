import { useId, useState } from 'react';

import type { AssetKind } from '@/domain/asset';
import { formatCount, formatNumber } from '@/lib/format';
import { DAY_STOPS, SIZE_STOPS } from '@/library/cut-offs';
import type { SizeBin } from '@/library/store/size-plot';
import { Button } from '@/ui/button';

import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';
import { formatCost, usePrice } from '../parts/price';
import { sizeWords } from '../parts/size-words';
import { useGather } from '../parts/use-gather';

import { beyond, cutOffFilters, dayStopText, sizeStopText, type CutOff } from './cut-off';

/** As many at a time as the worker hands over within one frame or two. */
const CHUNK = 2_000;

/** How large and how long unused: what that makes, and what can be done with it. */
export function CutOffPanel({
  bins,
  kind,
  now,
  cutOff,
  stale,
  onCutOff,
  index,
  onTick,
  ...links
}: Pick<IndexViewProps, 'index' | 'onTick' | 'hrefForFilters' | 'onFilter'> & {
  readonly bins: readonly SizeBin[];
  readonly kind: AssetKind | null;
  /** When the bins were counted from. */
  readonly now: number;
  readonly cutOff: CutOff;
  /** The bins are still those of another kind. */
  readonly stale: boolean;
  readonly onCutOff: (cutOff: CutOff) => void;
}) {
  const [price] = usePrice();
  const { busy, gather } = useGather();
  const [selected, setSelected] = useState<string | null>(null);
  const totals = beyond(bins, cutOff);
  const selectable = totals.count - totals.protectedCount;
  // Nothing is ticked that is not what the button says.
  const cannotSelect = busy || stale || selectable === 0;
  const filters = cutOffFilters(kind, cutOff);

  async function select() {
    if (cannotSelect) return;
    await gather<number>(
      (after, options) => index.store.call('matching', { filters, now, after, limit: CHUNK }, options),
      (assets) => {
        onTick(assets, true);
        setSelected(
          `${formatCount(assets.filter(({ protection }) => protection === null).length, 'asset')} selected.`,
        );
      },
    );
  }

  function change(next: CutOff) {
    setSelected(null);
    onCutOff(next);
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Slider
          label="At least this large"
          value={cutOff.size}
          last={SIZE_STOPS.length - 1}
          text={sizeStopText(cutOff.size)}
          onChange={(size) => change({ ...cutOff, size })}
        />
        <Slider
          label="Not used for"
          value={cutOff.days}
          last={DAY_STOPS.length - 1}
          text={dayStopText(cutOff.days)}
          onChange={(days) => change({ ...cutOff, days })}
        />
      </div>
      <div>
        <p role="status">
          <strong className="font-semibold">{sizeWords(totals)}.</strong>
          {price !== null && totals.count > 0 && ` At your price that is ${formatCost(totals.bytes, price)}.`}
          {selected !== null && ` ${selected}`}
        </p>
        {totals.neverUsed > 0 && (
          <p className="text-muted">
            Of {formatNumber(totals.neverUsed)} of them the last use is not known: their days count from
            creation.
          </p>
        )}
        {totals.protectedCount > 0 && (
          <p className="text-muted">
            {formatNumber(totals.protectedCount)} of them {totals.protectedCount === 1 ? 'is' : 'are'}{' '}
            immutable or public, and will not be selected.
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" aria-disabled={cannotSelect} onClick={() => void select()}>
          {busy ? 'Selecting…' : `Select these ${formatNumber(selectable)}`}
        </Button>
        <a {...linkTo(links, filters)} className="text-accent underline underline-offset-2">
          Show them in the table
        </a>
      </div>
    </div>
  );
}

function Slider({
  label,
  value,
  last,
  text,
  onChange,
}: {
  label: string;
  value: number;
  last: number;
  text: string;
  onChange: (value: number) => void;
}) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex justify-between gap-2">
        <label htmlFor={id} className="text-xs font-medium text-muted">
          {label}
        </label>
        <span aria-hidden>{text}</span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={last}
        step={1}
        value={value}
        aria-valuetext={text}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-6 w-full cursor-pointer accent-accent"
      />
    </div>
  );
}
