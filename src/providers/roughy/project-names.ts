import type { Project, RequestScope } from '../provider';

interface ProjectNames {
  /** Names for these projects; one that cannot be had is absent, whatever the reason. */
  lookUp(ids: Iterable<string>, scope?: RequestScope): Promise<ReadonlyMap<string, string>>;
  remember(projects: readonly Project[]): void;
}

const FRESH_MS = 60_000;
/** A failing list is not asked for with every page. */
const RETRY_MS = 5_000;

/** Remembers what projects are called; one that stays unknown after a refresh is not asked for again meanwhile. */
export function createProjectNames(
  load: (scope?: RequestScope) => Promise<readonly Project[]>,
  now: () => number = Date.now,
): ProjectNames {
  let names: ReadonlyMap<string, string> = new Map();
  const unknown = new Set<string>();
  let staleAt = 0;

  function remember(projects: readonly Project[]): void {
    names = new Map(projects.map(({ id, name }) => [id, name]));
    unknown.clear();
    staleAt = now() + FRESH_MS;
  }

  async function refresh(scope?: RequestScope): Promise<void> {
    try {
      remember(await load(scope));
    } catch {
      scope?.signal?.throwIfAborted();
      // A label with a short id is better than no list; the list's own request tells what is wrong.
      staleAt = now() + RETRY_MS;
    }
  }

  return {
    remember,
    async lookUp(ids, scope) {
      const asked = [...new Set(ids)].filter((id) => id !== '');
      const missing = (): string[] => asked.filter((id) => !names.has(id));
      if (asked.length > 0 && (now() >= staleAt || missing().some((id) => !unknown.has(id)))) {
        await refresh(scope);
        for (const id of missing()) unknown.add(id);
      }
      return names;
    },
  };
}
