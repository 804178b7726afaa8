import { NotSentError } from '@/domain/errors';

type QueryValue = string | number | boolean | readonly string[] | null | undefined;

/** Query parameters in the order they are sent; lists are joined by commas, and nothing empty is sent. */
export type Query = Readonly<Record<string, QueryValue>>;

/** Serialises a query as `style: form, explode: false`; empty when nothing is left to send. */
export function queryString(query: Query): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    const text = serialise(value);
    if (text !== '') pairs.push(`${encodeURIComponent(name)}=${text}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Appends path segments and a query to a base URL, which may end in a folder of its own. */
export function buildUrl(
  provider: string,
  baseUrl: string,
  path: readonly string[],
  query: Query = {},
): string {
  const segments = path.map((segment) => encodeSegment(provider, segment));
  return `${baseUrl.replace(/\/+$/, '')}/${segments.join('/')}${queryString(query)}`;
}

function serialise(value: QueryValue): string {
  if (value === null || value === undefined) return '';
  // The commas between items stay bare: that is how the specification tells items apart.
  if (typeof value === 'object') return value.map(encode).join(',');
  return encode(String(value));
}

/** Half an emoji, as a cursor key can leave in a text field, would make `encodeURIComponent` throw. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));

/**
 * An id that is empty or made of dots would turn "delete this asset" into a call of another address, and one with half
 * a character, once mended, into the deletion of another asset.
 */
function encodeSegment(provider: string, segment: string): string {
  if (/^\.{0,2}$|\p{Cs}/u.test(segment)) {
    throw new NotSentError('id', `"${segment}" cannot be an id at ${provider}`, provider);
  }
  return encodeURIComponent(segment);
}
