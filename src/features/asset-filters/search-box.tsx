import { Search, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';

import { TextField } from '@/ui/field';

const SETTLE_MS = 250;

/**
 * Searches once typing has settled, or at once on Enter; follows the URL when Back changes it. What is being typed is
 * the browser's own: nothing is drawn for a key.
 */
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
  const box = useRef<HTMLInputElement>(null);
  /** What the box was given last, or asked for itself. */
  const known = useRef({ text, clears });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useLayoutEffect(() => {
    if (known.current.text !== text || known.current.clears !== clears) write(text);
    known.current = { text, clears };
  }, [text, clears]);
  useEffect(() => () => clearTimeout(timer.current), [clears]);

  function write(value: string) {
    if (box.current !== null) box.current.value = value;
  }

  function commit(value: string) {
    clearTimeout(timer.current);
    const settled = value.trim();
    if (settled === known.current.text) return;
    known.current.text = settled;
    onSearch(settled);
  }

  function clear() {
    write('');
    commit('');
  }

  return (
    // Of a size of its own, so that a key lays out this box and not the page.
    <div className="relative h-8 contain-size contain-layout">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted" />
      <TextField
        ref={box}
        type="search"
        aria-label="Search by name"
        placeholder="Search by name"
        defaultValue={text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target: { value } }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            // Back or "Clear all" may have replaced what was typed.
            if (box.current?.value === value) commit(value);
          }, SETTLE_MS);
        }}
        onKeyDown={({ key, currentTarget: { value } }) => {
          if (key === 'Enter') commit(value);
          if (key === 'Escape' && value !== '') clear();
        }}
        className="peer w-full pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      <button
        type="button"
        aria-label="Clear search"
        title="Clear search"
        onClick={() => {
          clear();
          box.current?.focus();
        }}
        className="absolute top-1 right-1 flex size-6 items-center justify-center rounded text-muted peer-placeholder-shown:invisible hover:bg-hover"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}
