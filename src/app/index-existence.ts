const NAME = 'winnow.library';

/**
 * Whether this browser has an index of a connection, without looking for it: what only looks makes none, and loads no
 * database. Where nothing can be stored there is none to be found at the next visit either.
 */
export const indexExistence = (connectionId: string) => ({
  get: (): boolean => read().includes(connectionId),
  set(exists: boolean): void {
    const others = read().filter((id) => id !== connectionId);
    try {
      localStorage.setItem(NAME, JSON.stringify(exists ? [...others, connectionId] : others));
    } catch {
      // Storage is full or switched off: the index is found again once somebody asks for it to be built.
    }
  },
});

function read(): readonly string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
