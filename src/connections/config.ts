import * as v from 'valibot';

import { PROVIDER_KINDS, type Connection } from '@/domain/connection';
import { connectSources } from '@/lib/connect-sources';
import { schemaProblem } from '@/lib/schema-problem';

import { BASE_URL_RULE, CONNECTION_ID, readBaseUrl } from './base-url';

/** What `config.json` says, ready for use. */
export interface SiteConfig {
  readonly connections: readonly Connection[];
  /** Whether the demo libraries are among the connections. */
  readonly demo: boolean;
  /** Where requests may go besides the page's own site and this machine; sources of a `connect-src`. */
  readonly connect?: readonly string[];
  /** What was wrong with config.json, in words; empty when nothing was. */
  readonly problems: readonly string[];
}

/** A page that waits longer for its own file says so and offers the demo. */
const PATIENCE_MS = 10_000;

const connectionSchema = v.object({
  id: v.pipe(v.string(), v.trim(), v.regex(CONNECTION_ID, 'use letters, digits, dot, dash or underscore')),
  kind: v.picklist(PROVIDER_KINDS),
  label: v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty')),
  // Resolved against the page, an empty one would name the page itself.
  baseUrl: v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty')),
});

const configSchema = v.object({
  connections: v.optional(v.array(v.unknown()), []),
  demo: v.optional(v.boolean(), false),
});

const demoConnections = (pageUrl: string): readonly Connection[] => [
  {
    id: 'demo-comfy',
    kind: 'comfy-cloud',
    label: 'Demo: Comfy',
    baseUrl: resolve('demo/comfy', pageUrl),
    demo: true,
  },
  {
    id: 'demo-roughy',
    kind: 'roughy',
    label: 'Demo: Roughy',
    baseUrl: resolve('demo/roughy', pageUrl),
    demo: true,
  },
];

const resolve = (path: string, pageUrl: string) => new URL(path, pageUrl).href;

const demoOnly = (pageUrl: string, problem: string): SiteConfig => ({
  connections: demoConnections(pageUrl),
  demo: true,
  problems: [problem],
});

/**
 * Reads the site's own configuration, beside `index.html`.
 * Never fails: without a usable config.json the demo is offered, and `problems` says why.
 */
export async function loadConfig(pageUrl: string): Promise<SiteConfig> {
  try {
    const response = await fetch(new URL('config.json', pageUrl), {
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) return demoOnly(pageUrl, `config.json could not be read (HTTP ${response.status}).`);
    return parseConfig(await response.json(), pageUrl);
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not valid JSON' : 'the request failed';
    return demoOnly(pageUrl, `config.json could not be read: ${reason}.`);
  }
}

/** @param json the parsed file @param pageUrl absolute; relative base URLs are resolved against it */
export function parseConfig(json: unknown, pageUrl: string): SiteConfig {
  const parsed = v.safeParse(configSchema, json);
  if (!parsed.success)
    return demoOnly(pageUrl, `config.json is not usable: ${schemaProblem(parsed.issues[0])}.`);
  const problems: string[] = [];
  const connect = connectSources(json);
  const connections: Connection[] = parsed.output.demo ? [...demoConnections(pageUrl)] : [];
  for (const [index, raw] of parsed.output.connections.entries()) {
    const result = readConnection(raw, pageUrl, connections);
    if (typeof result === 'string') problems.push(`config.json, connection ${index + 1}: ${result}.`);
    else connections.push(result);
  }
  if (connections.length > 0) return { connections, demo: parsed.output.demo, connect, problems };
  return {
    connections: demoConnections(pageUrl),
    demo: true,
    connect,
    problems: problems.length > 0 ? problems : ['config.json names no connection.'],
  };
}

function readConnection(raw: unknown, pageUrl: string, earlier: readonly Connection[]): Connection | string {
  const parsed = v.safeParse(connectionSchema, raw);
  if (!parsed.success) return schemaProblem(parsed.issues[0]);
  const { id, kind, label, baseUrl } = parsed.output;
  if (earlier.some((other) => other.id === id)) return `the id "${id}" is used twice`;
  const absolute = readBaseUrl(baseUrl, pageUrl);
  if (absolute === null) return `baseUrl: must be ${BASE_URL_RULE}`;
  return { id, kind, label, baseUrl: absolute, demo: false };
}
