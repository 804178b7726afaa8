import * as v from 'valibot';

import type { Connection } from '@/domain/connection';
import { schemaProblem } from '@/lib/schema-problem';

import type { ListedConnection } from './arrange';
import { goesElsewhere, newConnectionId, sameLabel, type ConnectionDraft } from './edit-own';
import { connectionFields, toConnection, type OwnConnections } from './own-connections';

const VERSION = 1;
export const LARGEST_FILE = 1_000_000;
const MOST_CONNECTIONS = 200;

/** What must never travel in such a file, by the look of its name. */
const KEY_LIKE = /key|token|secret|passw|passphrase|credential|auth|bearer/i;

interface FileEntry extends ConnectionDraft {
  /** As the exporting browser called it: good for finding the same one again, never taken over. */
  readonly id: string | undefined;
}

/** What a file holds, ready to be compared with what is here. */
export interface ConnectionsFile {
  readonly entries: readonly FileEntry[];
  /** Entries that cannot be used, and fields that were ignored, as sentences. */
  readonly problems: readonly string[];
}

export type ImportStep =
  | { readonly action: 'add'; readonly connection: Connection }
  | { readonly action: 'replace'; readonly before: Connection; readonly connection: Connection }
  | { readonly action: 'skip'; readonly connection: ConnectionDraft; readonly why: string };

/** The person's own connections as a file. Addresses at this site stay relative, so that they hold at another as well. */
export function writeConnectionsFile(all: readonly ListedConnection[], pageUrl: string): string {
  const folder = new URL('.', pageUrl).href;
  const connections = all
    .filter(({ origin }) => origin === 'own')
    .map(({ connection: { id, kind, label, baseUrl, colour } }) => ({
      ...{ id, kind, label },
      baseUrl: baseUrl.startsWith(folder) ? `./${baseUrl.slice(folder.length)}` : baseUrl,
      ...(colour !== undefined && { colour }),
    }));
  return `${JSON.stringify({ application: 'winnow', version: VERSION, connections }, null, 2)}\n`;
}

const fileSchema = v.object({ version: v.unknown(), connections: v.array(v.unknown()) });

/** @returns why the file as a whole is of no use, as a sentence, or what it holds */
export function readConnectionsFile(text: string, pageUrl: string): ConnectionsFile | string {
  if (text.length > LARGEST_FILE) return 'This file is too large to be a list of connections.';
  const json = parseJson(text);
  if (json === null) return 'This file is not valid JSON.';
  const parsed = v.safeParse(fileSchema, json.value);
  if (!parsed.success) return 'This is not a file of connections that Winnow exported.';
  const { version, connections } = parsed.output;
  if (version !== VERSION)
    return `This Winnow reads files of version ${VERSION}; this one is of another version.`;
  if (connections.length > MOST_CONNECTIONS)
    return `This file has more than ${MOST_CONNECTIONS} connections.`;

  const entries: FileEntry[] = [];
  const problems: string[] = [];
  const schema = v.object({
    id: v.fallback(v.optional(v.string()), undefined),
    ...connectionFields(pageUrl),
  });
  for (const [index, raw] of connections.entries()) {
    const entry = v.safeParse(schema, raw);
    if (entry.success) {
      const { id, kind, label, baseUrl, colour } = entry.output;
      entries.push({ id, kind, label, baseUrl, ...(colour !== undefined && { colour }) });
    } else {
      problems.push(`Entry ${index + 1} cannot be used: ${schemaProblem(entry.issues[0])}.`);
    }
  }
  if ([json.value, ...connections].some(hasKeyLikeField)) {
    problems.push(
      'The file has fields that look like keys or passwords. They were ignored: enter keys here yourself.',
    );
  }
  return { entries, problems };
}

/**
 * What importing would do to each entry. An id of the file never becomes one here: whoever wrote the file could choose
 * that of a key that is still kept.
 */
export function planImport(
  entries: readonly FileEntry[],
  all: readonly ListedConnection[],
): readonly ImportStep[] {
  const steps: ImportStep[] = [];
  for (const { id, ...draft } of entries) {
    const here = all.filter(({ connection }) => !connection.demo && !goesElsewhere(connection, draft));
    const match =
      here.find(({ connection, origin }) => origin === 'own' && connection.id === id) ??
      here.find(({ connection }) => sameLabel(connection.label, draft.label));
    const skip = (why: string) => steps.push({ action: 'skip', connection: draft, why });
    const planned = steps.some(
      ({ action, connection }) =>
        action !== 'skip' && !goesElsewhere(connection, draft) && sameLabel(connection.label, draft.label),
    );
    if (planned) skip('The file names it twice.');
    else if (match === undefined) {
      steps.push({ action: 'add', connection: toConnection({ ...draft, id: newConnectionId() }) });
    } else if (match.origin === 'site') skip('This site gives it already.');
    else {
      const { connection: before } = match;
      const after = toConnection({ ...draft, id: before.id });
      if (after.label === before.label && after.colour === before.colour) skip('It is here already.');
      else steps.push({ action: 'replace', before, connection: after });
    }
  }
  return steps;
}

/** Carries out what `planImport` said. One that was removed meanwhile is not brought back by a replacement. */
export const imported = (kept: OwnConnections, steps: readonly ImportStep[]): OwnConnections => {
  const after = new Map(
    steps.flatMap((step) =>
      step.action === 'replace' ? [[step.connection.id, step.connection] as const] : [],
    ),
  );
  const news = steps.flatMap((step) => (step.action === 'add' ? [step.connection] : []));
  return { ...kept, own: [...kept.own.map((connection) => after.get(connection.id) ?? connection), ...news] };
};

const hasKeyLikeField = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).some((name) => KEY_LIKE.test(name));

function parseJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null; // also what is nested too deeply to be read
  }
}
