import type { MouseEvent } from 'react';

import type { LibraryFilters } from '@/domain/library-query';

import type { IndexViewProps } from './index-view-props';

/** What makes a link to the table with these filters. */
export const linkTo = (
  { hrefForFilters, onFilter }: Pick<IndexViewProps, 'hrefForFilters' | 'onFilter'>,
  filters: Partial<LibraryFilters>,
) => trueLink(hrefForFilters(filters), () => onFilter(filters));

/** A link that stays on the page, and a true one: so that it opens in a tab of its own as well. */
export const trueLink = (href: string, go: () => void) => ({
  href,
  onClick: (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go();
  },
});
