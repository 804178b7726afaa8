import { LibraryError } from './library-error';
import { FOLDER, nameFor } from './store/folder';

/** A worker that was ended holds its files for a moment longer. */
const PATIENCE_MS = 5_000;
const AGAIN_MS = 100;

/** Deletes the files of an index without opening it. @throws LibraryError when some tab holds them */
export async function deleteFiles(
  connectionId: string,
  { storage }: { readonly storage?: Partial<StorageManager> } = navigator,
): Promise<void> {
  if (storage?.getDirectory === undefined) return;
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const root = await storage.getDirectory();
      const folder = await root.getDirectoryHandle(FOLDER);
      await folder.removeEntry(nameFor(connectionId), { recursive: true });
      return;
    } catch (error) {
      // There is none, or this browser keeps no files here at all.
      const isThere = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isThere) return;
      if (Date.now() > end) {
        throw new LibraryError(
          'internal',
          'The index is open in another tab. Close the other tabs of Winnow, and try again.',
          { cause: error },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
