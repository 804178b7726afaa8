import { readBaseUrl } from '@/connections/base-url';
import { sameLabel } from '@/connections/edit-own';
import { LONGEST_LABEL } from '@/connections/own-connections';

/** What is wrong with one field, as a sentence; null when nothing is. */
export type FieldProblem = string | null;

export function labelProblem(label: string, taken: readonly string[]): FieldProblem {
  if (label.trim() === '') return 'Give it a label.';
  if (label.trim().length > LONGEST_LABEL) return `Use at most ${LONGEST_LABEL} characters.`;
  if (taken.some((other) => sameLabel(other, label))) {
    return 'Another connection has this label. Choose one that tells them apart.';
  }
  return null;
}

export function addressProblem(address: string, pageUrl: string): FieldProblem {
  const text = address.trim();
  if (text === '') return 'Enter the base URL of the provider.';
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  // Without a scheme a host name would be taken for a folder of this site.
  if (scheme === undefined && !/^(?:\.{0,2}\/|proxy\/)/.test(text)) {
    return 'Begin with http:// or https://, or, for a path of this site, with / or proxy/.';
  }
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return 'Only addresses that begin with http:// or https:// can be used.';
  }
  if (readBaseUrl(text, pageUrl) !== null) return null;
  return text.includes('@')
    ? 'Leave out the name and the password: an address is kept and shown, and they would be too.'
    : 'This is not an address that a browser understands.';
}

/** Where requests would go; null while that cannot be said. */
export const resolvedAddress = (address: string, pageUrl: string): string | null =>
  addressProblem(address, pageUrl) === null ? readBaseUrl(address.trim(), pageUrl) : null;
