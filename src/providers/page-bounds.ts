export interface PageBounds {
  readonly limit: number;
  readonly offset: number;
}

/** A page as `limit` and `offset`, within the provider's bounds. */
export function pageBounds(
  query: { readonly page: number; readonly pageSize: number },
  maxPageSize: number,
): PageBounds {
  const limit = Math.min(maxPageSize, wholeFrom1(query.pageSize));
  return { limit, offset: Math.min((wholeFrom1(query.page) - 1) * limit, Number.MAX_SAFE_INTEGER) };
}

const wholeFrom1 = (value: number): number => (value >= 1 ? Math.trunc(value) : 1);
