import clsx from 'clsx';
import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';

import { CopyButton } from '@/ui/copy-button';

import type { ConnectionTest, TestFinding } from './use-connection-test';

/** What a test is doing and what it found. The region is always there, so that its text is read out. */
export const FindingPanel = ({
  test: { running, finding },
}: {
  test: Pick<ConnectionTest, 'running' | 'finding'>;
}) => (
  <div role="status" className="contents">
    {running && (
      <p className="flex items-center gap-2 text-muted">
        <LoaderCircle aria-hidden className="size-4 animate-spin" /> Testing the connection…
      </p>
    )}
    {finding !== null && <Finding {...finding} />}
  </div>
);

function Finding({ ok, title, fix, facts }: TestFinding) {
  const Icon = ok ? CircleCheck : CircleAlert;
  return (
    <div
      className={clsx(
        'flex flex-col gap-2 rounded-md border px-3 py-2',
        ok ? 'border-line bg-accent-soft' : 'border-danger/40 bg-danger-soft',
      )}
    >
      <p className={clsx('flex items-start gap-2 font-medium', !ok && 'text-danger')}>
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="sr-only">{ok ? 'Test passed:' : 'Test failed:'}</span>
        <span className="min-w-0 wrap-anywhere">{title}</span>
      </p>
      {fix.length > 0 && (
        <ol className={clsx('flex flex-col gap-1 pl-6', fix.length > 1 && 'list-decimal pl-10')}>
          {fix.map((step) => (
            <li key={step} className="wrap-anywhere">
              <Step text={step} />
            </li>
          ))}
        </ol>
      )}
      {facts.length > 0 && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 pl-6">
          {facts.map(({ label, value }) => (
            <div key={label} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="min-w-0 wrap-anywhere">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** A sentence; what stands in backticks is something to type elsewhere, and can be copied. */
const Step = ({ text }: { text: string }) =>
  text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      // A full stop behind the button would stand alone, or on a line of its own.
      part !== '.' && part
    ) : (
      <span key={index} className="inline-flex max-w-full items-center gap-0.5 align-middle">
        <code className="min-w-0 rounded-sm bg-surface px-1 font-mono text-xs wrap-anywhere">{part}</code>
        <CopyButton label={`Copy ${part}`} text={part} />
      </span>
    ),
  );
