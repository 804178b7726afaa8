import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';

import type { Asset } from '@/domain/asset';
import { copyKeyOf } from '@/domain/copies';
import { copiesLeft, tickable, type CopyGroup } from '@/domain/copy-ticks';
import { PIN_REASON, protectionReason } from '@/domain/protection';
import { formatBytes, formatCount, formatNumber } from '@/lib/format';
import { isolate } from '@/lib/isolate';
import type { Likeness } from '@/library/store/copy-groups';
import type { DuplicateGroup } from '@/library/store/duplicates';
import { libraryQueries } from '@/queries/library-queries';
import { Button } from '@/ui/button';
import { announce } from '@/ui/toaster';

import type { IndexViewProps } from '../parts/index-view-props';

import { CopyColumn } from './copy-column';
import { differencesOf, differenceWords, reasonWords } from './group-words';

const MORE = 60;

export interface GroupCardProps extends IndexViewProps {
  readonly likeness: Likeness;
  readonly group: DuplicateGroup;
  readonly isHidden: boolean;
  readonly onKeep: (key: string, id: string) => void;
  readonly onHide: (key: string, hide: boolean) => void;
  /** To another group, so many on. */
  readonly onStep: (by: 1 | -1) => void;
}

/** The copies of one content side by side: which stays and why, and what they differ in. */
export function GroupCard(props: GroupCardProps) {
  const { likeness, group, index, selection, pinned, isHidden, onKeep, onHide, onStep, onTick } = props;
  const [limit, setLimit] = useState(0);
  const groupName = useId();
  const [first] = group.copies;
  const more = useQuery({
    ...libraryQueries.call(index, 'copies', { likeness, like: first?.id ?? '', offset: 0, limit }),
    enabled: limit > 0,
  });
  const copies = limit > 0 && more.data !== undefined ? more.data : group.copies;
  const [shownFirst] = copies;
  if (shownFirst === undefined) return null;
  const ticks: CopyGroup = { key: copyKeyOf(shownFirst) ?? '', count: group.count, copies };
  const left = copiesLeft(ticks, selection);
  const differing = differencesOf(copies);
  const keeperPlace = copies.findIndex(({ id }) => id === group.keeperId);
  const title = isolate(shownFirst.name);
  const extras = copies.filter(
    (copy) => group.extraIds.includes(copy.id) && !pinned.has(copy.id) && protectionReason(copy) === null,
  );
  const others = tickable(ticks, selection, extras);

  function keep(copy: Asset) {
    onKeep(group.key, copy.id);
    // What is kept does not go.
    if (selection.has(copy.id)) onTick([copy], false);
    announce(`${isolate(copy.name)} is kept.`);
  }

  function tick(copy: Asset, on: boolean) {
    if (!on) onTick([copy], false);
    else onTick(tickable(ticks, selection, [copy]), true);
  }

  function whyNot(copy: Asset): string | null {
    if (pinned.has(copy.id)) return PIN_REASON;
    const reason = protectionReason(copy);
    if (reason !== null) return reason;
    if (copy.id === group.keeperId) return 'It is the one to keep';
    return left <= 1 ? 'It is the last copy that is left' : null;
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.metaKey || event.ctrlKey || event.altKey || event.nativeEvent.isComposing) return;
    const chosen = /^[1-9]$/.test(event.key) ? copies[Number(event.key) - 1] : undefined;
    if (chosen !== undefined) keep(chosen);
    else if (event.key === 'n') onStep(1);
    else if (event.key === 'p') onStep(-1);
    else return;
    event.preventDefault();
  }

  return (
    <article
      aria-label={`Copies of ${title}`}
      data-group
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex flex-col gap-2 border-b border-line px-4 py-3 max-md:px-2"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-60">
          <h3 className="font-semibold wrap-anywhere">
            {formatCount(group.count, 'copy', 'copies')}
            {shownFirst.sizeBytes !== null && ` of ${formatBytes(shownFirst.sizeBytes)} each`}
          </h3>
          <p className="wrap-anywhere">
            {`Kept: ${keeperPlace < 0 ? 'one that is not shown' : `copy ${keeperPlace + 1}`} (${reasonWords(group.reasons)}).`}
          </p>
          <p className="text-xs text-muted">
            {likeness === 'maybe' && 'Only their size and name are equal; that proves nothing. '}
            {differenceWords(differing)}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {extras.length > 0 && (
            // It stays when there is nothing left to tick: the focus is on it.
            <Button
              size="small"
              aria-disabled={others.length === 0}
              onClick={() => {
                if (others.length > 0) onTick(others, true);
              }}
            >
              Select the other {formatNumber(others.length === 0 ? extras.length : others.length)}
            </Button>
          )}
          <Button size="small" look="quiet" onClick={() => onHide(group.key, !isHidden)}>
            {isHidden ? 'Show this group again' : 'Not duplicates: hide'}
          </Button>
        </div>
      </div>
      <ul
        className="flex gap-2 overflow-x-auto pb-1"
        aria-label={`Copies of ${title}, side by side`}
        tabIndex={0}
      >
        {copies.map((copy, at) => (
          <CopyColumn
            key={copy.id}
            {...props}
            copy={copy}
            place={at + 1}
            groupName={groupName}
            isKeeper={copy.id === group.keeperId}
            differing={differing}
            untickable={whyNot(copy)}
            onKeep={() => keep(copy)}
            onTick={(on) => tick(copy, on)}
          />
        ))}
      </ul>
      {copies.length < group.count && (
        <Button size="small" className="self-start" onClick={() => setLimit(copies.length + MORE)}>
          Show {formatNumber(Math.min(MORE, group.count - copies.length))} more of{' '}
          {formatNumber(group.count - copies.length)}
        </Button>
      )}
    </article>
  );
}
