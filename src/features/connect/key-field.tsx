import { useId, type ClipboardEvent, type Ref } from 'react';

import { keyProblem } from '@/connections/key-problem';
import type { ProviderKind } from '@/domain/connection';
import { Labelled, TextField } from '@/ui/field';

const WHERE_FROM: Readonly<Record<ProviderKind, string>> = {
  'comfy-cloud': 'Keys are made at platform.comfy.org, under Profile, API keys. They need a paid plan.',
  comfyui: '',
  roughy: 'Keys are made on the API keys page of the Roughy dashboard and start with sk_.',
};

/** Where a key is typed or pasted. */
export function KeyField({
  ref,
  kind,
  label = 'API key',
  note = '',
  required = false,
  value,
  malformed,
  onChange,
  onMalformed,
}: {
  ref: Ref<HTMLInputElement>;
  kind: ProviderKind;
  label?: string;
  /** Said after where keys come from. */
  note?: string;
  required?: boolean;
  value: string;
  /** Why what was entered cannot be a key. */
  malformed: string | null;
  onChange: (value: string) => void;
  onMalformed: (why: string | null) => void;
}) {
  const hintId = useId();
  const malformedId = useId();

  /** The field itself would drop line breaks without a word, and so join two lines to a key that is none. */
  function paste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData('text').trim();
    if (!/[\r\n]/.test(pasted)) return;
    event.preventDefault();
    onMalformed(keyProblem(pasted));
  }

  return (
    <>
      <Labelled label={label} hint={`${WHERE_FROM[kind]} ${note}`.trim()} hintId={hintId}>
        <TextField
          ref={ref}
          type="password"
          autoComplete="current-password"
          spellCheck={false}
          required={required}
          aria-describedby={malformed === null ? hintId : `${malformedId} ${hintId}`}
          aria-invalid={malformed !== null}
          value={value}
          onPaste={paste}
          onChange={(event) => {
            onChange(event.target.value);
            onMalformed(null);
          }}
        />
      </Labelled>
      {malformed !== null && (
        <p id={malformedId} role="alert" className="text-danger">
          {malformed}
        </p>
      )}
    </>
  );
}
