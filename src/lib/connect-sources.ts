/** The person's own machine, where the usual ComfyUI listens. Sources cannot name `[::1]`. */
export const LOOPBACK_SOURCES: readonly string[] = ['http://127.0.0.1:*', 'http://localhost:*'];

const SOURCE = /^https?:\/\/(?:\*\.)?[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::(?:\d{1,5}|\*))?$/i;

/**
 * Where else a site with this config.json lets its page send requests, as sources of a `connect-src`: the origins of
 * its connections, and those it names under `connect` for connections that people add themselves.
 */
export function connectSources(config: unknown): readonly string[] {
  const connections = listIn(config, 'connections').map((connection) =>
    originOf(field(connection, 'baseUrl')),
  );
  const named = [...connections, ...listIn(config, 'connect')].filter((source) => typeof source === 'string');
  // Whatever else it may be, such as a keyword or two sources in one, would widen the policy unseen.
  return [...new Set(named.filter((source) => SOURCE.test(source)))].sort();
}

function originOf(baseUrl: unknown): string | null {
  // Relative to any site at all: what stays there needs no source of its own.
  const site = 'http://site.invalid';
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl, site)) return null;
  const { origin } = new URL(baseUrl, site);
  return origin === site ? null : origin;
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}

function listIn(of: unknown, name: string): readonly unknown[] {
  const list = field(of, name);
  return Array.isArray(list) ? list : [];
}
