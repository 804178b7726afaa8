import { newId } from '@/cleanup/new-id';
import { PROVIDER_NAMES } from '@/domain/connection';
import { formatCount } from '@/lib/format';
import {
  imported,
  LARGEST_FILE,
  planImport,
  readSavedFile,
  writeSavedFile,
  type ImportStep,
} from '@/library/saved/saved-file';
import type { Saved } from '@/library/saved/saved-items';
import { FileTransfer } from '@/ui/file-transfer';
import { ImportList } from '@/ui/import-list';
import { preloadable } from '@/ui/preloadable';
import { shownText } from '@/ui/shown-text';
import { announce } from '@/ui/toaster';

const ConfirmDialog = preloadable(() => import('@/ui/confirm-dialog'));

/** Views and policies, of all providers, to a file and back. */
export function SavedTransfer({
  saved,
  onChange,
}: {
  saved: Saved;
  onChange: (change: (now: Saved) => Saved) => void;
}) {
  return (
    <FileTransfer
      label="File of views and policies"
      largest={LARGEST_FILE}
      tooLarge="This file is too large to be a list of views."
      read={(text) => {
        const file = readSavedFile(text);
        return typeof file === 'string' ? file : { ...file, steps: planImport(file, saved, newId) };
      }}
      written={saved.views.length > 0 ? () => writeSavedFile(saved) : null}
      fileName="winnow-views.json"
      exportTitle="The views and policies of all providers"
    >
      {({ steps, problems }, fileName, close) => {
        const nothing = steps.every(({ action }) => action === 'skip');
        return (
          <ConfirmDialog
            title={nothing ? 'Nothing to import' : `Import ${countWords(steps)}?`}
            keepLabel={nothing ? 'Close' : 'Cancel'}
            confirmLabel={nothing ? null : 'Import'}
            look="primary"
            onConfirm={() => {
              onChange((now) => imported(now, steps));
              close();
              announce(`${countWords(steps)} imported`);
            }}
            onClose={close}
          >
            <ImportList
              fileName={fileName}
              note="Nothing that you have is replaced, and nothing is run."
              problems={problems}
              steps={steps.map((step) => ({
                key: `${step.list} ${step.entry.id}`,
                what: step.action === 'add' ? 'Add' : 'Skip',
                name: step.entry.name,
                about: <About {...step} />,
              }))}
            />
          </ConfirmDialog>
        );
      }}
    </FileTransfer>
  );
}

const About = ({ action, list, entry, renamed }: ImportStep) => (
  <p>
    {list === 'views' ? 'View' : 'Policy'} · {PROVIDER_NAMES[entry.kind]}
    {action === 'skip' && ' · It is here already.'}
    {renamed !== null && (
      <>
        {' · '}The file calls it “<bdi>{shownText(renamed)}</bdi>”, which another here is called.
      </>
    )}
  </p>
);

function countWords(steps: readonly ImportStep[]): string {
  const added = steps.filter(({ action }) => action === 'add');
  const views = added.filter(({ list }) => list === 'views').length;
  const words = [
    ...(views > 0 ? [formatCount(views, 'view')] : []),
    ...(added.length > views ? [formatCount(added.length - views, 'policy', 'policies')] : []),
  ];
  return words.join(' and ');
}
