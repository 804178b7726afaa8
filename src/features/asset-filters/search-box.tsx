import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { TextField } from '@/ui/field';

const SETTLE_MS = 250;

/** Searches once typing has settled, or at once on Enter; follows the URL when Back changes it. */
export function SearchBox({
  text,
  clears,
  onSearch,
}: {
  text: string;
  /** Another number drops what was typed and has not settled. */
  clears: number;
  onSearch: (text: string) => void;
}) {
  const [draft, setDraft] = useState(text);
  const [known, setKnown] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const [cleared, setCleared] = useState(clears);

  if (known !== text || cleared !== clears) {
    setKnown(text);
    setCleared(clears);
    setDraft(text);
  }
  useEffect(() => () => clearTimeout(timer.current), [clears]);

  function commit(value: string) {
    clearTimeout(timer.current);
    const settled = value.trim();
    setKnown(settled);
    if (settled !== text) onSearch(settled);
  }

  function change(box: HTMLInputElement) {
    const { value } = box;
    setDraft(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      // Back or "Clear all" may have replaced what was typed.
      if (box.value === value) commit(value);
    }, SETTLE_MS);
  }

  return (
    <div className="relative min-w-0">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted" />
      <TextField
        type="search"
        aria-label="Search by name"
        placeholder="Search by name"
        value={draft}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => change(event.target)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit(draft);
          if (event.key === 'Escape' && draft !== '') {
            setDraft('');
            commit('');
          }
        }}
        className="w-full pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {draft !== '' && (
        <button
          type="button"
          aria-label="Clear search"
          title="Clear search"
          onClick={(event) => {
            setDraft('');
            commit('');
            event.currentTarget.parentElement?.querySelector('input')?.focus();
          }}
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded text-muted hover:bg-hover"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
