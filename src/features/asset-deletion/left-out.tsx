import type { LeftOut, LeftOutReason } from '@/domain/plan';
import { PIN_REASON, protectionReason } from '@/domain/protection';
import { formatCount } from '@/lib/format';
import { Button } from '@/ui/button';
import { shownText } from '@/ui/shown-text';

import { NameList } from './name-list';
import type { Included } from './use-frozen-plan';

const WORDS: Readonly<Record<LeftOutReason, string>> = {
  immutable: protectionReason({ protection: 'immutable' }) ?? '',
  public: protectionReason({ protection: 'public' }) ?? '',
  pinned: PIN_REASON,
  'preview-in-use': 'Preview of an asset that is kept',
  'last-copy': 'Last copy of its content',
  'no-such-tag': 'Without these tags',
};

const isIncludable = (reason: LeftOutReason): reason is Included =>
  reason === 'preview-in-use' || reason === 'last-copy';

/** What was asked for and stays, one group for each reason. */
export function LeftOutGroups({
  groups,
  keepsCopies,
  onInclude,
}: {
  groups: readonly LeftOut[];
  /** Last copies stay, whatever is clicked. */
  keepsCopies: boolean;
  onInclude: (group: Included) => void;
}) {
  if (groups.length === 0) return null;
  const count = groups.reduce((sum, { assets }) => sum + assets.length, 0);
  return (
    <section aria-label="Left out" className="flex flex-col gap-1.5">
      <p className="font-medium">{formatCount(count, 'asset is', 'assets are')} left out</p>
      {groups.map(({ reason, assets }) => (
        <div key={reason} className="flex flex-col items-start gap-1.5 [&>details]:w-full">
          {assets.length === 1 ? (
            <p className="wrap-anywhere">
              <bdi>{shownText(assets[0]?.name ?? '')}</bdi>: {WORDS[reason]}
            </p>
          ) : (
            <NameList
              summary={`${formatCount(assets.length, 'asset')}: ${WORDS[reason]}`}
              label={WORDS[reason]}
              assets={assets}
            />
          )}
          {isIncludable(reason) && !(keepsCopies && reason === 'last-copy') && (
            <Button
              size="small"
              aria-label={`Include these: ${WORDS[reason]}`}
              onClick={() => onInclude(reason)}
            >
              Include these
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

/** What only the person can decide: several copies of one content go, and no other is known. */
export function LastCopies({ count, onKeep }: { count: number; onKeep: () => void }) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="text-caution">
        {formatCount(count, 'content that is', 'contents that are')} kept more than once would lose every
        known copy.
      </p>
      <Button size="small" onClick={onKeep}>
        Keep one copy of each
      </Button>
    </div>
  );
}
