import type { ReactNode } from 'react';

const END = 14;
/** Letters that join, or that run the other way, are not torn apart. */
const PLAIN_END = new RegExp(`[ -~·]{${END}}$`);

/**
 * A name on one line. Where it does not fit it is cut before its end: many names begin alike, and what tells them
 * apart comes last. A function and not a component: tables have many.
 */
export function longName(name: string): ReactNode {
  if (name.length < 2 * END || !PLAIN_END.test(name)) return <bdi className="block truncate">{name}</bdi>;
  return (
    <bdi className="flex overflow-hidden">
      <span className="truncate whitespace-pre">{name.slice(0, -END)}</span>
      <span className="shrink-0 whitespace-pre">{name.slice(-END)}</span>
    </bdi>
  );
}
