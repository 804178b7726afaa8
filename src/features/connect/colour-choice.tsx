import { useId } from 'react';

import { CONNECTION_COLOURS, type ConnectionColour } from '@/domain/connection';
import { ColourDot } from '@/ui/colour-dot';

const NAMES: Readonly<Record<ConnectionColour, string>> = {
  blue: 'Blue',
  teal: 'Teal',
  green: 'Green',
  amber: 'Amber',
  red: 'Red',
  violet: 'Violet',
};

/** A dot beside the name, or none. */
export function ColourChoice({
  value,
  onChange,
}: {
  value: ConnectionColour | undefined;
  onChange: (colour: ConnectionColour | undefined) => void;
}) {
  const name = useId();
  const choice = (colour: ConnectionColour | undefined) => (
    <label
      key={colour ?? 'none'}
      className="relative flex h-8 items-center gap-1.5 rounded-md border border-line px-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-focus"
    >
      <input
        type="radio"
        name={name}
        className="sr-only"
        checked={value === colour}
        onChange={() => onChange(colour)}
      />
      {colour !== undefined && <ColourDot colour={colour} />}
      {colour === undefined ? 'None' : NAMES[colour]}
    </label>
  );
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-muted">Colour</legend>
      <div className="flex flex-wrap gap-1.5">{[undefined, ...CONNECTION_COLOURS].map(choice)}</div>
    </fieldset>
  );
}
