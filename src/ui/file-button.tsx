import { useRef, type ReactNode } from 'react';

import { Button } from './button';

/** A button that asks for a file of JSON. */
export function FileButton({
  label,
  children,
  onFile,
}: {
  /** Names the field behind the button. */
  label: string;
  children: ReactNode;
  /** Undefined: the choice was called off. */
  onFile: (file: File | undefined) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{children}</Button>
      <input
        ref={input}
        type="file"
        aria-label={label}
        accept="application/json,.json"
        hidden
        onChange={({ target }) => {
          onFile(target.files?.[0]);
          // The same file once more is a change as well.
          target.value = '';
        }}
      />
    </>
  );
}
