import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import type { Asset } from '@/domain/asset';
import { explainError } from '@/domain/explain-error';
import { isRootTag } from '@/domain/tags';
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

  function undo(edit: TagEdit) {
    addition.mutate(edit, {
      onSuccess: () => announce(`${quoted(edit.tags)} put back on ${edit.asset.name}`),
      onError: (error) => announceProblem(problemText(`${quoted(edit.tags)} could not be put back`, error)),
    });
  }

  async function run(edit: TagEdit) {
    try {
      const change = await removal.mutateAsync(edit);
      const removed = removedBy(edit, change);
      const text = outcomeText(edit, change, removed);
      const canUndo = provider.addTags !== undefined && removed.length > 0;
      announce(
        text,
        canUndo ? { label: 'Undo', run: () => undo({ asset: edit.asset, tags: removed }) } : null,
      );
    } catch (error) {
      announceProblem(problemText(`${quoted(edit.tags)} is still on ${edit.asset.name}`, error));
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
export const removedBy = (edit: TagEdit, change: TagChange): readonly string[] =>
  change.changed ?? edit.tags.filter((tag) => !change.totalTags.includes(tag));

function outcomeText(edit: TagEdit, change: TagChange, removed: readonly string[]): string {
  const still = edit.tags.filter((tag) => change.totalTags.includes(tag));
  if (still.length > 0) return `${quoted(still)} could not be removed from ${edit.asset.name}`;
  if (removed.length === 0) return `${quoted(edit.tags)} was not on ${edit.asset.name} any more`;
  return `${quoted(removed)} removed from ${edit.asset.name}`;
}

const quoted = (tags: readonly string[]): string =>
  tags.length === 1 ? `Tag “${tags[0] ?? ''}”` : `${tags.length} tags`;

export function problemText(what: string, error: unknown): string {
  const { title, hint } = explainError(error);
  return `${what}. ${title}. ${hint}`;
}
