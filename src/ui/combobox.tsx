import { useId, useRef, useState, type KeyboardEvent } from 'react';

import { TextField } from './field';
import { shownText } from './shown-text';

export interface ComboboxOption {
  readonly value: string;
  readonly detail: string;
}

/**
 * A text field with suggestions (the ARIA combobox pattern with a list box). Enter takes the highlighted
 * suggestion, or what was typed. Our own because the packaged ones weigh 13 kB and more for this one field.
 */
export function Combobox({
  label,
  placeholder,
  options,
  text,
  onTextChange,
  onPick,
  problem,
}: {
  label: string;
  placeholder: string;
  options: readonly ComboboxOption[];
  text: string;
  onTextChange: (text: string) => void;
  onPick: (value: string) => void;
  /** Why what was typed cannot be taken; null when it can. */
  problem: string | null;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = open && options.length > 0;
  const activeIndex = Math.min(active, options.length - 1);
  const optionId = (index: number) => `${id}-${index}`;

  function pick(value: string) {
    onPick(value);
    setActive(-1);
    setOpen(false);
  }

  function move(to: number) {
    setOpen(true);
    const index = (to + options.length) % Math.max(1, options.length);
    setActive(index);
    document.getElementById(optionId(index))?.scrollIntoView({ block: 'nearest' });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(shown ? activeIndex + 1 : 0);
    else if (event.key === 'ArrowUp') move(shown ? Math.max(activeIndex, 0) - 1 : options.length - 1);
    else if (event.key === 'Escape' && shown) setOpen(false);
    else if (event.key === 'Enter') {
      const option = shown ? options[activeIndex] : undefined;
      if (option !== undefined) pick(option.value);
      else if (text.trim() !== '' && problem === null) pick(text.trim());
    } else return;
    event.preventDefault();
  }

  return (
    <div className="relative min-w-0">
      <TextField
        ref={input}
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={shown ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={shown && activeIndex >= 0 ? optionId(activeIndex) : undefined}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          onTextChange(event.target.value);
          setActive(-1);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      {problem !== null && (
        <p id={`${id}-problem`} className="absolute top-full z-10 mt-1 text-xs text-danger">
          {problem}
        </p>
      )}
      {shown && (
        <ul
          id={`${id}-list`}
          role="listbox"
          // It scrolls, and would be a stop of the Tab key that vanishes once reached.
          tabIndex={-1}
          aria-label={`${label}: suggestions`}
          className="absolute top-full left-0 z-30 mt-1 max-h-72 w-max max-w-[min(24rem,90vw)] min-w-full overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-overlay"
        >
          {options.map((option, index) => (
            <li
              key={option.value}
              id={optionId(index)}
              role="option"
              aria-selected={index === activeIndex}
              // Keeps the focus in the field, so that the list does not close before the click.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(option.value)}
              className="flex cursor-pointer items-baseline justify-between gap-4 rounded px-2 py-1 hover:bg-hover aria-selected:bg-accent-soft"
            >
              <bdi className="min-w-0 truncate">{shownText(option.value)}</bdi>
              <span className="text-xs text-muted">{option.detail}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
