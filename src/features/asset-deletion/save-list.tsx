import { Check } from 'lucide-react';

import type { ManifestFormat } from '@/cleanup/manifest';
import { Button } from '@/ui/button';

import type { SavedList } from './use-saved-list';

const FORMATS: readonly { readonly format: ManifestFormat; readonly label: string }[] = [
  { format: 'csv', label: 'Save as CSV' },
  { format: 'jsonl', label: 'Save as JSON Lines' },
];

/** Keeps a list of what goes: by itself for high stakes, and as all that happens in a dry run. */
export function SaveList({
  list,
  required,
  onDryRun,
}: {
  list: SavedList;
  /** The list is saved before anything is deleted, whether or not the person did. */
  required: boolean;
  onDryRun: () => void;
}) {
  return (
    <div className="flex flex-col items-start gap-2">
      {required && (
        <>
          <p>Keep a list of what goes. If you do not save one now, it is saved as CSV when you confirm.</p>
          <div className="flex flex-wrap items-center gap-2">
            {FORMATS.map(({ format, label }) => (
              <Button
                key={format}
                size="small"
                aria-disabled={list.saving}
                onClick={() => {
                  if (!list.saving) void list.trySave(format);
                }}
              >
                {label}
              </Button>
            ))}
            {list.isSaved && (
              <span role="status" className="flex items-center gap-1 text-muted">
                <Check aria-hidden className="size-4" /> Saved
              </span>
            )}
          </div>
        </>
      )}
      <section aria-label="Dry run" className="flex max-w-full flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-muted">Dry run:</span>
        <Button
          size="small"
          className="h-auto min-h-7 max-w-full text-left whitespace-normal"
          aria-disabled={list.saving}
          onClick={() => {
            if (!list.saving) onDryRun();
          }}
        >
          Save this plan and delete nothing
        </Button>
      </section>
      {list.failed && (
        <p role="alert" className="text-danger">
          The list could not be saved.
        </p>
      )}
    </div>
  );
}
