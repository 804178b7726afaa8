import { useRef, useState } from 'react';

import type { IndexViewProps } from '../parts/index-view-props';
import { readNumber } from '../parts/number-field';

import { PickedTags } from './picked-tags';
import { FIRST_CHOICE, TagControls } from './tag-controls';
import { SpellingList, TagList } from './tag-lists';

const NONE: ReadonlySet<string> = new Set();

/** Every tag with what it is on, the rare, the similar and the unused ones, and the way to take them off. */
export default function TagsView({ index, onRemoveTags, hrefForFilters, onFilter }: IndexViewProps) {
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const [page, setPage] = useState(1);
  const [picked, setPicked] = useState(NONE);
  const [now] = useState(() => Date.now());
  const heading = useRef<HTMLHeadingElement>(null);
  const { set } = choice;

  function pick(names: readonly string[], on: boolean) {
    const next = new Set(picked);
    for (const name of names) {
      if (on) next.add(name);
      else next.delete(name);
    }
    setPicked(next);
  }

  function clear() {
    heading.current?.focus(); // the button goes away with what was picked
    setPicked(NONE);
  }

  const list = {
    index,
    filters: {
      text: choice.text,
      atMost: set === 'rare' ? readNumber(choice.atMost) : null,
      unusedDays: set === 'unused' ? readNumber(choice.unusedDays) : null,
      now,
    },
    page,
    onPage: (next: number) => {
      setPage(next);
      heading.current?.focus();
    },
    picked,
    onPick: onRemoveTags === null ? null : pick,
    hrefForFilters,
    onFilter,
  };

  return (
    <section aria-labelledby="tags-heading" className="flex min-h-full flex-col">
      <header className="flex flex-col gap-3 border-b border-line px-4 py-3 max-md:px-2">
        <div>
          <h2 id="tags-heading" ref={heading} tabIndex={-1} className="text-base font-semibold">
            Tags
          </h2>
          <p className="text-muted">
            A tag was last used when one of its assets was, or was created where that is not known. Taking a
            tag off deletes no asset.
          </p>
        </div>
        <TagControls
          choice={choice}
          onChange={(next) => {
            setChoice(next);
            setPage(1);
          }}
        />
      </header>
      {set === 'similar' ? (
        <SpellingList {...list} />
      ) : (
        <TagList key={set} {...list} picksAll={set !== 'all'} />
      )}
      {onRemoveTags !== null && picked.size > 0 && (
        <PickedTags index={index} picked={picked} onRemoveTags={onRemoveTags} onClear={clear} />
      )}
    </section>
  );
}
