export interface RequestTarget {
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
}

// Allow-lists, so whatever a later server might read differently (backslash, control byte, lone %) never gets there.
const PLAIN_PATH = /^\/(?:[\w.~!$&'()*+,;=:@/-]|%[\da-f]{2})*$/i;
const PLAIN_QUERY = /^(?:\?[!"$-~]*)?$/;

/** Splits an origin-form request target; null for any other form and for every path that is not already normal. */
export function parseTarget(target: string): RequestTarget | null {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark);
  if (!PLAIN_PATH.test(path) || path.startsWith('//') || !PLAIN_QUERY.test(query)) return null;
  return path.split('/').every(isPlainSegment) ? { path, query } : null;
}

function isPlainSegment(segment: string): boolean {
  const decoded = decode(segment);
  if (decoded === null || decoded === '.' || decoded === '..') return false;
  // A % that survives decoding means double encoding: the next decoder would see another path.
  return !/[/\\%\p{Cc}]/u.test(decoded);
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
