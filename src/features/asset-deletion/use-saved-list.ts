import { useState } from 'react';

import { makeManifest, type ManifestFormat } from '@/cleanup/manifest';
import type { Plan } from '@/domain/plan';
import { saveFile } from '@/lib/save-file';

/** The list of what goes, as a file; another plan makes another list. */
export function useSavedList(plan: Plan) {
  const [saved, setSaved] = useState<Plan | null>(null);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState(false);

  /** @throws when the file cannot be made */
  async function save(format: ManifestFormat) {
    setSaving(true);
    setFailed(false);
    try {
      saveFile(
        await makeManifest(plan.items, plan.action, format),
        `winnow-delete-${new Date().toISOString().replaceAll(':', '')}.${format}`,
      );
      setSaved(plan);
    } finally {
      setSaving(false);
    }
  }

  return {
    isSaved: saved === plan,
    saving,
    failed,
    save,
    /** @returns whether it was saved; if not, `failed` says so on screen */
    trySave: async (format: ManifestFormat): Promise<boolean> => {
      try {
        await save(format);
        return true;
      } catch {
        setFailed(true);
        return false;
      }
    },
  };
}

export type SavedList = ReturnType<typeof useSavedList>;
