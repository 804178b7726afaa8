import { formatBytes, formatNumber } from '@/lib/format';
import type { SizeCurve } from '@/library/store/size-plot';

import { percentText, shareSentence } from './share-words';

/** Where the curve is known; between these it is drawn straight. */
export const PERCENTS = [1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100];
const IN_TABLE: ReadonlySet<number> = new Set([1, 5, 10, 20, 50]);
const SIDE = 200;
const LEFT = 44;
const BOTTOM = 36;

/** How much the largest assets hold together: as a sentence, a line, and a table. */
export function Curve({ curve }: { readonly curve: SizeCurve }) {
  const [first] = curve.shares;
  if (first === undefined || curve.bytes === 0) {
    return <p className="text-muted">No size is known that would make a difference.</p>;
  }
  const x = (percent: number) => LEFT + (percent / 100) * SIDE;
  const y = (bytes: number) => 8 + SIDE * (1 - bytes / curve.bytes);
  const line = curve.shares.map(({ percent, bytes }) => `L${x(percent)} ${y(bytes)}`).join('');
  return (
    <div className="flex flex-col gap-3">
      <p>
        <strong className="font-semibold">{shareSentence(first, curve)}</strong>
      </p>
      <div className="flex flex-wrap items-start gap-x-8 gap-y-4">
        <svg
          role="img"
          aria-label={`Curve: ${shareSentence(first, curve)} The table beside it says more.`}
          width={LEFT + SIDE + 12}
          height={SIDE + BOTTOM + 8}
          className="block shrink-0"
        >
          {[0, 50, 100].map((percent) => (
            <g key={percent}>
              <line
                x1={LEFT}
                x2={LEFT + SIDE}
                y1={8 + SIDE * (1 - percent / 100)}
                y2={8 + SIDE * (1 - percent / 100)}
                className="stroke-line"
              />
              <text
                x={LEFT - 6}
                y={12 + SIDE * (1 - percent / 100)}
                textAnchor="end"
                className="fill-muted text-xs"
              >
                {percent} %
              </text>
              <text x={x(percent)} y={SIDE + 24} textAnchor="middle" className="fill-muted text-xs">
                {percent}
              </text>
            </g>
          ))}
          <text x={LEFT + SIDE / 2} y={SIDE + 40} textAnchor="middle" className="fill-muted text-xs">
            the largest % of assets
          </text>
          <path d={`M${x(0)} ${y(0)}${line}`} className="fill-none stroke-accent stroke-2" />
          {curve.shares.map(
            ({ percent, bytes }) =>
              IN_TABLE.has(percent) && (
                <circle key={percent} cx={x(percent)} cy={y(bytes)} r={3} className="fill-accent" />
              ),
          )}
        </svg>
        <table className="border-separate border-spacing-0 rounded-md border border-line text-right">
          <caption className="sr-only">What the largest assets hold together</caption>
          <thead className="text-xs text-muted">
            <tr>
              {['The largest', 'Assets', 'Up to', 'Of all bytes'].map((head) => (
                <th key={head} scope="col" className="border-b border-line px-2 py-1 font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {curve.shares.map(
              ({ percent, count, bytes }) =>
                IN_TABLE.has(percent) && (
                  <tr key={percent}>
                    <th scope="row" className="px-2 py-1 font-normal">
                      {percent} %
                    </th>
                    <td className="px-2 py-1">{formatNumber(count)}</td>
                    <td className="px-2 py-1">{formatBytes(bytes)}</td>
                    <td className="px-2 py-1">{percentText(bytes, curve.bytes)}</td>
                  </tr>
                ),
            )}
          </tbody>
        </table>
      </div>
      {curve.unknownSizes > 0 && (
        <p className="text-muted">{formatNumber(curve.unknownSizes)} of unknown size are not in it.</p>
      )}
    </div>
  );
}
