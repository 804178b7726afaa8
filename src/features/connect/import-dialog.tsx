import type { ImportStep } from '@/connections/connections-file';
import { PROVIDER_NAMES } from '@/domain/connection';
import ConfirmDialog from '@/ui/confirm-dialog';
import { ImportList } from '@/ui/import-list';

const WHAT: Readonly<Record<ImportStep['action'], string>> = {
  add: 'Add',
  replace: 'Replace',
  skip: 'Skip',
};

/** Shows what a file would change before any of it is changed. */
export function ImportDialog({
  fileName,
  steps,
  problems,
  onImport,
  onClose,
}: {
  fileName: string;
  steps: readonly ImportStep[];
  problems: readonly string[];
  onImport: () => void;
  onClose: () => void;
}) {
  const effective = steps.filter(({ action }) => action !== 'skip').length;
  const noun = effective === 1 ? 'connection' : 'connections';
  return (
    <ConfirmDialog
      title={effective === 0 ? 'Nothing to import' : `Import ${effective} ${noun}?`}
      keepLabel={effective === 0 ? 'Close' : 'Cancel'}
      confirmLabel={effective === 0 ? null : `Import ${effective}`}
      look="primary"
      onConfirm={onImport}
      onClose={onClose}
    >
      <ImportList
        fileName={fileName}
        note="Keys are never part of such a file: you are asked for them when you open a connection."
        problems={problems}
        steps={steps.map((step, index) => ({
          key: String(index),
          what: WHAT[step.action],
          name: step.connection.label,
          about: (
            <>
              <p>
                {PROVIDER_NAMES[step.connection.kind]} ·{' '}
                <span className="font-mono text-xs">{step.connection.baseUrl}</span>
              </p>
              {step.action === 'skip' && <p>{step.why}</p>}
              {step.action === 'replace' && (
                <p>
                  Instead of “<bdi>{step.before.label}</bdi>”: label and colour change.
                </p>
              )}
            </>
          ),
        }))}
      />
    </ConfirmDialog>
  );
}
