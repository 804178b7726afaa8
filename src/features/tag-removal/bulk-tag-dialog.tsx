import { useState } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import type { Ledger } from '@/cleanup/ledger';
import { explainPause } from '@/domain/explain-pause';
import { frictionOf, makePlan } from '@/domain/make-plan';
import type { Plan, PlanItem, SeenAsset } from '@/domain/plan';
import { protectionReason } from '@/domain/protection';
import { countTags, isRootTag, type TagUse } from '@/domain/tags';
import { formatCount, formatNumber } from '@/lib/format';
import { isolate } from '@/lib/isolate';
import { isTypedCount } from '@/lib/typed-count';
import type { TagEditor } from '@/providers/provider';
import ConfirmDialog from '@/ui/confirm-dialog';
import { DialogProblem } from '@/ui/dialog-problem';
import { announceProblem } from '@/ui/toaster';
import { TypeCount } from '@/ui/type-count';

import { RootTagWarning } from './root-tag-dialog';
import { TagChoice } from './tag-choice';
import { TagProgress } from './tag-progress';
import { failureText, isSettledWell, problemOf, useTagJob } from './use-tag-job';

export interface BulkTagDialogProps {
  readonly provider: TagEditor;
  /** What was asked for; frozen when the dialog opens. */
  readonly asked: readonly SeenAsset[];
  /** Tags that are ticked when it opens. */
  readonly picked: readonly string[];
  /** "All matching": nobody has seen each of them. */
  readonly allMatching: boolean;
  readonly center: JobCenter;
  readonly items: Ledger['items'];
  /** Seconds before the first request of a large job. */
  readonly graceSeconds: number;
  /** A large job goes on without the dialog. */
  readonly onStarted: (jobId: string, ids: ReadonlySet<string>) => void;
  readonly onClose: () => void;
}

/** Nobody looks whether an asset changed meanwhile: its other tags are left alone, and every removal can be undone. */
const AT_ONCE = { graceSeconds: 0, checksChanges: false };

/** Picks tags and takes them off every asset of a selection, each asset with an outcome of its own. */
export default function BulkTagDialog({ provider, center, items, onClose, ...props }: BulkTagDialogProps) {
  const [assets] = useState(props.asked);
  const [tags] = useState(() => pickedFirst(countTags(assets), props.picked));
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(props.picked));
  const [plan, setPlan] = useState(() => (picked.size === 0 ? null : planFor(picked)));
  const [typed, setTyped] = useState('');
  const job = useTagJob({ center, items, canUndo: provider.addTags !== undefined });
  const { stage } = job;

  const count = plan?.items.length ?? 0;
  const large = plan !== null && frictionOf(plan, 0) === 'typed';
  const roots = [...picked].filter(isRootTag);

  function planFor(picks: ReadonlySet<string>): Plan {
    return makePlan(
      {
        ...{ connectionId: provider.connection.id, assets, allMatching: props.allMatching },
        action: { type: 'remove-tags', tags: [...picks] },
      },
      { pinned: new Set(), known: [], keepLastCopies: false },
    );
  }

  function pick(next: ReadonlySet<string>) {
    setPicked(next);
    setPlan(planFor(next));
  }

  async function confirm() {
    if (plan === null) return;
    if (!large) {
      await attend(await job.begin(plan, { ...AT_ONCE, attended: true }));
      return;
    }
    const id = await job.begin(plan, { ...AT_ONCE, graceSeconds: props.graceSeconds });
    if (id === null) return;
    // Pressed while the job was being written down.
    if (job.isStopped()) await cancel(id);
    props.onStarted(id, new Set(plan.items.map((item) => item.id)));
    if (job.isOpen()) onClose();
  }

  async function attend(id: string | null) {
    if (id === null) return;
    try {
      if ((await job.attend(id)) && job.isOpen()) onClose();
    } catch (error) {
      announceProblem(problemOf(error));
      if (job.isOpen()) onClose();
    }
  }

  async function retry(left: readonly PlanItem[], retries: string) {
    if (plan === null) return;
    await letGo();
    await attend(await job.begin({ ...plan, items: left }, { ...AT_ONCE, retries, attended: true }));
  }

  /** What a paused job has left is tried again by another, or not at all: not by itself some day. */
  async function letGo() {
    if (stage.step === 'failed' && stage.end.job.phase === 'paused') await cancel(stage.end.job.id);
  }

  /** What cannot be written down leaves it paused, and that the list of jobs shows. */
  const cancel = (id: string) => center.cancel(id).catch(() => undefined);

  if (stage.step === 'failed') {
    const { pause } = stage.end.job;
    const failures = [...stage.end.items.values()].filter((each) => !isSettledWell(each));
    return (
      <ConfirmDialog
        title={`Tags are still on ${formatCount(failures.length, 'asset')}`}
        keepLabel="Close"
        confirmLabel={`Retry ${formatNumber(failures.length)} failed`}
        look="primary"
        onConfirm={() =>
          void retry(
            failures.map(({ item }) => item),
            stage.end.job.id,
          )
        }
        onClose={() => {
          void letGo();
          onClose();
        }}
      >
        <div role="alert" className="flex flex-col gap-2">
          {pause !== null && <p>{explainPause(pause)}</p>}
          <ul className="flex flex-col gap-2">
            {failures.map((failure) => (
              <li key={failure.item.id} className="wrap-anywhere">
                {isolate(failure.item.name)}. {failureText(failure)}
              </li>
            ))}
          </ul>
          {stage.problem !== null && <p className="text-danger">{stage.problem}</p>}
        </div>
      </ConfirmDialog>
    );
  }

  const busy = stage.step === 'working';
  return (
    <ConfirmDialog
      title={`Remove tags from ${formatCount(assets.length, 'asset')}`}
      keepLabel={busy ? 'Stop' : 'Keep'}
      confirmLabel="Remove"
      confirmDisabled={count === 0 || busy || (large && !isTypedCount(typed, count))}
      busy={busy}
      look="primary"
      onConfirm={() => void confirm()}
      onClose={busy ? job.stop : onClose}
      foot={large && !busy && <TypeCount count={count} typed={typed} onType={setTyped} />}
    >
      {tags.length === 0 ? (
        <p>{assets.length === 1 ? 'It has no tags.' : 'None of them has a tag.'}</p>
      ) : (
        <div className="flex flex-col gap-3">
          <TagChoice tags={tags} picked={picked} disabled={busy} onPick={pick} />
          {plan !== null && <LeftOut plan={plan} />}
          {roots.length > 0 && <RootTagWarning tags={roots} count={count} />}
          {stage.step === 'working' ? (
            <TagProgress center={center} jobId={stage.jobId} total={stage.total} />
          ) : (
            <p role="status" className="text-muted">
              {picked.size > 0 && `Affects ${formatCount(count, 'asset')}. Nothing is deleted.`}
            </p>
          )}
          {stage.step === 'picking' && stage.problem !== null && (
            <DialogProblem>{stage.problem}</DialogProblem>
          )}
        </div>
      )}
    </ConfirmDialog>
  );
}

/** Whoever came with a choice sees it at once, however many tags there are. */
const pickedFirst = (tags: readonly TagUse[], picked: readonly string[]): readonly TagUse[] => [
  ...tags.filter(({ name }) => picked.includes(name)),
  ...tags.filter(({ name }) => !picked.includes(name)),
];

/** Protected assets keep their tags; that the others do not have one needs no word. */
function LeftOut({ plan }: { plan: Plan }) {
  return plan.leftOut.map(({ reason, assets }) =>
    reason === 'immutable' || reason === 'public' ? (
      <p key={reason} className="text-muted">
        {formatCount(assets.length, 'asset is', 'assets are')} left out.{' '}
        {protectionReason({ protection: reason })}.
      </p>
    ) : null,
  );
}
