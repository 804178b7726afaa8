import { Check } from 'lucide-react';
import { useId, useState } from 'react';

import { makeManifest, type ManifestFormat } from '@/cleanup/manifest';
import type { Asset } from '@/domain/asset';
import { saveFile } from '@/lib/save-file';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';

const FORMATS: readonly { readonly format: ManifestFormat; readonly label: string }[] = [
  { format: 'csv', label: 'Save as CSV' },
  { format: 'jsonl', label: 'Save as JSON Lines' },
];

export const saveManifest = async (assets: readonly Asset[], format: ManifestFormat): Promise<void> =>
  saveFile(
    await makeManifest(assets, 'delete', format),
    `winnow-delete-${new Date().toISOString().replaceAll(':', '')}.${format}`,
  );

/** For high stakes: the list is saved, and the count typed (or pasted), before anything can go. */
export function TypedConfirmation({
  assets,
  typed,
  onType,
  saved,
  onSaved,
}: {
  assets: readonly Asset[];
  typed: string;
  onType: (text: string) => void;
  saved: boolean;
  onSaved: () => void;
}) {
  const id = useId();
  const [problem, setProblem] = useState(false);

  async function save(format: ManifestFormat) {
    try {
      await saveManifest(assets, format);
      onSaved();
    } catch {
      setProblem(true);
    }
  }

  return (
    <div className="flex flex-col gap-3 rounded-md border border-line p-3">
      <div className="flex flex-col gap-1.5">
        <p>Keep a list of what goes. If you do not save one now, it is saved as CSV when you confirm.</p>
        <div className="flex flex-wrap items-center gap-2">
          {FORMATS.map(({ format, label }) => (
            <Button key={format} size="small" onClick={() => void save(format)}>
              {label}
            </Button>
          ))}
          {saved && (
            <span role="status" className="flex items-center gap-1 text-muted">
              <Check aria-hidden className="size-4" /> Saved
            </span>
          )}
          {problem && (
            <span role="alert" className="text-danger">
              The list could not be saved.
            </span>
          )}
        </div>
      </div>
      <label htmlFor={id} className="flex flex-col gap-1">
        <span>
          Type <strong>{assets.length}</strong> to confirm
        </span>
        <TextField
          id={id}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onType(event.target.value)}
        />
      </label>
    </div>
  );
}

/** `1204`, ` 1204 ` and, with any locale's grouping, `1,204` all count; `12.04` and `12a04` do not. */
export function isTypedCount(typed: string, count: number): boolean {
  const text = typed.trim();
  const grouped = /^\d{1,3}(?:[\s,.’']\d{3})+$/.test(text);
  return (grouped ? text.replaceAll(/\D/g, '') : text) === String(count);
}
