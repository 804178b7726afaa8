import { X } from 'lucide-react';
import { memo, useLayoutEffect, useRef, useState, type Ref } from 'react';

import type { Asset } from '@/domain/asset';
import { formatCount, formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { Button } from '@/ui/button';
import { Checkbox } from '@/ui/field';
import { shownText } from '@/ui/shown-text';

import { Section } from './section';

/** Nobody has more by hand; a mistake, or a hostile server, may. */
const TAGS_AT_ONCE = 200;

/** An asset's tags, each with a way to take it off, and a way to take off several at once. */
export const AssetTags = memo(function AssetTags({
  asset,
  onRemove,
  busy,
}: {
  asset: Asset;
  onRemove: ((asset: Asset, tags: readonly string[]) => void) | null;
  busy: boolean;
}) {
  const [picking, setPicking] = useState(false);
  const [limit, setLimit] = useState(TAGS_AT_ONCE);
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const leaving = useRef<{ readonly tag: string; readonly index: number } | null>(null);
  const remove = asset.protection === null ? onRemove : null;
  const shown = asset.tags.slice(0, limit);
  const more = asset.tags.length - shown.length;

  // Only once the chip is gone and the focus with it: removing a root tag asks first.
  useLayoutEffect(() => {
    const left = leaving.current;
    if (left === null || asset.tags.includes(left.tag)) return;
    leaving.current = null;
    if (document.activeElement !== document.body) return;
    const buttons = list.current?.querySelectorAll('button') ?? [];
    const next = buttons[Math.min(left.index, buttons.length - 1)] ?? heading.current;
    next?.focus();
  }, [asset.tags]);

  const leavePicking = () => {
    setPicking(false);
    heading.current?.focus();
  };

  return (
    <Section
      title={asset.tags.length === 0 ? 'Tags' : `Tags (${formatNumber(asset.tags.length)})`}
      heading={heading}
      actions={
        remove !== null &&
        asset.tags.length > 1 &&
        !picking && (
          <Button
            look="quiet"
            size="small"
            className="-mr-2"
            aria-disabled={busy}
            onClick={() => !busy && setPicking(true)}
          >
            Remove several…
          </Button>
        )
      }
    >
      {asset.tags.length === 0 ? (
        <p className="text-muted">No tags.</p>
      ) : remove === null ? (
        <ul className={CHIPS}>
          {shown.map((tag) => (
            <li key={tag} className={`${CHIP} px-2`}>
              <bdi>{shownText(tag)}</bdi>
            </li>
          ))}
        </ul>
      ) : picking ? (
        <TagPicker
          tags={shown}
          busy={busy}
          onCancel={leavePicking}
          onRemove={(tags) => {
            leavePicking();
            remove(asset, tags);
          }}
        />
      ) : (
        <TagChips
          tags={shown}
          busy={busy}
          list={list}
          onRemove={(tag, index) => {
            leaving.current = { tag, index };
            remove(asset, [tag]);
          }}
        />
      )}
      {more > 0 && (
        <Button
          look="quiet"
          size="small"
          className="mt-1 -ml-2 text-accent"
          onClick={() => setLimit(limit + TAGS_AT_ONCE)}
        >
          {formatNumber(more)} more tags…
        </Button>
      )}
    </Section>
  );
});

const CHIPS = 'flex flex-wrap gap-1.5';
const CHIP = 'flex min-h-6 max-w-full items-center rounded bg-sunken wrap-anywhere';

function TagChips({
  tags,
  busy,
  list,
  onRemove,
}: {
  tags: readonly string[];
  busy: boolean;
  list: Ref<HTMLUListElement>;
  onRemove: (tag: string, index: number) => void;
}) {
  return (
    <ul ref={list} className={CHIPS}>
      {tags.map((tag, index) => (
        <li key={tag} className={`${CHIP} pl-2`}>
          <bdi>{shownText(tag)}</bdi>
          <button
            type="button"
            aria-label={`Remove tag ${shownName(tag)}`}
            title={`Remove tag ${shownName(tag)}`}
            aria-disabled={busy}
            onClick={() => {
              if (!busy) onRemove(tag, index);
            }}
            className="flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function TagPicker({
  tags,
  busy,
  onRemove,
  onCancel,
}: {
  tags: readonly string[];
  busy: boolean;
  onRemove: (tags: readonly string[]) => void;
  onCancel: () => void;
}) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  // A tag may vanish while it is ticked: only those still there count.
  const chosen = tags.filter((tag) => picked.has(tag));
  const nothing = chosen.length === 0 || busy;

  function tick(tag: string, ticked: boolean) {
    const next = new Set(picked);
    if (ticked) next.add(tag);
    else next.delete(tag);
    setPicked(next);
  }

  return (
    <>
      {/* Scrolls by itself: buttons that floated above would hide the ticks beneath them. */}
      <fieldset className={`${CHIPS} max-h-64 overflow-y-auto p-0.5`}>
        <legend className="sr-only">Tags to remove</legend>
        {tags.map((tag, index) => (
          <label key={tag} className={`${CHIP} gap-1.5 px-2 hover:bg-hover`}>
            <Checkbox
              autoFocus={index === 0}
              checked={picked.has(tag)}
              onChange={(event) => tick(tag, event.target.checked)}
            />
            <bdi>{shownText(tag)}</bdi>
          </label>
        ))}
      </fieldset>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button
          look="primary"
          size="small"
          aria-disabled={nothing}
          onClick={() => !nothing && onRemove(chosen)}
        >
          Remove {formatCount(chosen.length, 'tag')}
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </>
  );
}
