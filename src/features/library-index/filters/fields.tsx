import { useId, useState, type ReactNode } from 'react';

import type { Range } from '@/domain/library-query';
import { Select, TextField } from '@/ui/field';

/** A group of controls that make up one filter. */
export function FilterGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0 border-t border-line px-3 py-2.5">
      <legend className="float-left mb-1.5 w-full text-xs font-medium text-muted">{label}</legend>
      <div className="clear-both">{children}</div>
    </fieldset>
  );
}

/**
 * A text that is taken when it is left, or with Enter; what cannot be read stays, says why, and changes nothing.
 * Follows `value` when something else changes it.
 */
export function DraftField<T>({
  label,
  caption = null,
  value,
  write,
  read,
  problem,
  onChange,
  ...input
}: {
  label: string;
  /** Stands above the field; a part of its label. */
  caption?: string | null;
  value: T | null;
  write: (value: T) => string;
  /** Null when the text is none. */
  read: (text: string) => T | null;
  /** What to say then. */
  problem: string;
  onChange: (value: T | null) => void;
  type?: 'text' | 'date' | 'number';
  placeholder?: string;
  inputMode?: 'numeric';
}) {
  const shown = value === null ? '' : write(value);
  const [known, setKnown] = useState(shown);
  const [draft, setDraft] = useState(shown);
  const [wrong, setWrong] = useState(false);
  const problemId = useId();
  if (known !== shown) {
    setKnown(shown);
    setDraft(shown);
    setWrong(false);
  }

  function commit() {
    if (draft.trim() === shown) return;
    const next = draft.trim() === '' ? null : read(draft);
    const isWrong = next === null && draft.trim() !== '';
    setWrong(isWrong);
    if (!isWrong) onChange(next);
  }

  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1">
      {caption !== null && (
        <span aria-hidden className="text-xs text-muted">
          {caption}
        </span>
      )}
      <TextField
        {...input}
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={wrong ? problemId : undefined}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      {wrong && (
        <span id={problemId} role="alert" className="text-xs text-danger">
          {problem}
        </span>
      )}
    </span>
  );
}

/** Two bounds, each of which may be missing. */
export function RangeFields<T>({
  of,
  words,
  range,
  onChange,
  writes,
  reads,
  ...field
}: {
  /** What is bounded, for the names of the fields. */
  of: string;
  /** How each end is called. */
  words: readonly [from: string, to: string];
  range: Range<T>;
  onChange: (range: Range<T>) => void;
  writes: (value: T) => string;
  reads: (text: string, end: 'from' | 'to') => T | null;
} & Pick<Parameters<typeof DraftField<T>>[0], 'problem' | 'type' | 'placeholder'>) {
  return (
    <div className="flex items-start gap-2">
      {(['from', 'to'] as const).map((end, index) => (
        <DraftField<T>
          key={end}
          {...field}
          label={`${of}, ${words[index] ?? end}`}
          caption={words[index] ?? end}
          value={range[end]}
          write={writes}
          read={(text) => reads(text, end)}
          onChange={(value) => onChange({ ...range, [end]: value })}
        />
      ))}
    </div>
  );
}

/** Any, yes or no. */
export function YesNoSelect({
  label,
  words: [yes, no],
  value,
  onChange,
}: {
  label: string;
  words: readonly [yes: string, no: string];
  value: boolean | null;
  onChange: (value: boolean | null) => void;
}) {
  return (
    <Select
      aria-label={label}
      value={value === null ? '' : value ? 'yes' : 'no'}
      onChange={({ target }) => onChange(target.value === '' ? null : target.value === 'yes')}
    >
      <option value="">{label}: any</option>
      <option value="yes">{yes}</option>
      <option value="no">{no}</option>
    </Select>
  );
}
