import { useId, useState, type SyntheticEvent } from 'react';

import type { MetadataMatch } from '@/domain/asset-query';
import { Button } from '@/ui/button';
import { Labelled, TextField } from '@/ui/field';
import { Popover } from '@/ui/popover';

/** Asks for assets whose metadata has exactly this value under this key. */
export function MetadataFilter({ onAdd }: { onAdd: (match: MetadataMatch) => void }) {
  const hintId = useId();
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (key.trim() === '') return;
    onAdd({ key: key.trim(), value: value.trim() });
    setKey('');
    setValue('');
  }

  return (
    <Popover label="Filter by metadata" trigger="Metadata…" className="w-72">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Labelled label="Metadata key">
          <TextField
            value={key}
            required
            spellCheck={false}
            onChange={(event) => setKey(event.target.value)}
          />
        </Labelled>
        <Labelled label="Metadata value" hint="The whole value, as the provider stores it." hintId={hintId}>
          <TextField
            value={value}
            aria-describedby={hintId}
            spellCheck={false}
            onChange={(event) => setValue(event.target.value)}
          />
        </Labelled>
        <Button type="submit" look="primary">
          Add filter
        </Button>
      </form>
    </Popover>
  );
}
