import { useState } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import type { Ledger } from '@/cleanup/ledger';
import { frictionOf } from '@/domain/make-plan';
import type { PlanItem, SeenAsset } from '@/domain/plan';
import { formatCount, formatNumber } from '@/lib/format';
import { isolate } from '@/lib/isolate';
import { isTypedCount } from '@/lib/typed-count';
import type { AssetProvider } from '@/providers/provider';
import ConfirmDialog from '@/ui/confirm-dialog';
import { DialogProblem } from '@/ui/dialog-problem';
import { announce, announceProblem } from '@/ui/toaster';
import { TypeCount } from '@/ui/type-count';

import { Cascade, useCascades } from './cascade';
import { LastCopies, LeftOutGroups } from './left-out';
import { OneFirst } from './one-first';
import { isGone, outcomeSentence } from './outcome';
import { PlanSummary } from './plan-summary';
import { Failures, RunProgress } from './run-progress';
import { SaveList } from './save-list';
import { useDeletionJob } from './use-deletion-job';
import { useFrozenPlan } from './use-frozen-plan';
import { useSavedList } from './use-saved-list';

export interface DeleteDialogProps {
  readonly provider: AssetProvider;
  /** What was asked for; the plan is frozen from it when the dialog opens. */
  readonly asked: readonly SeenAsset[];
  /** "All matching": nobody has seen each of them. */
  readonly allMatching: boolean;
  /** Everything that was seen of this connection. */
  readonly known: () => Iterable<SeenAsset>;
  readonly pinned: ReadonlySet<string>;
  /** Copies that nobody asked for, as the index knows them; undefined where there is none. */
  readonly otherCopies?: readonly SeenAsset[] | undefined;
  /** A clean-up of duplicates: of each content one copy stays, whatever is clicked. */
  readonly onlyDuplicates?: boolean | undefined;
  readonly center: JobCenter;
  readonly items: Ledger['items'];
  /** Seconds before the first request of a large job. */
  readonly graceSeconds: number;
  readonly checksChanges: boolean;
  /** What was asked for is what is on screen; false for what was kept from earlier, as marks are. */
  readonly seenNow: boolean;
  readonly onBusy: (ids: ReadonlySet<string>) => void;
  /** A large job goes on without the dialog. */
  readonly onStarted: (jobId: string, ids: ReadonlySet<string>) => void;
  /** Ids that the provider confirmed to be gone. */
  readonly onGone?: (ids: ReadonlySet<string>) => void;
  /** @param left what was to go and is not confirmed as gone, once anything was tried */
  readonly onClose: (left: readonly SeenAsset[]) => void;
  /** Where the focus goes once something is gone. */
  readonly focusNext: () => void;
}

const nothing = () => Promise.resolve();

/** Asks, deletes, and stays until every asset has an outcome that the person has seen; a large job leaves it. */
export default function DeleteDialog({ provider, center, items, onClose, ...props }: DeleteDialogProps) {
  const { asked, allMatching, known, pinned, otherCopies, onlyDuplicates = false } = props;
  const { graceSeconds, checksChanges, focusNext } = props;
  const frozen = useFrozenPlan({
    ...{ connectionId: provider.connection.id, assets: asked },
    ...{ allMatching, known, pinned, otherCopies, onlyDuplicates },
  });
  const { plan } = frozen;
  const [typed, setTyped] = useState('');
  const [oneFirst, setOneFirst] = useState(true);
  const list = useSavedList(plan);
  const job = useDeletionJob({ center, items });
  const { stage, results } = job;
  const cascades = useCascades(provider, plan);
  const friction = frictionOf(plan, cascades.count);
  const count = plan.items.length;
  const left = plan.items.filter(({ id }) => !isGone(results.get(id)));
  /** After a copy was found to be damaged, nothing more of this plan goes. */
  const isStopped = stage.step === 'ended' && stage.job.pause?.cause === 'first-copy';
  /** What changed would be found changed again: it has to be looked at, and asked for anew. */
  const retriable = isStopped ? [] : left.filter(({ id }) => results.get(id)?.state !== 'changed');
  const isOfCopies = count > 1 && plan.items.every(({ keptCopyId }) => keptCopyId !== undefined);

  /** A single asset that is on screen is not looked at again. */
  const options = {
    ...{ graceSeconds: 0, attended: true },
    checksChanges: checksChanges && (count > 1 || !props.seenNow),
    firstCopy: isOfCopies && oneFirst,
  };

  async function confirm() {
    if (friction !== 'typed') {
      const id = await job.begin(plan, options, nothing);
      if (id !== null) await attend(id, plan.items);
      return;
    }
    const id = await job.begin(
      plan,
      { graceSeconds, checksChanges, firstCopy: options.firstCopy },
      async () => {
        if (!list.isSaved) await list.save('csv');
      },
    );
    if (id === null) return;
    // Pressed while the job was being written down.
    if (job.isStopped()) await cancel(id);
    props.onStarted(id, new Set(plan.items.map((item) => item.id)));
    if (job.isOpen()) onClose([]);
  }

  async function dryRun() {
    if (!(await list.trySave('csv'))) return;
    announce(`Dry run: the plan of ${formatCount(count, 'asset')} was saved. Nothing was deleted.`);
    if (job.isOpen()) onClose([]);
  }

  async function retry() {
    if (stage.step !== 'ended') return;
    await letGo();
    const again = { ...plan, items: retriable };
    const id = await job.begin(again, { ...options, retries: stage.job.id }, nothing);
    if (id !== null) await attend(id, retriable);
  }

  /** What a paused job has left stays ticked, or is tried again by another: not by itself some day. */
  async function letGo() {
    if (stage.step === 'ended' && stage.job.phase === 'paused') await cancel(stage.job.id);
  }

  /** What cannot be written down leaves it paused, and that the list of jobs shows. */
  const cancel = (id: string) => center.cancel(id).catch(() => undefined);

  async function attend(id: string, which: readonly PlanItem[]) {
    props.onBusy(new Set(which.map((item) => item.id)));
    try {
      const all = await job.attend(id);
      props.onGone?.(new Set(which.map((item) => item.id).filter((each) => isGone(all.get(each)))));
      if (!plan.items.every((item) => isGone(all.get(item.id)))) return;
      announce(outcomeSentence(plan.items, all));
      if (job.isOpen()) onClose([]);
    } catch {
      announceProblem('How the deletion ended could not be read. The list of jobs shows what is known.');
      if (job.isOpen()) onClose(plan.items);
    } finally {
      props.onBusy(new Set());
    }
  }

  const [only] = plan.items;
  const subject = count === 1 && only !== undefined ? isolate(only.name) : formatCount(count, 'asset');

  if (stage.step === 'working') {
    return (
      <ConfirmDialog
        title={`Deleting ${subject}`}
        keepLabel="Stop"
        confirmLabel={null}
        busy
        onConfirm={job.stop}
        onClose={job.stop}
        returnFocus={focusNext}
      >
        <RunProgress center={center} jobId={stage.jobId} total={stage.total} />
      </ConfirmDialog>
    );
  }

  if (stage.step === 'ended') {
    return (
      <ConfirmDialog
        title={outcomeSentence(plan.items, results)}
        keepLabel="Close"
        confirmLabel={retryLabel(retriable.length)}
        onConfirm={() => void retry()}
        onClose={() => {
          void letGo();
          onClose(left);
        }}
        returnFocus={left.length < count ? focusNext : null}
      >
        <div role="alert" className="flex flex-col gap-2">
          <Failures items={plan.items} results={results} pause={stage.job.pause} />
          {stage.problem !== null && <p className="text-danger">{stage.problem}</p>}
        </div>
      </ConfirmDialog>
    );
  }

  const confirmed = friction !== 'typed' || isTypedCount(typed, count);
  return (
    <ConfirmDialog
      title={count === 0 ? 'Nothing here can be deleted' : `Delete ${subject}?`}
      confirmLabel={count === 0 ? null : verb(count)}
      confirmDisabled={!cascades.known || !confirmed || list.saving}
      onConfirm={() => void confirm()}
      onClose={() => onClose([])}
      foot={
        friction === 'typed' &&
        cascades.known &&
        count > 0 && <TypeCount count={count} typed={typed} onType={setTyped} />
      }
    >
      <div className="flex flex-col gap-3">
        <PlanSummary items={plan.items} totals={frozen.totals} provider={provider} />
        {cascades.query !== null && count > 0 && <Cascade derived={cascades.query} />}
        {frozen.lastCopies > 0 && <LastCopies count={frozen.lastCopies} onKeep={frozen.keepOneCopyOfEach} />}
        <LeftOutGroups groups={plan.leftOut} keepsCopies={onlyDuplicates} onInclude={frozen.include} />
        {isOfCopies && <OneFirst checked={oneFirst} onChange={setOneFirst} />}
        {count > 0 && <p className="text-muted">This cannot be undone. {provider.deletionNote}</p>}
        {count > 1 && cascades.known && (
          <div className="rounded-md border border-line p-3">
            <SaveList list={list} required={friction === 'typed'} onDryRun={() => void dryRun()} />
          </div>
        )}
        {stage.problem !== null && <DialogProblem>{stage.problem}</DialogProblem>}
      </div>
    </ConfirmDialog>
  );
}

function retryLabel(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? 'Try again' : `Retry ${formatNumber(count)} failed`;
}

const verb = (count: number): string =>
  count === 1 ? 'Delete forever' : `Delete ${formatNumber(count)} forever`;
