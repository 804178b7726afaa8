/** The last eight hex digits: ids of one hour share their first ones, because those are a time. */
export const shortId = (id: string): string => id.replaceAll('-', '').slice(-8);
