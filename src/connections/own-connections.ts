import * as v from 'valibot';

import { CONNECTION_COLOURS, PROVIDER_KINDS, type Connection } from '@/domain/connection';
import { schemaProblem } from '@/lib/schema-problem';

import { BASE_URL_RULE, CONNECTION_ID, readBaseUrl } from './base-url';

/** The connections that a person made, and how they arranged all of them. Never a key. */
export interface OwnConnections {
  readonly own: readonly Connection[];
  /** Ids of any connections, first to last; those it does not name come after. */
  readonly order: readonly string[];
  /** Ids of connections of the site that are not offered. */
  readonly hidden: readonly string[];
}

export const OWN_CONNECTIONS = 'winnow.connections';

const NO_OWN: OwnConnections = { own: [], order: [], hidden: [] };

export const LONGEST_LABEL = 80;

/** One connection as it is stored and exported, its address absolute or relative to the page. */
export const connectionFields = (pageUrl: string) => ({
  kind: v.picklist(PROVIDER_KINDS, `use ${PROVIDER_KINDS.join(', ')}`),
  label: v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('must not be empty'),
    v.maxLength(LONGEST_LABEL, `must not be longer than ${LONGEST_LABEL} characters`),
  ),
  baseUrl: v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('must not be empty'),
    v.transform((raw) => readBaseUrl(raw, pageUrl)),
    v.string(`must be ${BASE_URL_RULE}`),
  ),
  // A colour of a later version is no reason to lose the connection.
  colour: v.fallback(v.optional(v.picklist(CONNECTION_COLOURS)), undefined),
});

const ids = v.fallback(v.array(v.string()), []);
const storedSchema = v.object({
  version: v.literal(1),
  own: v.fallback(v.array(v.unknown()), []),
  order: ids,
  hidden: ids,
});

/**
 * Reads what this browser kept. Never fails: what cannot be used is left out, and `problems` says so.
 * @param text as stored; null or empty when nothing was
 */
export function parseOwn(
  text: string | null,
  pageUrl: string,
): { readonly kept: OwnConnections; readonly problems: readonly string[] } {
  if (text === null || text === '') return { kept: NO_OWN, problems: [] };
  const parsed = v.safeParse(storedSchema, parseJson(text));
  if (!parsed.success)
    return { kept: NO_OWN, problems: ['Your own connections cannot be read here any more.'] };
  const { own, order, hidden } = parsed.output;
  const schema = v.object({
    id: v.pipe(v.string(), v.regex(CONNECTION_ID)),
    ...connectionFields(pageUrl),
  });
  const problems: string[] = [];
  const usable = new Map<string, Connection>();
  for (const [index, raw] of own.entries()) {
    const entry = v.safeParse(schema, raw);
    if (!entry.success) {
      problems.push(`Your connection ${index + 1} was left out: ${schemaProblem(entry.issues[0])}.`);
    } else if (usable.has(entry.output.id)) {
      problems.push(`Your connection “${entry.output.label}” was left out: its id is used twice.`);
    } else {
      usable.set(entry.output.id, toConnection(entry.output));
    }
  }
  return { kept: { own: [...usable.values()], order, hidden }, problems };
}

type Fields = Omit<Connection, 'demo' | 'colour'> & { readonly colour?: Connection['colour'] | undefined };

export const toConnection = ({ id, kind, label, baseUrl, colour }: Fields): Connection => ({
  ...{ id, kind, label, baseUrl, demo: false },
  ...(colour !== undefined && { colour }),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // edited by hand
  }
}
