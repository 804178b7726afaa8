import type { ImportStep } from '@/connections/connections-file';
import { PROVIDER_NAMES } from '@/domain/connection';
import ConfirmDialog from '@/ui/confirm-dialog';

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
      <div className="flex flex-col gap-3">
        <p className="wrap-anywhere">
          From “<bdi>{fileName}</bdi>”. Keys are never part of such a file: you are asked for them when you
          open a connection.
        </p>
        {problems.length > 0 && (
          <ul className="flex list-disc flex-col gap-1 rounded-md bg-caution-soft py-2 pr-3 pl-7 text-caution wrap-anywhere">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {steps.length > 0 && (
          <ul aria-label="What happens to each" className="flex flex-col divide-y divide-line">
            {steps.map((step, index) => (
              <li key={index} className="flex gap-3 py-1.5">
                <span className="w-16 shrink-0 font-medium">{WHAT[step.action]}</span>
                <div className="min-w-0 wrap-anywhere">
                  <bdi className="font-medium">{step.connection.label}</bdi>
                  <p className="text-muted">
                    {PROVIDER_NAMES[step.connection.kind]} ·{' '}
                    <span className="font-mono text-xs">{step.connection.baseUrl}</span>
                  </p>
                  {step.action === 'skip' && <p className="text-muted">{step.why}</p>}
                  {step.action === 'replace' && (
                    <p className="text-muted">
                      Instead of “<bdi>{step.before.label}</bdi>”: label and colour change.
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </ConfirmDialog>
  );
}
