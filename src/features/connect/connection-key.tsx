import type { Ref } from 'react';

import type { ProviderKind } from '@/domain/connection';
import { Checkbox } from '@/ui/field';

import { KeyField } from './key-field';
import { KeyPlaces, type PlaceToKeep } from './key-places';

/** Asks for the key of a connection that is made or changed. It is kept as the one that it replaces, unless told otherwise. */
export function ConnectionKey({
  ref,
  kind,
  isNew,
  isRemembered,
  value,
  malformed,
  place,
  onChange,
  onMalformed,
  onPlace,
}: {
  ref: Ref<HTMLInputElement>;
  kind: ProviderKind;
  /** Whether it would be the first one of this connection. */
  isNew: boolean;
  /** Whether this device remembers the one that it replaces. */
  isRemembered: boolean;
  value: string;
  malformed: string | null;
  place: PlaceToKeep;
  onChange: (value: string) => void;
  onMalformed: (problem: string | null) => void;
  onPlace: (place: PlaceToKeep) => void;
}) {
  return (
    <div className="flex flex-col gap-2">
      <KeyField
        ref={ref}
        kind={kind}
        label={isNew ? 'API key (optional)' : 'New API key (optional)'}
        note={
          isRemembered
            ? 'Without one, the key that is remembered on this device stays.'
            : 'Without one you are asked when you open the connection.'
        }
        value={value}
        malformed={malformed}
        onChange={onChange}
        onMalformed={onMalformed}
      />
      {!isRemembered ? (
        <label className="flex items-center gap-2">
          <Checkbox
            checked={place === 'tab'}
            onChange={(event) => onPlace(event.target.checked ? 'tab' : 'memory')}
          />
          Keep for this tab, also after a reload
        </label>
      ) : (
        value.trim() !== '' && (
          <>
            <KeyPlaces place={place} onChange={onPlace} />
            <p role="status" className="text-muted">
              {place === 'device'
                ? 'It takes the place of the key that is remembered now.'
                : 'The key that is remembered now stays on this device: the next visit uses it again.'}
            </p>
          </>
        )
      )}
    </div>
  );
}
