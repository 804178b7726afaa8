import { useId } from 'react';

import { Labelled, TextField } from '@/ui/field';

/** Null for what is no whole number from 1. */
export const readNumber = (text: string): number | null =>
  /^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : null;

/** Takes a whole number, and says so as long as there is none. */
export function NumberField({
  label,
  className,
  text,
  onText,
}: {
  label: string;
  className: string;
  /** As typed: see `readNumber`. */
  text: string;
  onText: (text: string) => void;
}) {
  const hint = useId();
  const bad = readNumber(text) === null;
  return (
    <Labelled label={label} hintId={hint} {...(bad && { hint: 'A whole number from 1.' })}>
      <TextField
        className={className}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        aria-invalid={bad}
        aria-describedby={bad ? hint : undefined}
        onChange={({ target }) => onText(target.value)}
      />
    </Labelled>
  );
}
