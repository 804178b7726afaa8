import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import type { Asset } from '@/domain/asset';
import { isOutcomeKnown } from '@/domain/errors';
import { isRootTag } from '@/domain/tags';
import { isolate } from '@/lib/isolate';
import type { TagChange, TagEditor } from '@/providers/provider';
import { addTagsMutation, removeTagsMutation, type TagEdit } from '@/queries/change-tags';
import { announce, announceProblem } from '@/ui/toaster';

/**
 * Takes tags off an asset at once, with undo. Root tags are asked about first:
 * `question` is what to ask, `confirm` and `dismiss` are the answers.
 */
export function useTagRemoval(provider: TagEditor) {
  const [question, setQuestion] = useState<TagEdit | null>(null);
  const removal = useMutation(removeTagsMutation(provider));
  const addition = useMutation(addTagsMutation(provider));

  /** Awaited, since callbacks given to `mutate` are dropped with the component, and the toast outlives it. */
  async function undo(edit: TagEdit) {
    try {
      await addition.mutateAsync(edit);
      announce(`${quoted(edit.tags)} put back on ${isolate(edit.asset.name)}`);
    } catch (error) {
      const what = isOutcomeKnown(error)
        ? `${quoted(edit.tags)} could not be put back`
        : `${quoted(edit.tags)} may or may not be back on ${isolate(edit.asset.name)}: the list is read again to find out`;
      announceProblem(await problemText(what, error));
    }
  }

  async function run(edit: TagEdit) {
    try {
      const change = await removal.mutateAsync(edit);
      const removed = removedBy(edit, change);
      const text = outcomeText(edit, change, removed);
      const canUndo = provider.addTags !== undefined && removed.length > 0;
      announce(
        text,
        canUndo ? { label: 'Undo', run: () => void undo({ asset: edit.asset, tags: removed }) } : null,
      );
    } catch (error) {
      const what = isOutcomeKnown(error)
        ? `${quoted(edit.tags)} ${edit.tags.length === 1 ? 'is' : 'are'} still on ${isolate(edit.asset.name)}`
        : `${quoted(edit.tags)} may or may not still be on ${isolate(edit.asset.name)}: the list is read again to find out`;
      announceProblem(await problemText(what, error));
    }
  }

  return {
    question,
    remove: (asset: Asset, tags: readonly string[]) => {
      const edit = { asset, tags };
      if (tags.some(isRootTag)) setQuestion(edit);
      else void run(edit);
    },
    confirm: () => {
      if (question !== null) void run(question);
      setQuestion(null);
    },
    dismiss: () => setQuestion(null),
  };
}

/** The tags that are really off now: the reply is the truth, not the request. */
const removedBy = (edit: TagEdit, change: TagChange): readonly string[] =>
  change.changed ?? edit.tags.filter((tag) => !change.totalTags.includes(tag));

function outcomeText(edit: TagEdit, change: TagChange, removed: readonly string[]): string {
  const still = edit.tags.filter((tag) => change.totalTags.includes(tag));
  if (still.length > 0) return `${quoted(still)} could not be removed from ${isolate(edit.asset.name)}`;
  if (removed.length === 0) return `${quoted(edit.tags)} was not on ${isolate(edit.asset.name)} any more`;
  return `${quoted(removed)} removed from ${isolate(edit.asset.name)}`;
}

const quoted = (tags: readonly string[]): string =>
  tags.length === 1 ? `Tag “${isolate(tags[0] ?? '')}”` : `${tags.length} tags`;

/** The words for errors are no part of the first page; offline the outcome alone is said. */
async function problemText(what: string, error: unknown): Promise<string> {
  try {
    const { explainError } = await import('@/domain/explain-error');
    const { title, hint } = explainError(error);
    return `${what}. ${title}. ${hint}`;
  } catch {
    return `${what}.`;
  }
}
