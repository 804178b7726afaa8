import { Download, Upload } from 'lucide-react';
import { useState } from 'react';

import { PROVIDER_NAMES } from '@/domain/connection';
import { formatCount } from '@/lib/format';
import { preloadable } from '@/lib/preloadable';
import { saveFile } from '@/lib/save-file';
import {
  imported,
  LARGEST_FILE,
  planImport,
  readSavedFile,
  writeSavedFile,
  type ImportStep,
} from '@/library/saved/saved-file';
import type { Saved } from '@/library/saved/saved-items';
import { Button } from '@/ui/button';
import { FileButton } from '@/ui/file-button';
import { shownText } from '@/ui/shown-text';
import { announce } from '@/ui/toaster';

import { newId } from '@/cleanup/new-id';

const ConfirmDialog = preloadable(() => import('@/ui/confirm-dialog'));

interface Asked {
  readonly fileName: string;
  readonly steps: readonly ImportStep[];
  readonly problems: readonly string[];
}

/** Views and policies, of all providers, to a file and back. */
export function SavedTransfer({
  saved,
  onChange,
}: {
  saved: Saved;
  onChange: (change: (now: Saved) => Saved) => void;
}) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function read(file: File) {
    const result = await contentOf(file).then(
      (text) => (text === null ? 'This file is too large to be a list of views.' : readSavedFile(text)),
      () => 'This file could not be read.',
    );
    if (typeof result === 'string') setProblem(result);
    else
      setAsked({ fileName: file.name, steps: planImport(result, saved, newId), problems: result.problems });
  }

  function apply({ steps }: Asked) {
    onChange((now) => imported(now, steps));
    setAsked(null);
    announce(`${countWords(steps)} imported`);
  }

  return (
    <>
      <FileButton
        label="File of views and policies"
        onFile={(file) => {
          setProblem(null);
          if (file !== undefined) void read(file);
        }}
      >
        <Upload aria-hidden className="size-4" /> Import…
      </FileButton>
      {saved.views.length > 0 && (
        <Button
          title="The views and policies of all providers"
          onClick={() =>
            saveFile(new Blob([writeSavedFile(saved)], { type: 'application/json' }), 'winnow-views.json')
          }
        >
          <Download aria-hidden className="size-4" /> Export
        </Button>
      )}
      {problem !== null && (
        <p role="alert" className="w-full text-danger">
          Nothing was imported. {problem}
        </p>
      )}
      {asked !== null && (
        <ImportDialog {...asked} onImport={() => apply(asked)} onClose={() => setAsked(null)} />
      )}
    </>
  );
}

/** Shows what a file would add before any of it is added. */
function ImportDialog({
  fileName,
  steps,
  problems,
  onImport,
  onClose,
}: Asked & { onImport: () => void; onClose: () => void }) {
  const nothing = steps.every(({ action }) => action === 'skip');
  return (
    <ConfirmDialog
      title={nothing ? 'Nothing to import' : `Import ${countWords(steps)}?`}
      keepLabel={nothing ? 'Close' : 'Cancel'}
      confirmLabel={nothing ? null : 'Import'}
      look="primary"
      onConfirm={onImport}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3">
        <p className="wrap-anywhere">
          From “<bdi>{shownText(fileName)}</bdi>”. Nothing that you have is replaced, and nothing is run.
        </p>
        {problems.length > 0 && (
          <ul
            aria-label="Left out"
            className="flex list-disc flex-col gap-1 rounded-md bg-caution-soft py-2 pr-3 pl-7 text-caution wrap-anywhere"
          >
            {problems.map((problem) => (
              <li key={problem}>{shownText(problem)}</li>
            ))}
          </ul>
        )}
        {steps.length > 0 && (
          <ul aria-label="What happens to each" className="flex flex-col divide-y divide-line">
            {steps.map(({ action, list, entry, renamed }) => (
              <li key={`${list} ${entry.id}`} className="flex gap-3 py-1.5">
                <span className="w-16 shrink-0 font-medium">{action === 'add' ? 'Add' : 'Skip'}</span>
                <div className="min-w-0 wrap-anywhere">
                  <bdi className="font-medium">{shownText(entry.name)}</bdi>
                  <p className="text-muted">
                    {list === 'views' ? 'View' : 'Policy'} · {PROVIDER_NAMES[entry.kind]}
                    {action === 'skip' && ' · It is here already.'}
                    {renamed !== null && (
                      <>
                        {' · '}The file calls it “<bdi>{shownText(renamed)}</bdi>”, which another here is
                        called.
                      </>
                    )}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </ConfirmDialog>
  );
}

function countWords(steps: readonly ImportStep[]): string {
  const added = steps.filter(({ action }) => action === 'add');
  const views = added.filter(({ list }) => list === 'views').length;
  const words = [
    ...(views > 0 ? [formatCount(views, 'view')] : []),
    ...(added.length > views ? [formatCount(added.length - views, 'policy', 'policies')] : []),
  ];
  return words.join(' and ');
}

const contentOf = async (file: File) => (file.size > LARGEST_FILE ? null : file.text());
