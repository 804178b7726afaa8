import { useId } from 'react';

import { TextField } from './field';

/** For high stakes: the count is typed (or pasted) before anything can happen. */
export function TypeCount({
  count,
  typed,
  onType,
}: {
  count: number;
  typed: string;
  onType: (text: string) => void;
}) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <span>
        Type <strong>{count}</strong> to confirm
      </span>
      <TextField
        id={id}
        value={typed}
        inputMode="numeric"
        autoComplete="off"
        className="max-w-40 min-w-24 flex-1"
        onChange={(event) => onType(event.target.value)}
      />
    </label>
  );
}
