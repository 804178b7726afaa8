import { useId } from 'react';

import { Checkbox } from '@/ui/field';

/** Two records may share one stored file: whether that is so shows when one of them goes. */
export function OneFirst({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const hint = useId();
  return (
    <div className="rounded-md border border-line p-3">
      <label className="flex items-center gap-2 font-medium">
        <Checkbox
          checked={checked}
          aria-describedby={hint}
          onChange={({ target }) => onChange(target.checked)}
        />
        Delete one copy first, and look at the one that stays
      </label>
      <p id={hint} className="mt-1 pl-6 text-muted">
        Copies may share one stored file. If the copy that stays does not load as before, nothing more is
        deleted.
      </p>
    </div>
  );
}
