import type { Sql } from './sql';
import { readCopies, readDuplicates, readExtraCopies } from './duplicates';
import { readJobRest, readJobs } from './by-job';
import { readLeftovers } from './leftovers';
import { readFacets } from './facets';
import { readOtherCopies } from './other-copies';
import { readAssets } from './read-assets';
import { readMatching } from './read-matching';
import { readPage } from './read-page';
import { readTreemap } from './asset-groups';
import { readOverview } from './overview';
import { readSizeCurve, readSizePlot } from './size-plot';
import { removeAssets, retagAssets, writeAssets } from './write-assets';
import { countTagged, readSpellings, readTagged, readTags } from './tags';
import { readNotes, writeNotes } from './notes';
import { readPastRuns } from './policy-notes';
import { runPolicy } from './policy-run';
import {
  countScopes,
  rankOf,
  readRanks,
  readStanding,
  readUnfinished,
  readUnmet,
  removeUnmet,
  walkStep,
} from './walk-calls';

/** Everything that the database of a library can be asked, each a function of the database and one plain object. */
export const calls = {
  page: readPage,
  facets: readFacets,
  duplicates: readDuplicates,
  copies: readCopies,
  extraCopies: readExtraCopies,
  otherCopies: readOtherCopies,
  assets: readAssets,
  matching: readMatching,
  jobs: readJobs,
  jobRest: readJobRest,
  leftovers: readLeftovers,
  tags: readTags,
  spellings: readSpellings,
  tagged: readTagged,
  taggedTotals: countTagged,
  notes: readNotes,
  policyRun: runPolicy,
  policyRuns: readPastRuns,
  overview: readOverview,
  treemap: readTreemap,
  sizePlot: readSizePlot,
  sizeCurve: readSizeCurve,
  write: writeAssets,
  remove: removeAssets,
  retag: retagAssets,
  note: writeNotes,
  standing: readStanding,
  countScopes,
  rankOf,
  readRanks,
  unmet: readUnmet,
  unfinished: readUnfinished,
  walkStep,
  removeUnmet,
} satisfies Record<string, (sql: Sql, params: never) => unknown>;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallParams<Name extends CallName> = Parameters<Calls[Name]>[1];
export type CallResult<Name extends CallName> = ReturnType<Calls[Name]>;

/** Those after which what was read before may be outdated. */
export const WRITES: ReadonlySet<CallName> = new Set<CallName>([
  ...(['write', 'remove', 'retag', 'note', 'walkStep', 'removeUnmet'] as const),
]);
