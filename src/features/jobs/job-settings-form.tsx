import { useId, useState } from 'react';

import { Checkbox, TextField } from '@/ui/field';

import { GRACE_SECONDS, isGraceSeconds, useJobSettings } from './job-settings';

/** How new jobs start; what already runs stays as it was confirmed. */
export function JobSettingsForm() {
  const id = useId();
  const { graceSeconds, checksChanges, setGraceSeconds, setChecksChanges } = useJobSettings();
  /** What is being typed, for as long as it is no setting. */
  const [draft, setDraft] = useState<string | null>(null);
  const wrong = draft !== null;

  function onType(text: string) {
    const seconds = text.trim() === '' ? NaN : Number(text);
    if (isGraceSeconds(seconds)) setGraceSeconds(seconds);
    setDraft(isGraceSeconds(seconds) ? null : text);
  }

  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col gap-3">
      <h3 id={`${id}-title`} className="text-base font-semibold">
        Settings
      </h3>
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={`${id}-grace`}>Wait before deleting</label>
        <TextField
          id={`${id}-grace`}
          type="number"
          inputMode="numeric"
          min={GRACE_SECONDS.min}
          max={GRACE_SECONDS.max}
          step={1}
          className="w-20"
          value={draft ?? graceSeconds}
          aria-invalid={wrong}
          aria-describedby={`${id}-unit ${id}-hint`}
          onChange={(event) => onType(event.target.value)}
          onBlur={() => setDraft(null)}
        />
        <span id={`${id}-unit`}>seconds</span>
        <span id={`${id}-hint`} className={wrong ? 'text-danger' : 'text-muted'}>
          {wrong
            ? 'A whole number from 0 to 60.'
            : 'For so long a job can be called off before anything is sent.'}
        </span>
      </div>
      <label className="flex items-center gap-2">
        <Checkbox checked={checksChanges} onChange={(event) => setChecksChanges(event.target.checked)} />
        Skip assets that changed since they were selected
      </label>
    </section>
  );
}
