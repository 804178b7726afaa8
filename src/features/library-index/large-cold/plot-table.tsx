import { formatBytes, formatNumber } from '@/lib/format';
import { DAY_STOPS, SIZE_STOPS } from '@/library/cut-offs';
import type { SizeBin } from '@/library/store/size-plot';

/** Coarser than the plot: what a person can read. Each is a stop. */
const SIZES = [
  { from: 1e9, label: '1 GB or more' },
  { from: 1e8, label: '100 MB to 1 GB' },
  { from: 1e7, label: '10 to 100 MB' },
  { from: 1e6, label: '1 to 10 MB' },
  { from: 0, label: 'under 1 MB' },
];
const TIMES = [
  { from: 0, label: 'under a week' },
  { from: 7, label: '7 to 29 days' },
  { from: 30, label: '30 to 89 days' },
  { from: 90, label: '90 to 364 days' },
  { from: 365, label: 'a year or more' },
];

/** The plot as a table, and with it what has no place in the plot. */
export function PlotTable({ bins }: { readonly bins: readonly SizeBin[] }) {
  const unknown = bins.filter(({ size }) => size === null);
  const rows = [
    ...SIZES.map(({ from, label }, at) => ({
      label,
      bins: bins.filter(({ size }) => size !== null && isIn(SIZE_STOPS, size, from, SIZES[at - 1]?.from)),
    })),
    ...(unknown.length === 0 ? [] : [{ label: 'unknown size', bins: unknown }]),
  ];
  return (
    <div role="region" aria-label="Size against days without use" tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-separate border-spacing-0 rounded-md border border-line text-right">
        <caption className="sr-only">Assets by size and by days without use</caption>
        <thead className="text-xs text-muted">
          <tr>
            <td className="border-b border-line px-2 py-1" />
            {TIMES.map(({ label }) => (
              <th key={label} scope="col" className="border-b border-line px-2 py-1 font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row" className="px-2 py-1 text-left font-normal whitespace-nowrap">
                {row.label}
              </th>
              {TIMES.map(({ from, label }, at) => {
                const inside = row.bins.filter(({ days }) =>
                  isIn(DAY_STOPS, days, from, TIMES[at + 1]?.from),
                );
                const count = inside.reduce((sum, bin) => sum + bin.count, 0);
                const bytes = inside.reduce((sum, bin) => sum + bin.bytes, 0);
                return (
                  <td key={label} className="px-2 py-1 whitespace-nowrap">
                    {count === 0 ? '–' : formatNumber(count)}
                    {bytes > 0 && <span className="text-muted"> ({formatBytes(bytes)})</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isIn = (stops: readonly number[], at: number, from: number, to: number | undefined): boolean =>
  at >= stops.indexOf(from) && (to === undefined || at < stops.indexOf(to));
