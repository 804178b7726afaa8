import clsx from 'clsx';
import { useRef, type PointerEvent } from 'react';

import { formatBytes, formatCount } from '@/lib/format';
import { DAY_STOPS, SIZE_STOPS } from '@/library/cut-offs';
import type { SizeBin } from '@/library/store/size-plot';

import { useWidth } from '../parts/use-width';

import { isBeyond, type CutOff } from './cut-off';

const HEIGHT = 320;
const LEFT = 64;
const TOP = 8;
const BOTTOM = 40;
/** Always so many rows, or a library of one size would be drawn as one stripe. */
const FEWEST_ROWS = 12;

const DAY_TICKS: ReadonlyMap<number, string> = new Map([
  [1, '1 day'],
  [7, '1 week'],
  [30, '1 month'],
  [90, '3 months'],
  [365, '1 year'],
  [1_095, '3 years'],
]);

/**
 * Size against time without use, as darker areas where there is more. Pointing into it moves the corner of the cut-off;
 * the two sliders beside it do the same by keyboard.
 */
export function DensityPlot({
  bins,
  cutOff,
  onCutOff,
}: {
  readonly bins: readonly SizeBin[];
  readonly cutOff: CutOff;
  readonly onCutOff: (cutOff: CutOff) => void;
}) {
  const [ref, width] = useWidth(640);
  const dragging = useRef(false);
  const known = bins.flatMap((bin) => (bin.size === null ? [] : [{ ...bin, size: bin.size }]));
  const { lowest, rows } = rowsOf(known.map(({ size }) => size));
  const columnWidth = (width - LEFT) / DAY_STOPS.length;
  const rowHeight = (HEIGHT - TOP - BOTTOM) / rows;
  const most = Math.max(1, ...known.map(({ count }) => count));
  const x = (days: number) => LEFT + days * columnWidth;
  /** Of the lower edge of a row. */
  const y = (size: number) => HEIGHT - BOTTOM - (size - lowest) * rowHeight;

  function moveTo(event: PointerEvent<SVGSVGElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const days = Math.floor((event.clientX - box.left - LEFT) / columnWidth);
    const row = Math.floor((HEIGHT - BOTTOM - (event.clientY - box.top)) / rowHeight);
    const next = {
      days: clamp(days, DAY_STOPS.length - 1),
      size: clamp(row + lowest, SIZE_STOPS.length - 1),
    };
    if (next.days !== cutOff.days || next.size !== cutOff.size) onCutOff(next);
  }

  const corner = { x: x(cutOff.days), y: Math.min(HEIGHT - BOTTOM, Math.max(TOP, y(cutOff.size))) };
  return (
    <div ref={ref} className="min-w-0">
      <svg
        role="img"
        aria-label="Size against days without use. The table below says the same."
        width={width}
        height={HEIGHT}
        className="block max-w-full cursor-crosshair touch-pan-y select-none"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          dragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          moveTo(event);
        }}
        onPointerMove={(event) => {
          if (dragging.current) moveTo(event);
        }}
        onPointerUp={() => (dragging.current = false)}
        onPointerCancel={() => (dragging.current = false)}
      >
        <rect
          x={corner.x}
          y={TOP}
          width={Math.max(0, width - corner.x)}
          height={corner.y - TOP}
          className="fill-accent-soft"
        />
        <SizeAxis lowest={lowest} rows={rows} y={y} width={width} />
        {DAY_STOPS.map((days, at) =>
          DAY_TICKS.has(days) ? (
            <g key={days}>
              <line x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM + 4} className="stroke-line" />
              {(columnWidth > 17 || at % 5 === 0 || days === 90) && (
                <text x={x(at)} y={HEIGHT - BOTTOM + 18} textAnchor="middle" className="fill-muted text-xs">
                  {DAY_TICKS.get(days)}
                </text>
              )}
            </g>
          ) : null,
        )}
        <text x={width} y={HEIGHT - 4} textAnchor="end" className="fill-muted text-xs">
          not used for →
        </text>
        {known.map((bin) => (
          <rect
            key={`${bin.days} ${bin.size}`}
            x={x(bin.days) + 0.5}
            y={y(bin.size + 1) + 0.5}
            width={Math.max(1, columnWidth - 1)}
            height={Math.max(1, rowHeight - 1)}
            // By magnitude: one asset is still seen beside ten thousand.
            fillOpacity={0.35 + (0.65 * Math.log1p(bin.count)) / Math.log1p(most)}
            className={isBeyond(bin, cutOff) ? 'fill-accent' : 'fill-edge'}
          >
            <title>{binText(bin)}</title>
          </rect>
        ))}
        <path
          d={`M${corner.x} ${TOP}V${corner.y}H${width}`}
          className={clsx('fill-none stroke-accent stroke-2')}
        />
        <circle cx={corner.x} cy={corner.y} r={6} className="fill-accent stroke-surface stroke-2" />
      </svg>
    </div>
  );
}

/** Powers of ten, and among them no more than can be read. */
function SizeAxis({
  lowest,
  rows,
  y,
  width,
}: {
  lowest: number;
  rows: number;
  y: (size: number) => number;
  width: number;
}) {
  const decades = SIZE_STOPS.map((bytes, at) => ({ bytes, at })).filter(
    ({ bytes, at }) =>
      at >= lowest && at <= lowest + rows && bytes > 0 && Number.isInteger(Math.log10(bytes)),
  );
  return decades.map(({ bytes, at }) => (
    <g key={bytes}>
      <line x1={LEFT} x2={width} y1={y(at)} y2={y(at)} className="stroke-line" />
      <text x={LEFT - 8} y={y(at) + 4} textAnchor="end" className="fill-muted text-xs">
        {formatBytes(bytes)}
      </text>
    </g>
  ));
}

/** Only the sizes that occur. */
function rowsOf(sizes: readonly number[]): { readonly lowest: number; readonly rows: number } {
  const highest = Math.min(SIZE_STOPS.length - 1, Math.max(...sizes, 0) + 1);
  const lowest = Math.max(0, Math.min(Math.min(...sizes, highest) - 1, highest - FEWEST_ROWS));
  return { lowest, rows: highest - lowest + 1 };
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

function binText({ days, size, count, bytes }: SizeBin & { readonly size: number }): string {
  const until = DAY_STOPS[days + 1];
  const larger = SIZE_STOPS[size + 1];
  const time =
    until === undefined ? `${DAY_STOPS[days] ?? 0} days or more` : `under ${formatCount(until, 'day')}`;
  const scale =
    larger === undefined ? `${formatBytes(SIZE_STOPS[size] ?? 0)} or more` : `under ${formatBytes(larger)}`;
  return `${formatCount(count, 'asset')}, up to ${formatBytes(bytes)}: ${scale} each, not used for ${time}`;
}
