import type { ReactNode } from 'react';

import { shownName } from '@/lib/reveal';

import { hasHidden, markedText } from './shown-text';

const END = 14;
/** Letters that join, or that run the other way, are not torn apart. */
const PLAIN_END = new RegExp(`[ -~·]{${END}}$`);

/**
 * A name on one line. Where it does not fit it is cut before its end: many names begin alike, and what tells them
 * apart comes last. A function and not a component: tables have many.
 */
export function longName(name: string): ReactNode {
  const shown = shownName(name);
  if (shown.length < 2 * END || !PLAIN_END.test(shown) || hasHidden(shown)) {
    return <bdi className="block truncate">{markedText(shown)}</bdi>;
  }
  return (
    <bdi className="flex overflow-hidden">
      <span className="truncate whitespace-pre">{shown.slice(0, -END)}</span>
      <span className="shrink-0 whitespace-pre">{shown.slice(-END)}</span>
    </bdi>
  );
}
