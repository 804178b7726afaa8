import * as v from 'valibot';

import type { JsonValue } from '@/domain/asset';

const slice = v.object({ includeTags: v.array(v.string()), excludeTags: v.array(v.string()) });
const place = v.object({ page: v.number(), pageSize: v.number(), after: v.nullable(v.string()) });
/** The latest value of each field that was seen when a walk began, in microseconds since 1970. */
const marks = v.record(v.string(), v.number());

/** A walk over all pages, and how far it has come: what it needs to go on after a reload. */
const walk = v.object({
  purpose: v.picklist(['scan', 'sync']),
  /** ms since 1970. */
  startedAt: v.number(),
  /** Number of the pass under way, over all walks of this index. */
  pass: v.number(),
  /** The same within this walk, from 1. */
  round: v.number(),
  /** Pages written so far. */
  step: v.number(),
  slices: v.array(slice),
  /** The one being read. */
  slice: v.number(),
  /** Where it goes on; null at its beginning. */
  place: v.nullable(place),
  /** Whether tags that the provider counts more of were looked for in this pass. */
  tagsAsked: v.boolean(),
  /** Different rows met in this pass. */
  met: v.number(),
  /** Rows new to the index in this pass although they were there before it began. */
  missed: v.number(),
  /** Of the list that had most. */
  unreadable: v.number(),
  unreadableInSlice: v.number(),
  /** As the provider counts all of them. */
  total: v.nullable(v.number()),
  /** Whether no row can have been skipped: every list was read by cursor, or is one page. */
  sure: v.boolean(),
  /** Whether some rows were in lists by tag only. */
  hides: v.boolean(),
  /** Time of creation of the newest row of the index when the pass began; null when there was none. */
  newest: v.nullable(v.number()),
  /** The first pass that found nothing missing; null when none did yet. */
  quiet: v.nullable(v.number()),
  marks,
  requests: v.number(),
  added: v.number(),
  changed: v.number(),
  gone: v.number(),
});
export type Walk = v.InferOutput<typeof walk>;
export type Marks = v.InferOutput<typeof marks>;

/** What was found when the index was last known to be complete. */
const complete = v.object({
  /** ms since 1970. */
  syncedAt: v.number(),
  /** Of the last pass over everything. */
  pass: v.number(),
  marks,
  hides: v.boolean(),
  /** By how much the provider counts more than the index has, for each scope: rows that no list shows. */
  gaps: v.array(v.number()),
  unreadable: v.number(),
  lastSync: v.nullable(
    v.object({
      added: v.number(),
      changed: v.number(),
      gone: v.number(),
      requests: v.number(),
      startedAt: v.number(),
      endedAt: v.number(),
    }),
  ),
});
export type Complete = v.InferOutput<typeof complete>;

/** Names of the notes of walks. */
export const WALK = 'walk';
export const COMPLETE = 'complete';
/** The number of the last pass that was begun. */
export const PASS = 'pass';
/** Up to when the outcomes of jobs are in the index: ms since 1970. */
export const JOBS_SEEN = 'jobs';

/** A note that this version does not understand is none: then everything is read anew. */
export const readWalk = (note: JsonValue | undefined): Walk | null => read(walk, note);
export const readComplete = (note: JsonValue | undefined): Complete | null => read(complete, note);
export const readPass = (note: JsonValue | undefined): number => (typeof note === 'number' ? note : 0);

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  note: JsonValue | undefined,
): v.InferOutput<Schema> | null {
  const parsed = v.safeParse(schema, note);
  return parsed.success ? parsed.output : null;
}
