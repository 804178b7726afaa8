import { useState } from 'react';

import type { JsonValue, Metadata } from '@/domain/asset';
import { formatCount, formatNumber } from '@/lib/format';
import { Button } from '@/ui/button';
import { CopyButton } from '@/ui/copy-button';
import { shownText } from '@/ui/shown-text';

import { LongText } from './long-text';
import { Section } from './section';

/** Metadata as it came, level by level: what is closed is not in the document, so its size does not matter. */
export function MetadataTree({ metadata }: { metadata: Metadata }) {
  const empty = Object.keys(metadata).length === 0;
  return (
    <Section
      title="Metadata"
      actions={!empty && <CopyButton label="Copy metadata as JSON" text={() => jsonOf(metadata, 2)} />}
    >
      {empty ? <p className="text-muted">No metadata.</p> : <Entries of={metadata} depth={0} />}
    </Section>
  );
}

type Branch = Extract<JsonValue, object>;

/** Something to open; what is empty is shown as it is. */
const isBranch = (value: JsonValue): value is Branch =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const ENTRIES_AT_ONCE = 200;
/** Deeper than this there is no width left to indent into; the rest is shown as JSON. */
const MAX_DEPTH = 12;

function Entries({ of, depth }: { of: Branch; depth: number }) {
  const [shown, setShown] = useState(ENTRIES_AT_ONCE);
  const entries = Object.entries<JsonValue>(of);
  const more = entries.length - shown;
  return (
    <ul>
      {entries.slice(0, shown).map(([key, value]) => (
        <li key={key} className="min-w-0 wrap-anywhere">
          {isBranch(value) ? (
            <BranchNode name={key} value={value} depth={depth} />
          ) : (
            <p className="py-0.5">
              <bdi className="text-muted">{shownText(key)}</bdi>
              <span className="text-muted">: </span>
              <Leaf name={key} value={value} />
            </p>
          )}
        </li>
      ))}
      {more > 0 && (
        <li>
          <Button
            look="quiet"
            size="small"
            className="-ml-2 text-accent"
            onClick={() => setShown(shown + ENTRIES_AT_ONCE)}
          >
            {formatNumber(more)} more…
          </Button>
        </li>
      )}
    </ul>
  );
}

/** What is nested deeper than an engine’s stack has no text. */
function jsonOf(value: JsonValue, indent = 0): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch {
    return '(nested too deeply to be written out)';
  }
}

function BranchNode({ name, value, depth }: { name: string; value: Branch; depth: number }) {
  const [open, setOpen] = useState(false);
  const size = Object.keys(value).length;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="min-h-6 cursor-pointer rounded-sm py-0.5 hover:bg-hover">
        <bdi>{shownText(name)}</bdi>{' '}
        <span className="text-xs text-muted">
          {Array.isArray(value) ? formatCount(size, 'item') : formatCount(size, 'entry', 'entries')}
        </span>
      </summary>
      {open && (
        <div className="ml-1 border-l border-line pl-3">
          {depth + 1 < MAX_DEPTH ? (
            <Entries of={value} depth={depth + 1} />
          ) : (
            <LongText name={name} text={jsonOf(value)} />
          )}
        </div>
      )}
    </details>
  );
}

function Leaf({ name, value }: { name: string; value: JsonValue }) {
  if (typeof value === 'string') return <LongText name={name} text={value} />;
  return <code className="font-mono text-xs">{JSON.stringify(value)}</code>;
}
