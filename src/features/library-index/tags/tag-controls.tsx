import { Labelled, Select, TextField } from '@/ui/field';

import { NumberField } from '../parts/number-field';

export const TAG_SETS = ['all', 'rare', 'similar', 'unused'] as const;
/** Which tags are shown. */
export type TagSet = (typeof TAG_SETS)[number];

const LABELS: Readonly<Record<TagSet, string>> = {
  all: 'All tags',
  rare: 'Rare tags',
  similar: 'Similar spellings',
  unused: 'Tags not used lately',
};

/** What is typed, and what it comes to. */
export interface TagChoice {
  readonly set: TagSet;
  readonly text: string;
  /** As typed: see `readNumber`. */
  readonly atMost: string;
  readonly unusedDays: string;
}

export const FIRST_CHOICE: TagChoice = { set: 'all', text: '', atMost: '2', unusedDays: '180' };

const isSet = (value: string): value is TagSet => TAG_SETS.some((set) => set === value);

export function TagControls({
  choice,
  onChange,
}: {
  choice: TagChoice;
  onChange: (choice: TagChoice) => void;
}) {
  const { set } = choice;
  return (
    <div className="flex flex-wrap items-start gap-2">
      <Labelled label="Show">
        <Select
          className="w-44"
          value={set}
          onChange={({ target }) => isSet(target.value) && onChange({ ...choice, set: target.value })}
        >
          {TAG_SETS.map((each) => (
            <option key={each} value={each}>
              {LABELS[each]}
            </option>
          ))}
        </Select>
      </Labelled>
      {set === 'rare' && (
        <NumberField
          label="On at most so many assets"
          className="w-44"
          text={choice.atMost}
          onText={(atMost) => onChange({ ...choice, atMost })}
        />
      )}
      {set === 'unused' && (
        <NumberField
          label="Not used for days"
          className="w-44"
          text={choice.unusedDays}
          onText={(unusedDays) => onChange({ ...choice, unusedDays })}
        />
      )}
      <Labelled label="Find tags">
        <TextField
          type="search"
          className="w-56"
          autoComplete="off"
          spellCheck={false}
          value={choice.text}
          onChange={({ target }) => onChange({ ...choice, text: target.value })}
        />
      </Labelled>
    </div>
  );
}
