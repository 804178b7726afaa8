import { isRootTag } from '@/domain/tags';
import { isolate } from '@/lib/isolate';
import type { TagEdit } from '@/queries/change-tags';
import ConfirmDialog from '@/ui/confirm-dialog';

/** Asks before a tag goes that says where the asset belongs. */
export default function RootTagDialog({
  edit,
  onConfirm,
  onClose,
}: {
  edit: TagEdit;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const roots = edit.tags.filter(isRootTag);
  return (
    <ConfirmDialog
      title={`Remove “${roots.join('”, “')}” from ${isolate(edit.asset.name)}?`}
      confirmLabel="Remove"
      look="primary"
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <RootTagWarning tags={roots} count={1} />
    </ConfirmDialog>
  );
}

export function RootTagWarning({ tags, count }: { tags: readonly string[]; count: number }) {
  const what = count === 1 ? 'The asset' : 'These assets';
  return (
    <p className="text-caution">
      “{tags.join('”, “')}” says which folder {count === 1 ? 'the asset' : 'they'} belong
      {count === 1 ? 's' : ''} to. Without it {what.toLowerCase()} will vanish from views that filter by it,
      here and at the provider. Nothing is deleted.
    </p>
  );
}
