import { useId } from 'react';

export type PlaceToKeep = 'memory' | 'tab' | 'device';

const PLACES: readonly { readonly place: PlaceToKeep; readonly label: string; readonly hint: string }[] = [
  { place: 'memory', label: 'Keep in memory', hint: 'Forgotten when the page closes or is reloaded.' },
  { place: 'tab', label: 'Keep for this tab, also after a reload', hint: 'Forgotten when this tab closes.' },
  {
    place: 'device',
    label: 'Remember on this device',
    hint: 'Encrypted with a passphrase, which is asked for at the next visit.',
  },
];

/** How long a key is kept. */
export function KeyPlaces({
  place,
  onChange,
}: {
  place: PlaceToKeep;
  onChange: (place: PlaceToKeep) => void;
}) {
  const id = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-xs font-medium text-muted">Where to keep it</legend>
      {PLACES.map(({ place: value, label, hint }) => {
        const impossible = value === 'device' && !window.isSecureContext;
        return (
          <div key={value} className="grid grid-cols-[auto_1fr] gap-x-2">
            <input
              type="radio"
              id={`${id}-${value}`}
              name={id}
              className="mt-0.5 size-4 accent-accent"
              checked={place === value}
              disabled={impossible}
              aria-describedby={`${id}-${value}-hint`}
              onChange={() => onChange(value)}
            />
            <label htmlFor={`${id}-${value}`}>{label}</label>
            <span id={`${id}-${value}-hint`} className="col-start-2 text-xs text-muted">
              {impossible ? 'Browsers encrypt only at https addresses and at localhost.' : hint}
            </span>
          </div>
        );
      })}
    </fieldset>
  );
}
