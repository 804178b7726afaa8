/** Raised with every change of the tables; an index of an older version is built anew. */
export const SCHEMA_VERSION = 3;

/** Counts an asset into its cell, or out of it. */
function countInCell(sign: '+' | '-', row: 'new' | 'old'): string {
  const sums = (prefix: string, isIn: string) => `
    ${prefix}assets = ${prefix}assets ${sign} (${isIn}),
    ${prefix}bytes = ${prefix}bytes ${sign} iif(${isIn}, coalesce(${row}.size, 0), 0),
    ${prefix}unknown_sizes = ${prefix}unknown_sizes ${sign} (${isIn} AND ${row}.size IS NULL)`;
  const columns = [
    sums('', 'TRUE'),
    sums('updated_', `${row}.updated IS NOT NULL`),
    sums('used_', `${row}.used IS NOT NULL`),
  ];
  return `UPDATE cells SET ${columns.join(',')}
  WHERE cell = ${row}.cell;`;
}

/**
 * Tables of one library.
 *
 * What many assets have in common (kind, extension, tags, protection, project, …) is kept once, in a *cell*: each
 * combination that occurs is one, and knows how many assets it has and how many bytes they are; and the same of those
 * that are known to have been updated, and to have been used. Whatever filters by, or counts by, these alone never
 * looks at an asset. Reports read the view `library`, which has all columns side by side.
 *
 * Times are microseconds since 1970; `idle` is the last use, or the creation of what is not known to have been used.
 */
export const SCHEMA = `
CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE tags (tag INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE tag_sets (tag_set INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE);
CREATE TABLE tag_set_tags (
  tag INTEGER NOT NULL,
  tag_set INTEGER NOT NULL,
  PRIMARY KEY (tag, tag_set)
) WITHOUT ROWID;
CREATE INDEX tag_set_tags_by_set ON tag_set_tags (tag_set);

CREATE TABLE cells (
  cell INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  extension TEXT NOT NULL,
  mime TEXT,
  tag_set INTEGER NOT NULL,
  tag_count INTEGER NOT NULL,
  protection TEXT,
  has_hash INTEGER NOT NULL,
  has_preview INTEGER NOT NULL,
  looks_like_preview INTEGER NOT NULL,
  state TEXT,
  project TEXT,
  project_name TEXT,
  language TEXT,
  assets INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  unknown_sizes INTEGER NOT NULL DEFAULT 0,
  updated_assets INTEGER NOT NULL DEFAULT 0,
  updated_bytes INTEGER NOT NULL DEFAULT 0,
  updated_unknown_sizes INTEGER NOT NULL DEFAULT 0,
  used_assets INTEGER NOT NULL DEFAULT 0,
  used_bytes INTEGER NOT NULL DEFAULT 0,
  used_unknown_sizes INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX cells_by_tag_set ON cells (tag_set);

CREATE TABLE metadatas (metadata INTEGER PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE previews (preview INTEGER PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE assets (
  seq INTEGER PRIMARY KEY,
  cell INTEGER NOT NULL,
  size INTEGER,
  created INTEGER NOT NULL,
  updated INTEGER,
  used INTEGER,
  pass INTEGER NOT NULL,
  written,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  own_name TEXT,
  folded TEXT NOT NULL,
  hash,
  job TEXT,
  preview_id TEXT,
  preview INTEGER,
  metadata INTEGER,
  duration REAL,
  error_code TEXT,
  error_message TEXT
);
CREATE INDEX assets_by_cell ON assets (cell, coalesce(used, created), size);
CREATE INDEX assets_by_created ON assets (created, cell, size, used, updated);
CREATE INDEX assets_by_updated ON assets (updated, cell, size) WHERE updated IS NOT NULL;
CREATE INDEX assets_by_used ON assets (used, cell, size) WHERE used IS NOT NULL;
CREATE INDEX assets_by_idle ON assets (coalesce(used, created), cell, size);
-- Few, if any: by how much the time of a use can be before the creation.
CREATE INDEX assets_used_early ON assets (created - used) WHERE used < created;
CREATE INDEX assets_by_size ON assets (size, cell);
CREATE INDEX assets_by_name ON assets (folded, cell, size);
CREATE INDEX assets_by_hash ON assets (hash, cell, size) WHERE hash IS NOT NULL;
-- In the order of what may be copies: few where a provider has hashes, all where it has none.
CREATE INDEX assets_without_hash ON assets (folded, size, cell, hash) WHERE hash IS NULL AND size IS NOT NULL;
CREATE INDEX assets_by_job ON assets (job, cell, size) WHERE job IS NOT NULL;
CREATE INDEX assets_by_duration ON assets (duration, cell, size) WHERE duration IS NOT NULL;
CREATE INDEX assets_by_preview_id ON assets (preview_id) WHERE preview_id IS NOT NULL;
CREATE INDEX assets_by_metadata ON assets (metadata, cell, size) WHERE metadata IS NOT NULL;

CREATE VIEW library AS
SELECT assets.*, coalesce(used, created) AS idle,
  kind, extension, mime, tag_set, tag_count, protection, has_hash, has_preview, looks_like_preview,
  state, project, project_name, language
FROM assets JOIN cells USING (cell);

CREATE TRIGGER assets_added AFTER INSERT ON assets BEGIN
  ${countInCell('+', 'new')}
END;
CREATE TRIGGER assets_removed AFTER DELETE ON assets BEGIN
  ${countInCell('-', 'old')}
END;
CREATE TRIGGER assets_changed AFTER UPDATE OF cell, size, updated, used ON assets
WHEN old.cell <> new.cell OR old.size IS NOT new.size
OR (old.updated IS NULL) <> (new.updated IS NULL) OR (old.used IS NULL) <> (new.used IS NULL) BEGIN
  ${countInCell('-', 'old')}
  ${countInCell('+', 'new')}
END;
`;
