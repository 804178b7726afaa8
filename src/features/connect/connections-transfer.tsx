import { Download, Upload } from 'lucide-react';
import { useRef, useState } from 'react';

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
  const input = useRef<HTMLInputElement>(null);
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
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden className="size-4" /> Import…
      </Button>
      <input
        ref={input}
        type="file"
        aria-label="File of connections"
        accept="application/json,.json"
        hidden
        onChange={({ target }) => {
          const file = target.files?.[0];
          setProblem(null);
          if (file !== undefined) void read(file);
          // The same file once more is a change as well.
          target.value = '';
        }}
      />
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
