import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useState, type ReactNode, type RefObject } from 'react';

/**
 * Only the rows in view, and the one that has the focus, stand in the table; gaps between them are
 * empty rows of the right height. Loaded for pages of more than 100 rows.
 */
export default function VirtualRows({
  count,
  rowHeight,
  scroller,
  renderRow,
}: {
  count: number;
  rowHeight: number;
  scroller: RefObject<HTMLElement | null>;
  renderRow: (index: number) => ReactNode;
}) {
  const [focused, setFocused] = useState<number | null>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    initialRect: { width: 0, height: window.innerHeight },
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (focused === null || focused >= count || indexes.includes(focused)) return indexes;
      return [...indexes, focused].sort((a, b) => a - b);
    },
  });

  const parts: ReactNode[] = [];
  let next = 0;
  for (const { index } of virtualizer.getVirtualItems()) {
    if (index > next) parts.push(<Gap key={`gap-${next}`} height={(index - next) * rowHeight} />);
    parts.push(renderRow(index));
    next = index + 1;
  }
  if (next < count) parts.push(<Gap key="gap-end" height={(count - next) * rowHeight} />);

  return (
    <tbody
      role="rowgroup"
      className="block"
      onFocus={(event) => setFocused(rowIndexOf(event.target))}
      onBlur={() => setFocused(null)}
    >
      {parts}
    </tbody>
  );
}

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden className="block">
      <td style={{ height }} className="block" />
    </tr>
  );
}

function rowIndexOf(element: Element): number | null {
  const row = element.closest<HTMLElement>('[data-row]');
  return row === null ? null : Number(row.dataset['row']);
}
