import clsx from 'clsx';

import { formatBytes, formatNumber } from '@/lib/format';
import { KIND_LABELS } from '@/previews/kind-icon';
import type { Measure, TreemapBy, TreemapCell } from '@/library/treemap-cells';

import type { IndexViewProps } from '../parts/index-view-props';

import { KIND_FILLS } from './kind-colours';
import { CHART_HEIGHT, ChartLink, LinkedChart } from './linked-chart';
import { layOut, type PlacedCell } from './treemap-layout';
import { cellText, cellTitle } from './words';

const LETTER = 7.2;
const LINE = 16;

/** Areas in proportion; each is a link to the table that shows it. */
export function Treemap({
  cells,
  by,
  measure,
  projectNames,
  links,
}: {
  readonly cells: readonly TreemapCell[];
  readonly by: TreemapBy;
  readonly measure: Measure;
  readonly projectNames: ReadonlyMap<string, string>;
  readonly links: Pick<IndexViewProps, 'hrefForFilters' | 'onFilter'>;
}) {
  const count = cells.filter((cell) => cell.filters !== null && cell[measure] > 0).length;
  return (
    <LinkedChart label="Treemap" count={count}>
      {(width, itemProps) => {
        const all = layOut(cells, measure, width, CHART_HEIGHT);
        const linked = all.filter(({ cell }) => cell.filters !== null);
        return all.map((placed) => {
          const { cell } = placed;
          const key = `${cell.kind} ${String(cell.others)} ${cell.value ?? ''}`;
          const title = cellTitle(cell, by, projectNames);
          const drawn = <Cell placed={placed} by={by} measure={measure} projectNames={projectNames} />;
          return cell.filters === null ? (
            <g key={key}>
              <title>{title}</title>
              {drawn}
            </g>
          ) : (
            <ChartLink
              key={key}
              {...itemProps(linked.indexOf(placed))}
              links={links}
              filters={cell.filters}
              title={title}
            >
              {drawn}
            </ChartLink>
          );
        });
      }}
    </LinkedChart>
  );
}

function Cell({
  placed: { cell, rect, first },
  by,
  measure,
  projectNames,
}: {
  placed: PlacedCell;
  by: TreemapBy;
  measure: Measure;
  projectNames: ReadonlyMap<string, string>;
}) {
  const width = Math.max(0, rect.width - 2);
  const height = Math.max(0, rect.height - 2);
  const lines = [
    ...(first ? [KIND_LABELS[cell.kind]] : []),
    cellText(cell, by, projectNames),
    measure === 'bytes' ? formatBytes(cell.bytes) : formatNumber(cell.count),
  ];
  const room = Math.floor((width - 10) / LETTER);
  return (
    <svg x={rect.x + 1} y={rect.y + 1} width={width} height={height}>
      <rect
        width="100%"
        height="100%"
        className={clsx(
          KIND_FILLS[cell.kind],
          'stroke-transparent stroke-4 group-hover:stroke-edge group-focus-visible:stroke-focus',
        )}
      />
      {room >= 3 &&
        lines.slice(0, Math.floor((height - 4) / LINE)).map((line, index) => (
          <text
            key={`${index} ${line}`}
            x={6}
            y={LINE * (index + 1)}
            className={clsx('pointer-events-none fill-ink text-xs', first && index === 0 && 'font-semibold')}
          >
            {cut(line, room)}
          </text>
        ))}
    </svg>
  );
}

/** Whole characters, also where one is two units long. */
function cut(text: string, room: number): string {
  const characters = Array.from(text);
  return characters.length <= room ? text : `${characters.slice(0, room - 1).join('')}…`;
}
