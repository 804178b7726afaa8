import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Asset } from '@/domain/asset';
import { frictionOf, planDeletion } from '@/domain/deletion-plan';
import { formatNumber } from '@/lib/format';
import { isolate } from '@/lib/isolate';
import type { AssetProvider } from '@/providers/provider';
import { derivedQueries } from '@/queries/derived-queries';
import ConfirmDialog from '@/ui/confirm-dialog';
import { announce } from '@/ui/toaster';

import { Cascade, cascadeCount, cascadeTotals } from './cascade';
import { outcomeSentence } from './outcome';
import { PlanSummary } from './plan-summary';
import { Failures, RunProgress } from './run-progress';
import { isTypedCount, saveManifest, TypedConfirmation } from './typed-confirmation';
import { isGone, useDeletionRun } from './use-deletion-run';

export interface DeleteDialogProps {
  readonly provider: AssetProvider;
  /** What was asked for; the plan is frozen from it when the dialog opens. */
  readonly assets: readonly Asset[];
  readonly onBusy: (ids: ReadonlySet<string>) => void;
  /** Ids that the provider confirmed to be gone. */
  readonly onGone: (ids: ReadonlySet<string>) => void;
  /** @param left what was asked for and is not confirmed as gone, once anything was tried */
  readonly onClose: (left: readonly Asset[]) => void;
  /** Where the focus goes once something is gone. */
  readonly focusNext: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Asks, deletes, and stays until every asset has an outcome that the person has seen. */
export default function DeleteDialog({
  provider,
  assets: asked,
  onBusy,
  onGone,
  onClose,
  focusNext,
}: DeleteDialogProps) {
  const [plan] = useState(() => planDeletion(asked));
  const [typed, setTyped] = useState('');
  const [saved, setSaved] = useState(false);
  /** A second click meanwhile must not begin a second run. */
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ids = plan.assets.map((asset) => asset.id);
  const derived = useQuery({
    ...derivedQueries.of(provider, ids),
    enabled: provider.listDerived !== undefined,
    refetchOnWindowFocus: false,
  });
  const run = useDeletionRun(provider, onGone);
  const { state } = run;

  const cascades = derived.data === undefined ? 0 : cascadeCount(cascadeTotals(derived.data));
  const friction = frictionOf(plan, cascades);
  // Counts that the drawer read a while ago do not do.
  const known =
    provider.listDerived === undefined ||
    (derived.isSuccess && derived.isFetchedAfterMount && !derived.isFetching);
  const confirmed = friction !== 'typed' || isTypedCount(typed, plan.assets.length);
  const left = ids.filter((id) => !isGone(state.results.get(id)));
  const anyGone = left.length < ids.length;

  async function start(which: readonly string[]) {
    if (friction === 'typed' && !saved) {
      setSaving(true);
      try {
        await saveManifest(plan.assets, 'csv');
        setSaved(true);
      } catch {
        setProblem('The list of what goes could not be saved, so nothing was deleted.');
        return;
      } finally {
        setSaving(false);
      }
    }
    onBusy(new Set(which));
    const results = await run.start(which);
    onBusy(NONE);
    if (ids.every((id) => isGone(results.get(id)))) {
      announce(outcomeSentence(plan.assets, results));
      onClose([]);
    }
  }

  const [only] = plan.assets;
  const subject =
    plan.assets.length === 1 && only !== undefined
      ? isolate(only.name)
      : `${formatNumber(ids.length)} assets`;
  const verb = (count: number) => (count === 1 ? 'Delete forever' : `Delete ${formatNumber(count)} forever`);

  if (state.phase === 'running') {
    return (
      <ConfirmDialog
        title={`Deleting ${subject}`}
        keepLabel="Stop"
        confirmLabel={null}
        busy
        onConfirm={run.cancel}
        onClose={run.cancel}
        returnFocus={focusNext}
      >
        <RunProgress state={state} />
      </ConfirmDialog>
    );
  }

  if (state.phase === 'done') {
    return (
      <ConfirmDialog
        title={outcomeSentence(plan.assets, state.results)}
        keepLabel="Close"
        confirmLabel={left.length === 1 ? 'Try again' : `Retry ${formatNumber(left.length)} failed`}
        onConfirm={() => void start(left)}
        onClose={() => onClose(plan.assets.filter((asset) => left.includes(asset.id)))}
        returnFocus={anyGone ? focusNext : null}
      >
        <div role="alert">
          <Failures assets={plan.assets} state={state} />
        </div>
      </ConfirmDialog>
    );
  }

  return (
    <ConfirmDialog
      title={ids.length === 0 ? 'Nothing here can be deleted' : `Delete ${subject}?`}
      confirmLabel={ids.length === 0 ? null : verb(ids.length)}
      confirmDisabled={!known || !confirmed || saving}
      onConfirm={() => void start(ids)}
      onClose={() => onClose([])}
      returnFocus={anyGone ? focusNext : null}
    >
      <div className="flex flex-col gap-3">
        <PlanSummary plan={plan} provider={provider} />
        {provider.listDerived !== undefined && ids.length > 0 && <Cascade derived={derived} />}
        <p className="text-muted">This cannot be undone. {provider.deletionNote}</p>
        {friction === 'typed' && known && (
          <TypedConfirmation
            assets={plan.assets}
            typed={typed}
            onType={setTyped}
            saved={saved}
            onSaved={() => setSaved(true)}
          />
        )}
        {problem !== null && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
      </div>
    </ConfirmDialog>
  );
}
