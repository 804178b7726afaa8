import { formatBytes, formatNumber } from '@/lib/format';
import type { Measure } from '@/library/treemap-cells';

import type { IndexViewProps } from '../parts/index-view-props';
import { niceCeiling } from '../parts/nice-ceiling';
import { sizeWords } from '../parts/size-words';

import { CHART_HEIGHT, ChartLink, LinkedChart } from './linked-chart';
import type { Period } from './periods';
import { periodText } from './words';

const LEFT = 64;
const TOP = 12;
const BOTTOM = 24;
const LABEL_WIDTH = 72;
const WIDEST_BAR = 64;

/** When what is there was made: a bar for each period, each a link. */
export function MonthChart({
  periods,
  measure,
  links,
}: {
  readonly periods: readonly Period[];
  readonly measure: Measure;
  readonly links: Pick<IndexViewProps, 'hrefForFilters' | 'onFilter'>;
}) {
  const top = niceCeiling(Math.max(...periods.map((period) => period[measure])));
  const plot = CHART_HEIGHT - TOP - BOTTOM;
  return (
    <LinkedChart label="Chart of months" count={periods.length}>
      {(width, itemProps) => {
        const step = (width - LEFT) / Math.max(1, periods.length);
        const bar = Math.min(step * 0.7, WIDEST_BAR);
        return (
          <>
            <Axes periods={periods} measure={measure} top={top} width={width} step={step} />
            {periods.map((period, index) => {
              const height = top === 0 ? 0 : (period[measure] / top) * plot;
              const seen = Math.max(height, period[measure] > 0 ? 1 : 0);
              const x = LEFT + step * index;
              return (
                <ChartLink
                  key={period.key}
                  {...itemProps(index)}
                  links={links}
                  filters={period.filters}
                  title={`${periodText(period.key)}: ${sizeWords(period)}`}
                >
                  {/* As high as the chart, so that small ones can be pointed at. */}
                  <rect
                    x={x}
                    y={TOP}
                    width={step}
                    height={plot}
                    className="fill-transparent group-hover:fill-hover group-focus-visible:stroke-focus group-focus-visible:stroke-2"
                  />
                  <rect
                    x={x + (step - bar) / 2}
                    y={TOP + plot - seen}
                    width={bar}
                    height={seen}
                    className="fill-accent"
                  />
                </ChartLink>
              );
            })}
          </>
        );
      }}
    </LinkedChart>
  );
}

function Axes({
  periods,
  measure,
  top,
  width,
  step,
}: {
  periods: readonly Period[];
  measure: Measure;
  /** What the upper edge stands for. */
  top: number;
  width: number;
  /** How wide the place of a bar is. */
  step: number;
}) {
  const format = measure === 'bytes' ? formatBytes : formatNumber;
  return (
    <g aria-hidden>
      {[0, 0.5, 1].map((part) => {
        const y = TOP + (CHART_HEIGHT - TOP - BOTTOM) * (1 - part);
        return (
          <g key={part}>
            <line x1={LEFT} x2={width} y1={y} y2={y} className="stroke-line" />
            <text x={LEFT - 8} y={y + 4} textAnchor="end" className="fill-muted text-xs">
              {format(top * part)}
            </text>
          </g>
        );
      })}
      {namedBars(periods.length, step, width).map(({ index, x }) => (
        <text key={index} x={x} y={CHART_HEIGHT - 6} textAnchor="middle" className="fill-muted text-xs">
          {periodText(periods[index]?.key ?? '')}
        </text>
      ))}
    </g>
  );
}

/** The newest bar, and as many before it as can be named without running into one another. */
function namedBars(count: number, step: number, width: number) {
  const named: { readonly index: number; readonly x: number }[] = [];
  let room = width;
  for (let index = count - 1; index >= 0; index -= 1) {
    const x = Math.min(LEFT + step * (index + 0.5), width - LABEL_WIDTH / 2);
    if (x + LABEL_WIDTH / 2 > room) continue;
    named.push({ index, x });
    room = x - LABEL_WIDTH / 2;
  }
  return named;
}
