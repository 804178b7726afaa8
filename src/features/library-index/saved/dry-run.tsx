import { FlaskConical, Tags, Trash2 } from 'lucide-react';
import { useState, useSyncExternalStore, type ReactNode } from 'react';

import type { SeenAsset } from '@/domain/plan';
import type { Policy } from '@/domain/saved-view';
import { formatCount, formatDay, formatNumber, formatUpTo } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { useNow } from '@/lib/use-now';
import { LibraryError } from '@/library/library-error';
import type { PolicyRun } from '@/library/store/policy-run';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { shownText } from '@/ui/shown-text';

import { Difference, KeptTable, SampleTable } from './dry-run-parts';
import { IndexAge, indexDoubt } from './index-age';
import { keepWords, wouldWords } from './policy-words';
import { usePolicyRun, type RunAsked } from './use-policy-run';

/** Always the same function, so that it is called once: when the heading arrives. */
const focus = (heading: HTMLElement | null) => heading?.focus();

/** What a policy would do, and why it leaves the rest alone. Nothing is done before a person confirms the plan. */
export function DryRun({
  hrefFor,
  onOpen,
  onHandOver,
  onEdit,
  onBack,
  ...asked
}: RunAsked & {
  hrefFor: (id: string) => string;
  onOpen: (id: string) => void;
  /** Opens the plan of the list; null when the provider cannot do that. */
  onHandOver: ((assets: readonly SeenAsset[]) => void) | null;
  onEdit: () => void;
  onBack: () => void;
}) {
  const { index, policy, view } = asked;
  const standing = useSyncExternalStore(index.subscribe, () => index.view());
  const doubt = indexDoubt(standing, useNow());
  const [startedAt] = useState(() => (doubt === null ? Date.now() : null));
  const { run, changed, start, list, handOver } = usePolicyRun(asked, startedAt);
  const problem = run.error ?? list.error;
  const canRun = standing.state === 'ready' || (standing.state === 'building' && standing.count > 0);

  return (
    <section aria-labelledby="dry-run-heading" className="flex min-w-0 flex-col gap-5 p-4 max-md:p-2">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
          <h2
            id="dry-run-heading"
            tabIndex={-1}
            ref={focus}
            className="text-base font-semibold outline-none wrap-anywhere"
          >
            Dry run of <bdi>{shownText(policy.name)}</bdi>
          </h2>
          <p className="text-muted wrap-anywhere">
            {shownName(`Over what “${view.name}” shows. ${keepWords(policy.keep)}`)}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={onBack}>Back to the list</Button>
          <Button onClick={onEdit}>Edit policy</Button>
          {(run.data !== undefined || (doubt === null && !run.isFetching)) && (
            <Button onClick={start}>
              <FlaskConical aria-hidden className="size-4" />{' '}
              {run.data === undefined ? 'Dry run' : 'Dry run again'}
            </Button>
          )}
        </div>
      </header>
      {doubt !== null && (
        <IndexAge
          index={index}
          view={standing}
          doubt={doubt}
          onMended={start}
          onAnyway={canRun && run.data === undefined && !run.isFetching ? start : null}
        />
      )}
      {changed && (
        <p role="alert" className="rounded-md bg-caution-soft px-3 py-2 text-caution">
          The library changed after this dry run, and the list with it. Nothing was done. This is the list as
          it is now: look at it before you go on.
        </p>
      )}
      {problem !== null && (
        <Notice
          icon={<FlaskConical />}
          title="The dry run failed"
          role="alert"
          actions={<Button onClick={start}>Try again</Button>}
        >
          {problem instanceof LibraryError ? problem.message : 'The index could not answer.'}
        </Notice>
      )}
      <p role="status" className={run.data === undefined ? 'text-muted' : 'text-base font-medium'}>
        {run.isFetching ? 'Looking at every asset of the view…' : run.data && summary(run.data, policy)}
      </p>
      {run.data !== undefined && (
        <Report run={run.data} policy={policy} hrefFor={hrefFor} onOpen={onOpen}>
          {run.data.going.count > 0 && onHandOver !== null && (
            <Button
              look={policy.action.type === 'delete' ? 'danger' : 'primary'}
              aria-disabled={list.isPending}
              onClick={() => !list.isPending && handOver(run.data, onHandOver)}
            >
              {policy.action.type === 'delete' ? (
                <Trash2 aria-hidden className="size-4" />
              ) : (
                <Tags aria-hidden className="size-4" />
              )}
              {verb(run.data, policy)}
            </Button>
          )}
        </Report>
      )}
    </section>
  );
}

function Report({
  run,
  policy,
  hrefFor,
  onOpen,
  children,
}: {
  run: PolicyRun;
  policy: Policy;
  hrefFor: (id: string) => string;
  onOpen: (id: string) => void;
  children: ReactNode;
}) {
  const { going, kept, sample, isWhole, ids } = run;
  return (
    <>
      <Part title="Since the last dry run">
        <Difference difference={run.difference} now={run} />
      </Part>
      <Part title="The list">
        <p>
          {going.oldest !== null && going.newest !== null
            ? `Created from ${formatDay(going.oldest)} to ${formatDay(going.newest)}.`
            : 'There is nothing to be done.'}
          {going.unknownSizes > 0 && ` The size of ${formatNumber(going.unknownSizes)} is not known.`}
          {!isWhole &&
            ` That is more than is done at once: the oldest ${formatNumber(ids.length)} go first, the others after another dry run.`}
        </p>
        {sample.length > 0 && <SampleTable sample={sample} hrefFor={hrefFor} onOpen={onOpen} />}
        {going.count > sample.length && (
          <p className="text-muted">And {formatNumber(going.count - sample.length)} more, oldest first.</p>
        )}
        <div className="flex flex-col items-start gap-2">
          {children}
          <p className="text-muted">
            Nothing has been done. The plan comes first: it shows the list, leaves out what must stay, and
            waits for you to confirm it.
          </p>
        </div>
      </Part>
      <Part title="What stays">
        {kept.length === 0 ? (
          <p className="text-muted">Nothing that the view shows.</p>
        ) : (
          <KeptTable kept={kept} policy={policy} />
        )}
      </Part>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="flex min-w-0 flex-col gap-2">
    <h3 className="font-semibold">{title}</h3>
    {children}
  </section>
);

function summary({ going, matching }: PolicyRun, { action }: Policy): string {
  const of = `of the ${formatCount(matching, 'asset')} that the view shows`;
  const size = action.type === 'delete' && going.count > 0 ? `, ${formatUpTo(going.upToBytes)}` : '';
  return `${formatNumber(going.count)} ${of} ${wouldWords(action)}${size}.`;
}

function verb({ ids }: PolicyRun, { action }: Policy): string {
  return action.type === 'delete'
    ? `Delete ${formatNumber(ids.length)}…`
    : `Remove tags from ${formatNumber(ids.length)}…`;
}
