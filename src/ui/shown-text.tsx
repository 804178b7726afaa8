import type { ReactNode } from 'react';

import { shownName } from '@/lib/reveal';

const WRITTEN_OUT = /(\[U\+[\dA-F]{4,6}\])/;

/** Whether a text already passed through `reveal` had anything hidden in it. */
export const hasHidden = (shown: string): boolean => WRITTEN_OUT.test(shown);

/** Text already passed through `reveal`, with what was hidden in it standing out. */
export const markedText = (shown: string): ReactNode =>
  hasHidden(shown)
    ? shown.split(WRITTEN_OUT).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <span
            key={index}
            title="An invisible character, written out by Winnow"
            className="mx-px rounded bg-caution-soft px-0.5 font-mono text-xs text-caution"
          >
            {part}
          </span>
        ),
      )
    : shown;

/** A name, tag or id from a server. A function and not a component: tables have many. */
export const shownText = (name: string): ReactNode => markedText(shownName(name));
