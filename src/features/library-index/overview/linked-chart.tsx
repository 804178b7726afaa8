import type { ReactNode } from 'react';

import type { LibraryFilters } from '@/domain/library-query';

import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';
import { useWidth } from '../parts/use-width';

import { useRoving } from './use-roving';

/** In pixels: as high as the table beside a chart may grow. */
export const CHART_HEIGHT = 320;

type ItemProps = ReturnType<ReturnType<typeof useRoving>['itemProps']>;

/** A picture made of links, as wide as its place. Tab enters it once, arrows go from link to link. */
export function LinkedChart({
  label,
  count,
  children,
}: {
  label: string;
  /** Of the links. */
  count: number;
  children: (width: number, itemProps: (index: number) => ItemProps) => ReactNode;
}) {
  const [ref, width] = useWidth(640);
  const { onKeyDown, itemProps } = useRoving(count);
  return (
    <div ref={ref} className="min-w-0">
      <svg
        role="group"
        aria-label={label}
        width={width}
        height={CHART_HEIGHT}
        onKeyDown={onKeyDown}
        className="block max-w-full"
      >
        {children(width, itemProps)}
      </svg>
    </div>
  );
}

/** A part of the picture that leads to the table of what it stands for. */
export function ChartLink({
  links,
  filters,
  title,
  children,
  ...item
}: ItemProps & {
  links: Pick<IndexViewProps, 'hrefForFilters' | 'onFilter'>;
  filters: Partial<LibraryFilters>;
  /** What it says, for ears and on pointing. */
  title: string;
  children: ReactNode;
}) {
  return (
    <a {...linkTo(links, filters)} {...item} aria-label={title} className="group outline-none">
      <title>{title}</title>
      {children}
    </a>
  );
}
