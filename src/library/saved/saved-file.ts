import * as v from 'valibot';

import { freeName, isSameName, type Policy, type SavedView } from '@/domain/saved-view';

import { isSame } from './same';
import { isReadable, readPolicy, readView } from './saved-schema';
import { MOST_SAVED, takenNames, withEntry, type Saved } from './saved-items';

const VERSION = 1;
const CONTENT = 'views';
export const LARGEST_FILE = 2_000_000;

/** What a file holds, ready to be compared with what is here. */
export interface SavedFile {
  readonly views: readonly SavedView[];
  readonly policies: readonly Policy[];
  /** Entries that cannot be used, as sentences. */
  readonly problems: readonly string[];
}

/** What importing does with one entry. One that is skipped is here already, to the letter. */
export type ImportStep = {
  readonly action: 'add' | 'skip';
  /** What the file calls it, where another here has that name. */
  readonly renamed: string | null;
} & (
  | { readonly list: 'views'; readonly entry: SavedView }
  | { readonly list: 'policies'; readonly entry: Policy }
);

/** Everything that is kept, of all providers, as a file; also what this version cannot read. */
export function writeSavedFile({ views, policies, unread }: Saved): string {
  const content = {
    ...{ application: 'winnow', content: CONTENT, version: VERSION },
    views: [...views, ...unread.views],
    policies: [...policies, ...unread.policies],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const fileSchema = v.object({
  application: v.literal('winnow'),
  content: v.literal(CONTENT),
  version: v.unknown(),
  views: v.array(v.unknown()),
  policies: v.array(v.unknown()),
});

/** @returns why the file as a whole is of no use, as a sentence, or what it holds */
export function readSavedFile(text: string): SavedFile | string {
  if (text.length > LARGEST_FILE) return 'This file is too large to be a list of views.';
  const json = parseJson(text);
  if (json === null) return 'This file is not valid JSON.';
  const parsed = v.safeParse(fileSchema, json.value);
  if (!parsed.success) return 'This is not a file of views that Winnow exported.';
  const { version, ...raw } = parsed.output;
  if (version !== VERSION)
    return `This Winnow reads files of version ${VERSION}; this one is of another version.`;
  if (raw.views.length > MOST_SAVED || raw.policies.length > MOST_SAVED)
    return `This file has more than ${MOST_SAVED} views or policies.`;

  const problems: string[] = [];
  const views = new Map<string, SavedView>();
  for (const [index, each] of raw.views.entries()) {
    const refuse = (why: string) => problems.push(`View ${index + 1} cannot be used: ${why}.`);
    const view = readView(each);
    if (!isReadable(view)) refuse(view.problem);
    else if (views.has(view.id)) refuse('its id is used twice');
    else views.set(view.id, view);
  }
  const policies = new Map<string, Policy>();
  for (const [index, each] of raw.policies.entries()) {
    const refuse = (why: string) => problems.push(`Policy ${index + 1} cannot be used: ${why}.`);
    const policy = readPolicy(each);
    if (!isReadable(policy)) refuse(policy.problem);
    else if (policies.has(policy.id)) refuse('its id is used twice');
    else if (views.get(policy.viewId)?.kind !== policy.kind)
      refuse('the view that it needs is not in the file');
    else policies.set(policy.id, policy);
  }
  return { views: [...views.values()], policies: [...policies.values()], problems };
}

/**
 * What importing would do with each entry. Nothing that is here is ever replaced, and an id of the file never becomes
 * one here: it could be that of another view.
 * @param newId gives another at every call
 */
export function planImport(
  { views, policies }: Pick<SavedFile, 'views' | 'policies'>,
  here: Saved,
  newId: () => string,
): readonly ImportStep[] {
  const steps: ImportStep[] = [];
  /** By the file's id, the id that a view has here, or will have. */
  const ids = new Map<string, string>();
  let after = here;
  for (const view of views) {
    const same = after.views.find((each) => isSame({ ...each, id: '' }, { ...view, id: '' }));
    const id = same?.id ?? newId();
    ids.set(view.id, id);
    const entry = same ?? {
      ...view,
      id,
      name: freeName(view.name, takenNames(after, 'views', view.kind, null)),
    };
    if (same === undefined) after = withEntry(after, 'views', entry);
    steps.push({ list: 'views', entry, ...about(same, entry, view) });
  }
  for (const policy of policies) {
    const viewId = ids.get(policy.viewId) ?? policy.viewId;
    const same = after.policies.find((each) => isSame({ ...each, id: '' }, { ...policy, id: '', viewId }));
    const name = freeName(policy.name, takenNames(after, 'policies', policy.kind, null));
    const entry = same ?? { ...policy, id: newId(), viewId, name };
    if (same === undefined) after = withEntry(after, 'policies', entry);
    steps.push({ list: 'policies', entry, ...about(same, entry, policy) });
  }
  return steps;
}

const about = (same: unknown, entry: { name: string }, { name }: { name: string }) => ({
  action: same === undefined ? ('add' as const) : ('skip' as const),
  renamed: isSameName(entry.name, name) ? null : name,
});

/** Carries out what `planImport` said, on what is kept by now. */
export const imported = (saved: Saved, steps: readonly ImportStep[]): Saved =>
  steps
    .filter(({ action }) => action === 'add')
    .reduce(
      (now, step) =>
        step.list === 'views' ? withEntry(now, 'views', step.entry) : withEntry(now, 'policies', step.entry),
      saved,
    );

function parseJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null; // also what is nested too deeply to be read
  }
}
