import { useId, type Ref } from 'react';

import { Labelled, TextField } from '@/ui/field';

/** One passphrase. What is wrong with it is told by an alert that `describedBy` names. */
export function PassphraseField({
  label,
  hint,
  isNew = false,
  value,
  onChange,
  invalid = false,
  describedBy,
  ref,
}: {
  label: string;
  hint?: string;
  /** Password managers then offer to make one up, and to keep it. */
  isNew?: boolean;
  value: string;
  onChange: (value: string) => void;
  invalid?: boolean;
  describedBy?: string | undefined;
  ref?: Ref<HTMLInputElement>;
}) {
  const hintId = useId();
  const described = [describedBy, hint === undefined ? undefined : hintId].filter((id) => id !== undefined);
  return (
    <Labelled label={label} hintId={hintId} {...(hint !== undefined && { hint })}>
      <TextField
        ref={ref}
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        spellCheck={false}
        aria-required
        aria-invalid={invalid}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  );
}
