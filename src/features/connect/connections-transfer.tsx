import type { ListedConnection } from '@/connections/arrange';
import {
  imported,
  LARGEST_FILE,
  planImport,
  readConnectionsFile,
  writeConnectionsFile,
} from '@/connections/connections-file';
import type { OwnConnections } from '@/connections/own-connections';
import { FileTransfer } from '@/ui/file-transfer';
import { announce } from '@/ui/toaster';

import { ImportDialog } from './import-dialog';

/** The person's own connections to a file and back. */
export function ConnectionsTransfer({
  all,
  pageUrl,
  onChange,
}: {
  all: readonly ListedConnection[];
  pageUrl: string;
  onChange: (change: (kept: OwnConnections) => OwnConnections) => void;
}) {
  const hasOwn = all.some(({ origin }) => origin === 'own');
  return (
    <FileTransfer
      label="File of connections"
      largest={LARGEST_FILE}
      tooLarge="This file is too large to be a list of connections."
      read={(text) => {
        const file = readConnectionsFile(text, pageUrl);
        return typeof file === 'string' ? file : { ...file, steps: planImport(file.entries, all) };
      }}
      written={hasOwn ? () => writeConnectionsFile(all, pageUrl) : null}
      fileName="winnow-connections.json"
    >
      {({ steps, problems }, fileName, close) => (
        <ImportDialog
          fileName={fileName}
          steps={steps}
          problems={problems}
          onImport={() => {
            onChange((kept) => imported(kept, steps));
            close();
            const count = steps.filter(({ action }) => action !== 'skip').length;
            announce(`${count} ${count === 1 ? 'connection' : 'connections'} imported`);
          }}
          onClose={close}
        />
      )}
    </FileTransfer>
  );
}
