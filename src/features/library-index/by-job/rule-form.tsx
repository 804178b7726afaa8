import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { JobRule } from '@/domain/job-rules';
import { formatCount } from '@/lib/format';
import type { LibraryIndex } from '@/library/library-index';
import { libraryQueries } from '@/queries/library-queries';
import { Combobox } from '@/ui/combobox';
import { Labelled, Select } from '@/ui/field';

import { NumberField, readNumber } from '../parts/number-field';

type Keep = JobRule['keep'];

const LABELS: Readonly<Record<Keep, string>> = {
  newest: 'the newest',
  oldest: 'the oldest',
  largest: 'the largest',
  tagged: 'what has a tag',
};
const KEEPS: readonly Keep[] = ['newest', 'oldest', 'largest', 'tagged'];

const isKeep = (value: string): value is Keep => KEEPS.some((keep) => keep === value);

/** Says what stays of each job. What is not complete yet changes nothing: the rule before it goes on. */
export function RuleForm({
  index,
  rule,
  onRule,
}: {
  index: LibraryIndex;
  rule: JobRule;
  onRule: (rule: JobRule) => void;
}) {
  const [keep, setKeep] = useState<Keep>(rule.keep);
  const [count, setCount] = useState(rule.keep === 'tagged' ? '1' : String(rule.count));
  const [tag, setTag] = useState(rule.keep === 'tagged' ? rule.tag : '');

  function choose(next: Keep) {
    setKeep(next);
    const number = readNumber(count);
    if (next === 'tagged') {
      if (tag.trim() !== '') onRule({ keep: next, tag });
    } else if (number !== null) onRule({ keep: next, count: number });
  }

  function chooseCount(text: string) {
    setCount(text);
    const number = readNumber(text);
    if (number !== null && keep !== 'tagged') onRule({ keep, count: number });
  }

  return (
    <fieldset className="flex flex-wrap items-start gap-2">
      <legend className="sr-only">What stays of each job</legend>
      <Labelled label="Keep of each job">
        <Select
          className="w-40"
          value={keep}
          onChange={({ target }) => isKeep(target.value) && choose(target.value)}
        >
          {KEEPS.map((each) => (
            <option key={each} value={each}>
              {LABELS[each]}
            </option>
          ))}
        </Select>
      </Labelled>
      {keep === 'tagged' ? (
        <TagChoice
          index={index}
          tag={tag}
          onText={setTag}
          onPick={(picked) => {
            setTag(picked);
            onRule({ keep: 'tagged', tag: picked });
          }}
          isInForce={rule.keep === 'tagged' && rule.tag === tag}
        />
      ) : (
        <NumberField label="How many" className="w-24" text={count} onText={chooseCount} />
      )}
    </fieldset>
  );
}

/** A tag of the library, found by typing. */
function TagChoice({
  index,
  tag,
  onText,
  onPick,
  isInForce,
}: {
  index: LibraryIndex;
  tag: string;
  onText: (text: string) => void;
  onPick: (tag: string) => void;
  isInForce: boolean;
}) {
  const found = useQuery(
    libraryQueries.call(index, 'tags', {
      ...{ text: isInForce ? '' : tag, atMost: null, unusedDays: null, now: 0 },
      ...{ sort: 'count', order: 'desc', page: 1, pageSize: 20 },
    }),
  );
  return (
    <div className="flex w-56 min-w-0 flex-col gap-1">
      <span aria-hidden className="text-xs font-medium text-muted">
        Tag to keep
      </span>
      <Combobox
        label="Tag to keep"
        placeholder="Type, and choose one"
        text={tag}
        options={(found.data?.tags ?? []).map(({ name, count }) => ({
          value: name,
          detail: formatCount(count, 'asset'),
        }))}
        onTextChange={onText}
        onPick={onPick}
        problem={null}
      />
      {!isInForce && (
        <span className="text-xs text-muted">Until you choose one, the rule stays as it was.</span>
      )}
    </div>
  );
}
