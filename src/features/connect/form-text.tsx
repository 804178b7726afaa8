import { useId, type ComponentProps } from 'react';

import { Labelled, TextField } from '@/ui/field';

import type { FieldProblem } from './check-draft';

/** A line of text with what is wrong with it. */
export function FormText({
  label,
  hint,
  problem,
  ...rest
}: { label: string; hint: string; problem: FieldProblem } & ComponentProps<'input'>) {
  const hintId = useId();
  const problemId = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Labelled label={label} hint={hint} hintId={hintId}>
        <TextField
          {...rest}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? hintId : `${problemId} ${hintId}`}
        />
      </Labelled>
      {problem !== null && (
        <p id={problemId} role="alert" className="text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
