import { Download, Upload } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';

import { saveFile } from '@/lib/save-file';

import { Button } from './button';

interface FileTransferProps<Content> {
  /** Names the field behind the button. */
  readonly label: string;
  /** In bytes: what is larger is not even read. */
  readonly largest: number;
  /** What to say of that. */
  readonly tooLarge: string;
  /** @returns what is in the file, or why nothing can be made of it */
  readonly read: (text: string) => Content | string;
  /** Null when there is nothing to export. */
  readonly written: (() => string) | null;
  /** Of the file that is written. */
  readonly fileName: string;
  readonly exportTitle?: string;
  /** Shows what is in a file before any of it is taken over. */
  readonly children: (content: Content, fileName: string, close: () => void) => ReactNode;
}

/** Buttons for a list that goes to a file of JSON and comes back from one. */
export function FileTransfer<Content>({
  label,
  largest,
  tooLarge,
  read,
  written,
  fileName,
  exportTitle,
  children,
}: FileTransferProps<Content>) {
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<{ readonly content: Content; readonly name: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function take(file: File) {
    const content =
      file.size > largest ? tooLarge : await file.text().then(read, () => 'This file could not be read.');
    if (typeof content === 'string') setProblem(content);
    else setAsked({ content, name: file.name });
  }

  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden className="size-4" /> Import…
      </Button>
      <input
        ref={input}
        type="file"
        aria-label={label}
        accept="application/json,.json"
        hidden
        onChange={({ target }) => {
          const file = target.files?.[0];
          setProblem(null);
          if (file !== undefined) void take(file);
          // The same file once more is a change as well.
          target.value = '';
        }}
      />
      {written !== null && (
        <Button
          title={exportTitle}
          onClick={() => saveFile(new Blob([written()], { type: 'application/json' }), fileName)}
        >
          <Download aria-hidden className="size-4" /> Export
        </Button>
      )}
      {problem !== null && (
        <p role="alert" className="w-full text-danger">
          Nothing was imported. {problem}
        </p>
      )}
      {asked !== null && children(asked.content, asked.name, () => setAsked(null))}
    </>
  );
}
