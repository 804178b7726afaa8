import clsx from 'clsx';

import { formatBytes, formatNumber } from '@/lib/format';
import { KIND_LABELS } from '@/previews/kind-icon';
import type { Measure, TreemapBy, TreemapCell } from '@/library/treemap-cells';

import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';
import { useWidth } from '../parts/use-width';

import { KIND_FILLS } from './kind-colours';
import { layOut, type PlacedCell } from './treemap-layout';
import { useRoving } from './use-roving';
import { cellText, cellTitle } from './words';

const TREEMAP_HEIGHT = 320;
const LETTER = 6.8;
const LINE = 16;

/** Areas in proportion; each is a link to the table that shows it. Tab enters it once, arrows go on from there. */
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
  const [ref, width] = useWidth(640);
  const placed = layOut(cells, measure, width, TREEMAP_HEIGHT);
  const linked = placed.filter(({ cell }) => cell.filters !== null);
  const { onKeyDown, itemProps } = useRoving(linked.length);
  return (
    <div ref={ref} className="min-w-0">
      <svg
        role="group"
        aria-label="Treemap"
        width={width}
        height={TREEMAP_HEIGHT}
        onKeyDown={onKeyDown}
        className="block max-w-full"
      >
        {placed.map((each) => {
          const { cell } = each;
          const key = `${cell.kind} ${String(cell.others)} ${cell.value ?? ''}`;
          const drawn = <Cell placed={each} by={by} measure={measure} projectNames={projectNames} />;
          return cell.filters === null ? (
            <g key={key}>{drawn}</g>
          ) : (
            <a
              key={key}
              {...linkTo(links, cell.filters)}
              {...itemProps(linked.indexOf(each))}
              aria-label={cellTitle(cell, by, projectNames)}
              className="group outline-none"
            >
              {drawn}
            </a>
          );
        })}
      </svg>
    </div>
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
      <title>{cellTitle(cell, by, projectNames)}</title>
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
