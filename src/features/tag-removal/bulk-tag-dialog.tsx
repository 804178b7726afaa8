import { useMutation } from '@tanstack/react-query';
import pLimit from 'p-limit';
import { useState } from 'react';

import type { Asset } from '@/domain/asset';
import { countTags, isRootTag } from '@/domain/tags';
import { formatCount, formatNumber } from '@/lib/format';
import type { TagEditor } from '@/providers/provider';
import { addTagsMutation, removeTagsMutation, type TagEdit } from '@/queries/change-tags';
import { Checkbox } from '@/ui/field';
import ConfirmDialog from '@/ui/confirm-dialog';
import { announce, announceProblem } from '@/ui/toaster';

import { RootTagWarning } from './root-tag-dialog';
import { problemText, removedBy } from './use-tag-removal';

const few = pLimit(4);

interface Failure {
  readonly edit: TagEdit;
  readonly error: unknown;
}

/** Picks tags and takes them off every asset of a selection, each asset with an outcome of its own. */
export default function BulkTagDialog({
  provider,
  assets: asked,
  onClose,
}: {
  provider: TagEditor;
  assets: readonly Asset[];
  onClose: () => void;
}) {
  const [assets] = useState(asked);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  /** How far a run is; a retry is asked for less than the first one. */
  const [progress, setProgress] = useState<{ readonly done: number; readonly asked: number } | null>(null);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const removal = useMutation(removeTagsMutation(provider));
  const addition = useMutation(addTagsMutation(provider));

  const tags = countTags(assets);
  const edits: readonly TagEdit[] = assets
    .map((asset) => ({ asset, tags: asset.tags.filter((tag) => picked.has(tag)) }))
    .filter((edit) => edit.tags.length > 0);
  const roots = [...picked].filter(isRootTag);

  async function undo(removed: readonly TagEdit[]) {
    const results = await Promise.allSettled(removed.map((edit) => few(() => addition.mutateAsync(edit))));
    const failed = results.filter((result) => result.status === 'rejected');
    const [first] = failed;
    if (first === undefined) announce(`Tags put back on ${formatCount(removed.length, 'asset')}`);
    else
      announceProblem(
        problemText(`Tags could not be put back on ${formatCount(failed.length, 'asset')}`, first.reason),
      );
  }

  async function run(which: readonly TagEdit[]) {
    const removed: TagEdit[] = [];
    const failed: Failure[] = [];
    setFailures([]);
    setProgress({ done: 0, asked: which.length });
    await Promise.all(
      which.map((edit) =>
        few(async () => {
          try {
            const change = await removal.mutateAsync(edit);
            const off = removedBy(edit, change);
            if (off.length > 0) removed.push({ asset: edit.asset, tags: off });
          } catch (error) {
            failed.push({ edit, error });
          }
          setProgress((now) => now && { ...now, done: now.done + 1 });
        }),
      ),
    );
    setProgress(null);
    if (removed.length > 0) {
      announce(
        `Tags removed from ${formatCount(removed.length, 'asset')}`,
        provider.addTags === undefined ? null : { label: 'Undo', run: () => void undo(removed) },
      );
    } else if (failed.length === 0) announce('The tags were not there any more');
    if (failed.length === 0) onClose();
    else setFailures(failed);
  }

  const busy = progress !== null;
  if (failures.length > 0) {
    return (
      <ConfirmDialog
        title={`Tags are still on ${formatCount(failures.length, 'asset')}`}
        keepLabel="Close"
        confirmLabel={`Retry ${formatNumber(failures.length)} failed`}
        look="primary"
        onConfirm={() => void run(failures.map((failure) => failure.edit))}
        onClose={onClose}
      >
        <ul role="alert" className="flex flex-col gap-2">
          {failures.map(({ edit, error }) => (
            <li key={edit.asset.id} className="wrap-anywhere">
              {problemText(edit.asset.name, error)}
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    );
  }

  return (
    <ConfirmDialog
      title={`Remove tags from ${formatCount(assets.length, 'asset')}`}
      confirmLabel="Remove"
      confirmDisabled={edits.length === 0 || busy}
      busy={busy}
      look="primary"
      onConfirm={() => void run(edits)}
      onClose={() => {
        if (!busy) onClose();
      }}
    >
      {tags.length === 0 ? (
        <p>{assets.length === 1 ? 'It has no tags.' : 'None of them has a tag.'}</p>
      ) : (
        <div className="flex flex-col gap-3">
          <fieldset disabled={busy} className="max-h-72 overflow-y-auto rounded-md border border-line p-1">
            <legend className="sr-only">Tags to remove</legend>
            {tags.map((tag) => (
              <label key={tag.name} className="flex min-h-8 items-center gap-2 rounded px-2 hover:bg-hover">
                <Checkbox
                  checked={picked.has(tag.name)}
                  onChange={(event) => {
                    const next = new Set(picked);
                    if (event.target.checked) next.add(tag.name);
                    else next.delete(tag.name);
                    setPicked(next);
                  }}
                />
                <bdi className="min-w-0 flex-1 truncate" title={tag.name}>
                  {tag.name}
                </bdi>
                <span className="text-muted">{formatNumber(tag.count)}</span>
              </label>
            ))}
          </fieldset>
          {roots.length > 0 && <RootTagWarning tags={roots} count={edits.length} />}
          <p role="status" className="text-muted">
            {progress === null
              ? picked.size > 0 && `Affects ${formatCount(edits.length, 'asset')}. Nothing is deleted.`
              : `${formatNumber(progress.done)} of ${formatNumber(progress.asked)} done`}
          </p>
        </div>
      )}
    </ConfirmDialog>
  );
}
