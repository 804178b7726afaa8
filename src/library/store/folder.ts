/** The folder below which each connection has one; `connections/forget-everything.ts` deletes it. */
export const FOLDER = 'winnow-library';

/** Ids may hold anything; a file name may not. */
export const nameFor = (connectionId: string): string =>
  [...new TextEncoder().encode(connectionId)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
