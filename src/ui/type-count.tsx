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
    <label htmlFor={id} className="flex flex-col gap-1">
      <span>
        Type <strong>{count}</strong> to confirm
      </span>
      <TextField
        id={id}
        value={typed}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => onType(event.target.value)}
      />
    </label>
  );
}
