/** Whether two plain objects say the same, in whatever order their fields stand. */
export const isSame = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left, sorted) === JSON.stringify(right, sorted);

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;
