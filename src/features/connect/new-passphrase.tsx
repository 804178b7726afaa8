import { LEAST_LENGTH } from '@/connections/vault/passphrase';

import { PassphraseField } from './passphrase-field';

/** A passphrase that is chosen, twice. */
export function NewPassphrase({
  label,
  value,
  repeated,
  onChange,
  onRepeat,
  invalid,
  describedBy,
}: {
  label: string;
  value: string;
  repeated: string;
  onChange: (value: string) => void;
  onRepeat: (value: string) => void;
  invalid: boolean;
  describedBy: string | undefined;
}) {
  return (
    <>
      <PassphraseField
        label={label}
        hint={`At least ${LEAST_LENGTH} characters. Four or five unrelated words are strong and easy to remember. Nobody can recover it: if it is lost, the keys are entered again.`}
        isNew
        {...{ value, onChange, invalid, describedBy }}
      />
      <PassphraseField label="Repeat it" isNew value={repeated} onChange={onRepeat} invalid={invalid} />
    </>
  );
}
