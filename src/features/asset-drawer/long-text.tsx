import { useState } from 'react';

import { formatNumber } from '@/lib/format';
import { reveal, shownName } from '@/lib/reveal';
import { markedText } from '@/ui/shown-text';

const CLAMPED = 300;
/** Some workflows are stored as one string of a megabyte; nobody reads that here. */
const MOST = 20_000;

const shown = (text: string) => markedText(reveal(text, { lines: true }));

/** Text of any length: its beginning first, the rest on demand. */
export function LongText({ name, text }: { name: string; text: string }) {
  const [all, setAll] = useState(false);
  if (text.length <= CLAMPED) return <bdi className="whitespace-pre-wrap">{shown(text)}</bdi>;
  const length = all ? MOST : CLAMPED;
  const beyond = text.length - length;
  return (
    <>
      <bdi className="whitespace-pre-wrap">{shown(text.slice(0, length))}</bdi>
      {beyond > 0 && (
        <span className="text-muted">… {all && `(${formatNumber(beyond)} more characters)`}</span>
      )}{' '}
      <button
        type="button"
        aria-expanded={all}
        onClick={() => setAll(!all)}
        className="inline-flex min-h-6 items-center rounded-sm text-accent underline underline-offset-2"
      >
        {all ? 'Show less' : 'Show all'}
        <span className="sr-only"> of {shownName(name)}</span>
      </button>
    </>
  );
}
