import { useState } from 'react';

import { formatNumber } from '@/lib/format';

const CLAMPED = 300;
/** Some workflows are stored as one string of a megabyte; nobody reads that here. */
const MOST = 20_000;

/** Text of any length: its beginning first, the rest on demand. */
export function LongText({ name, text }: { name: string; text: string }) {
  const [all, setAll] = useState(false);
  if (text.length <= CLAMPED) return <bdi className="whitespace-pre-wrap">{text}</bdi>;
  const length = all ? MOST : CLAMPED;
  const beyond = text.length - length;
  return (
    <>
      <bdi className="whitespace-pre-wrap">{text.slice(0, length)}</bdi>
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
        <span className="sr-only"> of {name}</span>
      </button>
    </>
  );
}
