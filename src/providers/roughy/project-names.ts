import type { Project, RequestScope } from '../provider';

interface ProjectNames {
  /** Names for these projects; one that cannot be had is absent, whatever the reason. */
  lookUp(ids: Iterable<string>, scope?: RequestScope): Promise<ReadonlyMap<string, string>>;
  remember(projects: readonly Project[]): void;
}

const FRESH_MS = 60_000;
/** A failing list is not asked for with every page. */
const RETRY_MS = 5_000;
/** Assets are worth more than the names of their projects: they do not wait longer than this for them. */
const PATIENCE_MS = 3_000;

/** Remembers what projects are called; one that stays unknown after a refresh is not asked for again meanwhile. */
export function createProjectNames(
  load: () => Promise<readonly Project[]>,
  now: () => number = Date.now,
): ProjectNames {
  let names: ReadonlyMap<string, string> = new Map();
  const unknown = new Set<string>();
  let staleAt = 0;
  /** The list that is being read, for all who wait; `late` once somebody's patience has run out. */
  let reading: { readonly done: Promise<void>; late: boolean } | null = null;

  function remember(projects: readonly Project[]): void {
    names = new Map(projects.map(({ id, name }) => [id, name]));
    unknown.clear();
    staleAt = now() + FRESH_MS;
  }

  // Not the caller's to abort: whoever asks next needs it too.
  async function refresh(): Promise<void> {
    try {
      remember(await load());
    } catch {
      // A label with a short id is better than no list; the list's own request tells what is wrong.
      staleAt = now() + RETRY_MS;
    } finally {
      reading = null;
    }
  }

  return {
    remember,
    async lookUp(ids, scope) {
      const asked = [...new Set(ids)].filter((id) => id !== '');
      const missing = (): string[] => asked.filter((id) => !names.has(id));
      if (asked.length > 0 && (now() >= staleAt || missing().some((id) => !unknown.has(id)))) {
        const current = (reading ??= { done: refresh(), late: false });
        // Nobody waits twice for the same: names that come late are there for the next page that is read.
        current.late ||= !(await arrivesInTime(current.done, scope?.signal));
        if (!current.late) for (const id of missing()) unknown.add(id);
      }
      return names;
    },
  };
}

/** Whether it is done before the patience runs out. @throws the signal's reason as soon as it is aborted */
async function arrivesInTime(done: Promise<void>, signal?: AbortSignal): Promise<boolean> {
  signal?.throwIfAborted();
  const inTime = await new Promise<boolean>((resolve) => {
    const leave = () => resolve(false);
    const timer = setTimeout(leave, PATIENCE_MS);
    signal?.addEventListener('abort', leave, { once: true });
    void done.then(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
      resolve(true);
    });
  });
  signal?.throwIfAborted();
  return inTime;
}
