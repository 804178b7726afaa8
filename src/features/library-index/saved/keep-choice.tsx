import type { ProviderKind } from '@/domain/connection';
import { RANKS } from '@/domain/saved-view';
import { Labelled, Select, TextField } from '@/ui/field';

import { RANK_WORDS } from './policy-words';

/** A keep rule while it is entered: the count is whatever was typed. */
export interface KeepDraft {
  readonly type: 'none' | 'first-of-view' | 'first-of-job' | 'copy';
  readonly rank: (typeof RANKS)[number];
  readonly count: string;
}

const TYPES: Readonly<Record<KeepDraft['type'], string>> = {
  none: 'Nothing by a rule',
  'first-of-view': 'The first few of them all',
  'first-of-job': 'The first few of each job',
  copy: 'One copy of each content',
};
/** Roughy tells neither the job nor the content of an asset. */
const ROUGHY: readonly KeepDraft['type'][] = ['none', 'first-of-view'];
const ALL: readonly KeepDraft['type'][] = ['none', 'first-of-view', 'first-of-job', 'copy'];

const HINTS: Readonly<Record<KeepDraft['type'], string>> = {
  none: 'All that the view shows is on the list, but for what always stays.',
  'first-of-view': 'Counted among all that the view shows.',
  'first-of-job':
    'Counted among what the view shows of each job. An asset whose job is not known is kept, too.',
  copy: 'Of each content, one copy that the view shows stays, so none is lost. An asset whose content hash is not known is kept, too.',
};

/** Which of a view's assets stay by a rule. */
export function KeepChoice({
  kind,
  keep,
  problem,
  problemId,
  onChange,
}: {
  kind: ProviderKind;
  keep: KeepDraft;
  /** What is wrong with the count; null when nothing is. */
  problem: string | null;
  problemId: string;
  onChange: (keep: KeepDraft) => void;
}) {
  const counts = keep.type === 'first-of-view' || keep.type === 'first-of-job';
  const ranks = RANKS.filter((rank) => keep.type !== 'copy' || rank !== 'largest');
  const types = kind === 'roughy' ? ROUGHY : ALL;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 font-semibold">Keep</legend>
      <div className="flex flex-wrap gap-3">
        <div className="w-64 max-w-full">
          <Labelled label="What stays">
            <Select
              value={keep.type}
              onChange={({ target }) => {
                const type = types.find((each) => each === target.value) ?? 'none';
                onChange({ ...keep, type, rank: type === 'copy' ? 'oldest' : keep.rank });
              }}
            >
              {types.map((type) => (
                <option key={type} value={type}>
                  {TYPES[type]}
                </option>
              ))}
            </Select>
          </Labelled>
        </div>
        {keep.type !== 'none' && (
          <div className="w-32">
            <Labelled label="Which">
              <Select
                value={keep.rank}
                onChange={({ target }) =>
                  onChange({ ...keep, rank: ranks.find((each) => each === target.value) ?? 'newest' })
                }
              >
                {ranks.map((rank) => (
                  <option key={rank} value={rank}>
                    {RANK_WORDS[rank]}
                  </option>
                ))}
              </Select>
            </Labelled>
          </div>
        )}
        {counts && (
          <div className="w-24">
            <Labelled label="How many">
              <TextField
                name="count"
                inputMode="numeric"
                autoComplete="off"
                value={keep.count}
                aria-invalid={problem !== null}
                aria-describedby={problem === null ? undefined : problemId}
                onChange={(event) => onChange({ ...keep, count: event.target.value })}
              />
            </Labelled>
          </div>
        )}
      </div>
      {counts && problem !== null && (
        <p id={problemId} role="alert" className="text-danger">
          {problem}
        </p>
      )}
      <p className="text-xs text-muted">
        {HINTS[keep.type]}
        {counts && keep.rank === 'largest' && ' An asset of unknown size is kept, too.'}
      </p>
    </fieldset>
  );
}
