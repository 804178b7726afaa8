import { Download, Upload } from 'lucide-react';
import { useState } from 'react';

import type { ListedConnection } from '@/connections/arrange';
import {
  imported,
  LARGEST_FILE,
  planImport,
  readConnectionsFile,
  writeConnectionsFile,
  type ImportStep,
} from '@/connections/connections-file';
import type { OwnConnections } from '@/connections/own-connections';
import { saveFile } from '@/lib/save-file';
import { Button } from '@/ui/button';
import { FileButton } from '@/ui/file-button';
import { announce } from '@/ui/toaster';

import { ImportDialog } from './import-dialog';

interface Asked {
  readonly fileName: string;
  readonly steps: readonly ImportStep[];
  readonly problems: readonly string[];
}

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
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const hasOwn = all.some(({ origin }) => origin === 'own');

  function save() {
    const json = writeConnectionsFile(all, pageUrl);
    saveFile(new Blob([json], { type: 'application/json' }), 'winnow-connections.json');
  }

  async function read(file: File) {
    const result = await contentOf(file).then(
      (text) =>
        text === null
          ? 'This file is too large to be a list of connections.'
          : readConnectionsFile(text, pageUrl),
      () => 'This file could not be read.',
    );
    if (typeof result === 'string') {
      setProblem(result);
      return;
    }
    setAsked({ fileName: file.name, steps: planImport(result.entries, all), problems: result.problems });
  }

  function apply({ steps }: Asked) {
    onChange((kept) => imported(kept, steps));
    setAsked(null);
    const count = steps.filter(({ action }) => action !== 'skip').length;
    announce(`${count} ${count === 1 ? 'connection' : 'connections'} imported`);
  }

  return (
    <>
      <FileButton
        label="File of connections"
        onFile={(file) => {
          setProblem(null);
          if (file !== undefined) void read(file);
        }}
      >
        <Upload aria-hidden className="size-4" /> Import…
      </FileButton>
      {hasOwn && (
        <Button onClick={save}>
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

const contentOf = async (file: File) => (file.size > LARGEST_FILE ? null : file.text());
