/** Offers a file made in the page for download. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun reading the blob by then; revoking in the same task would cancel it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
